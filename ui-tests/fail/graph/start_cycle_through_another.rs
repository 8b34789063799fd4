use airssys_rt::prelude::*;

#[message]
pub struct Begin;

#[message(reply = u64)]
pub struct Limit;

pub struct Desk {
    parent: ActorRef<Parent>,
}

#[actor(asks(Parent))]
impl Desk {
    #[handler]
    async fn limit(&mut self, _: Limit, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(ctx.ask(&self.parent, Limit).await?)
    }
}

#[derive(Default)]
pub struct Parent {
    desk: Option<ActorRef<Desk>>,
}

#[actor(spawns(Kid, Desk))]
impl Parent {
    #[handler]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let desk = ctx.spawn(Desk { parent: ctx.actor_ref() }).await?;
        self.desk = Some(desk.clone());
        ctx.spawn(Kid { desk }).await?;
        Ok(())
    }

    #[handler]
    fn limit(&self, _: Limit) -> u64 {
        9
    }
}

pub struct Kid {
    desk: ActorRef<Desk>,
}

#[actor(asks(Desk))]
impl Kid {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.ask(&self.desk, Limit).await?;
        Ok(())
    }

    #[handler]
    fn begin(&mut self, _: Begin) {}
}

#[actor_system(actors(Kid, Desk, Parent))] //~
pub struct Nest;

fn main() {}
