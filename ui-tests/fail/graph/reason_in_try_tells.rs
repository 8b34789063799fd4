use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message]
pub struct Record;

pub struct Account {
    ledger: ActorRef<Ledger>,
}

#[actor(asks(Ledger), try_tells(Ledger, cycle = "it is a child"))] //~
impl Account {
    #[handler(entry)]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(ctx.ask(&self.ledger, Record).await?)
    }
}

#[derive(Default)]
pub struct Ledger;

#[actor]
impl Ledger {
    #[handler]
    fn record(&mut self, _: Record) {}
}

#[actor_system(actors(Account, Ledger))]
pub struct Bank;

fn main() {}
