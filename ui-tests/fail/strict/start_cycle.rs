use airssys_rt::prelude::*;

#[message]
pub struct Begin;

#[message]
pub struct Born;

pub struct Parent;

#[actor(spawns(Kid))]
impl Parent {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.spawn(Kid { parent: ctx.actor_ref() }).await?;
        Ok(())
    }

    #[handler]
    fn born(&mut self, _: Born) {}
}

pub struct Kid {
    parent: ActorRef<Parent>,
}

#[actor(tells(Parent))]
impl Kid {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.parent, Born).await?;
        Ok(())
    }

    #[handler(entry)]
    fn begin(&mut self, _: Begin) {}
}

#[actor_system(strict, actors(entry Parent, Kid))] //~
pub struct Nest;

fn main() {}
