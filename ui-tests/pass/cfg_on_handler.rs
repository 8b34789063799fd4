//! Configured-out handlers, actors and systems: generated code does not name their types.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[event]
#[derive(Clone)]
pub struct Closed;

#[derive(Default)]
pub struct Account {
    cents: u64,
}

#[actor]
impl Account {
    #[cfg(any())]
    #[handler]
    fn absent(&mut self, _: Absent) -> AlsoAbsent {}

    #[cfg(any())]
    #[on_event]
    fn absent_event(&mut self, _: AbsentEvent) {}

    #[handler]
    #[cfg(not(any()))]
    fn reset(&mut self, _: Reset) {
        self.cents = 0;
    }

    #[handler]
    #[cfg(any())]
    fn reset(&mut self, _: Reset) {}

    #[on_event]
    #[cfg(all())]
    fn closed(&mut self, _: Closed) {
        self.cents += 1;
    }

    #[pre_start]
    #[cfg(any())]
    fn open(&mut self) {}
}

#[cfg(any())]
#[message(reply = AlsoAbsent)]
pub struct Gone;

#[message]
#[cfg(any())]
pub struct GoneToo(Absent);

#[actor]
#[cfg(any())]
impl Absentee {
    #[handler]
    fn gone(&mut self, _: Gone) {}
}

#[actor_system(actors(Absentee))]
#[cfg(any())]
pub struct Nowhere;

#[actor_system(actors(Account), events(entry Closed))]
pub struct Bank;

fn main() {
    // What is configured out has no name.
    let named: Vec<_> = <Account as Actor>::VARIANTS.iter().filter(|name| !name.is_empty()).collect();
    assert_eq!(named, [&"Reset", &"Closed"]);
    assert!(!<Account as Actor>::STARTS);
}
