use airssys_rt::prelude::*;

#[message]
pub struct Tick;

pub struct Clock;

#[actor(tells(Clock))]
impl Clock {
    #[handler(entry)]
    async fn tick(&mut self, _: Tick, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&ctx.actor_ref(), Tick).await?;
        Ok(())
    }
}

#[actor_system(strict, actors(entry Clock))] //~
pub struct Tower;

fn main() {}
