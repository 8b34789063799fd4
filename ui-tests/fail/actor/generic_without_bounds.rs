use airssys_rt::prelude::*;

pub trait Store: Send + 'static {}

#[message]
pub struct Reset;

#[actor(handles(Reset))] //~
pub struct Ledger<S: Send + 'static>(pub S);

impl<S: Store> Handler<Reset> for Ledger<S> {
    async fn handle(&mut self, _: Reset, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

fn main() {}
