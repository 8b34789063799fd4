use airssys_rt::prelude::*;

#[message]
pub struct Work;

pub struct Worker;

#[actor]
impl Worker {
    #[handler]
    fn work(&mut self, _: Work) {}
}

pub struct Boss;

#[actor]
impl Boss {
    #[handler]
    async fn work(&mut self, _: Work, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.spawn(Worker).await?; //~
        Ok(())
    }
}

fn main() {}
