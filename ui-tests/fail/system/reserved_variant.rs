use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Event;

#[actor]
impl Event {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Event))] //~
pub struct Bank;

fn main() {}
