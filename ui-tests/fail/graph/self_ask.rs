use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account {
    other: Option<ActorRef<Account>>,
}

#[actor(asks(Account))] //~
impl Account {
    #[handler]
    async fn total(&mut self, _: Total, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        match &self.other {
            Some(other) => Ok(ctx.ask(other, Total).await?),
            None => Ok(0),
        }
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

fn main() {}
