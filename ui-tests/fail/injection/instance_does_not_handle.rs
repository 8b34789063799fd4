use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Balance;

#[message(reply = u64)]
pub struct Sum;

pub struct Clock;

#[actor]
impl Clock {
    #[handler]
    fn sum(&mut self, _: Sum) -> u64 {
        0
    }
}

pub struct Accounts;

#[actor]
impl Accounts {
    #[handler]
    fn balance(&self, _: Balance) -> u64 {
        0
    }
}

pub struct Report<U: Actor>(pub ActorRef<U>);

#[actor(asks(U))]
impl<U: Actor + Handles<Balance, Reply = u64>> Report<U> {
    #[handler]
    async fn sum(&mut self, _: Sum, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(ctx.ask(&self.0, Balance).await?)
    }
}

#[actor_system(actors(Clock, Accounts, Report<Clock>))] //~
pub struct Bank;

fn main() {}
