//! Warnings about the graph, allowed by an attribute of the system.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Ticked;

#[derive(Default)]
pub struct Clock;

#[actor]
impl Clock {
    #[on_event]
    fn ticked(&mut self, _: Ticked) {}
}

#[allow(deprecated)]
#[actor_system(actors(Clock), events(Ticked))]
pub struct Lab;

fn main() {
    let warnings: Vec<_> = Lab::topology().warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["no actor publishes Ticked"]);
}
