use airssys_rt::prelude::*;

#[message]
pub struct Record;

#[event]
#[derive(Clone)]
pub struct Recorded;

pub struct Ledger;

#[actor]
impl Ledger {
    #[handler]
    fn record(&mut self, _: Record, ctx: &mut ActorContext<Self>) {
        let publisher = ctx.publisher();
        drop(async move { publisher.publish(Recorded).await }); //~
    }
}

fn main() {}
