//! Cycles that are allowed with a reason, and graphs that only resemble cycles.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Go;

#[event]
#[derive(Clone)]
pub struct Gone;

pub struct Parent;

#[actor(asks(Child, cycle = "a child asks only while it starts"), tells(Child))]
impl Parent {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

pub struct Child;

// Its parent tells it, and it asks its parent: that is not a cycle of asks.
#[actor(asks(Parent), publishes(Gone, cycle = "events have no answer"))]
impl Child {
    #[handler]
    fn go(&mut self, _: Go) {}

    #[on_event]
    fn gone(&mut self, _: Gone) {}
}

/// An actor with the name of the word that marks entries. The one below has the name of the setting for reasons.
#[allow(non_camel_case_types)]
pub struct entry;

#[actor(tells(cycle))]
impl entry {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

#[allow(non_camel_case_types)]
pub struct cycle;

#[actor(tells(entry, cycle = "only once", cycle, cycle = "its other half"))]
impl cycle {
    #[handler]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(Parent, Child, entry, cycle), events(Gone))]
pub struct Family;

fn main() {
    let graph = Family::topology();
    let warnings: Vec<_> = graph.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["cycle of full mailboxes: Parent -> Child -> Parent"]);
}
