use airssys_rt::prelude::*;

#[event(name = "closed")]
#[derive(Clone)]
pub struct Closed;

#[event(name = "closed")]
#[derive(Clone)]
pub struct Shut;

pub struct Auditor;

#[actor]
impl Auditor {
    #[on_event]
    fn closed(&mut self, _: Closed) {}

    #[on_event]
    fn shut(&mut self, _: Shut) {}
}

#[actor_system(actors(Auditor), events(Closed, Shut))] //~
pub struct Bank;

fn main() {}
