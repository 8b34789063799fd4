use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

#[actor(handles(Closed))] //~
pub struct Account;

impl Subscriber<Closed> for Account {
    async fn on_event(&mut self, _: Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

fn main() {}
