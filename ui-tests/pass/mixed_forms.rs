//! An actor with handlers that are methods and handlers that are impls of traits.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Add(pub u64);

#[message(reply = Option<u64>)]
pub struct Take;

#[event]
#[derive(Clone)]
pub struct Added(pub u64);

#[event]
#[derive(Clone)]
pub struct Taken;

#[derive(Default)]
pub struct Account {
    cents: u64,
}

#[actor(handles(Take), subscribes(Added), publishes(Added))]
impl Account {
    #[pre_start]
    fn open(&mut self) {
        self.cents = 1;
    }

    #[handler]
    fn add(&mut self, Add(cents): Add, ctx: &mut ActorContext<Self>) -> u64 {
        ctx.publish(Added(cents));
        self.cents += cents;
        self.cents
    }

    #[on_event]
    fn taken(&mut self, _: Taken) {}
}

impl Handler<Take> for Account {
    async fn handle(&mut self, _: Take, _: &mut ActorContext<Self>) -> Result<Option<u64>, Fault> {
        Ok(self.cents.checked_sub(1))
    }
}

impl Subscriber<Added> for Account {
    async fn on_event(&mut self, _: Added, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

#[actor_system(actors(Account), events(Added, entry Taken))]
pub struct Bank;

fn main() {
    assert_eq!(<Account as Actor>::VARIANTS, ["Add", "Take", "Taken", "Added"]);
    let _ = Account::default();
}
