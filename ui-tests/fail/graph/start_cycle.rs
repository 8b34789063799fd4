use airssys_rt::prelude::*;

#[message]
pub struct Begin;

#[message(reply = u64)]
pub struct Limit;

pub struct Parent;

#[actor(spawns(Kid))]
impl Parent {
    #[handler]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.spawn(Kid { parent: ctx.actor_ref(), limit: 0 }).await?;
        Ok(())
    }

    #[handler]
    fn limit(&self, _: Limit) -> u64 {
        9
    }
}

pub struct Kid {
    parent: ActorRef<Parent>,
    limit: u64,
}

#[actor(asks(Parent))]
impl Kid {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.limit = ctx.ask(&self.parent, Limit).await?;
        Ok(())
    }

    #[handler]
    fn limit(&self, _: Limit) -> u64 {
        self.limit
    }
}

#[actor_system(actors(Parent, Kid))] //~
pub struct Nest;

fn main() {}
