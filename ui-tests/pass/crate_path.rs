//! The library under another path.
#![deny(warnings)]

mod rt {
    pub use airssys_rt::*;
}

use rt::prelude::*;

#[message(reply = u64, crate = crate::rt)]
pub struct Total;

#[event(crate = crate::rt)]
#[derive(Clone)]
pub struct Deposited(pub u64);

#[derive(Default)]
pub struct Auditor(u64);

#[actor(crate = crate::rt, publishes(Deposited))]
impl Auditor {
    #[handler]
    fn total(&self, _: Total) -> u64 {
        self.0
    }

    #[on_event]
    fn deposited(&mut self, event: Deposited) {
        self.0 += event.0;
    }
}

#[actor_system(actors(Auditor), events(Deposited), crate = crate::rt)]
pub struct Bank;

fn main() {
    let _ = Auditor::default();
}
