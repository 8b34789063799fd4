use airssys_rt::prelude::*;

#[message]
pub struct Record;

pub struct Ledger;

#[actor]
impl Ledger {
    #[handler]
    fn record(&mut self, _: Record) {}
}

#[message]
pub struct Close;

pub struct Account {
    ledger: ActorRef<Ledger>,
}

#[actor(try_tells(Ledger))]
impl Account {
    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.ledger, Record).await?; //~
        Ok(())
    }
}

fn main() {}
