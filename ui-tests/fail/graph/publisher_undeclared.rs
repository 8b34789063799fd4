use airssys_rt::prelude::*;

#[message]
pub struct Record;

pub struct Ledger;

#[actor]
impl Ledger {
    #[handler]
    fn record(&mut self, _: Record) {}
}

pub struct Account {
    ledger: ActorRef<Ledger>,
}

#[actor]
impl Account {
    #[handler]
    fn record(&mut self, _: Record, ctx: &mut ActorContext<Self>) {
        let (publisher, ledger) = (ctx.publisher(), self.ledger.clone());
        let helper = async move {
            let _ = publisher.tell(&ledger, Record).await; //~
        };
        drop(helper);
    }
}

fn main() {}
