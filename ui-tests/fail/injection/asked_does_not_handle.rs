use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Balance;

#[message(reply = u64)]
pub struct Sum;

pub struct Report<U: Actor>(pub ActorRef<U>);

#[actor(asks(U))]
impl<U: Actor> Report<U> {
    #[handler]
    async fn sum(&mut self, _: Sum, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(ctx.ask(&self.0, Balance).await?) //~
    }
}

fn main() {}
