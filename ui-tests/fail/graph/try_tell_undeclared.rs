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

#[actor]
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.try_tell(&self.ledger, Record)?; //~
        Ok(())
    }
}

fn main() {}
