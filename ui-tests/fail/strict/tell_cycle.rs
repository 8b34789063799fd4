use airssys_rt::prelude::*;

#[message]
pub struct Ping;

#[event]
#[derive(Clone)]
pub struct Ponged;

pub struct Left;

#[actor(tells(Right))]
impl Left {
    #[handler(entry)]
    fn ping(&mut self, _: Ping) {}

    #[on_event]
    fn ponged(&mut self, _: Ponged) {}
}

pub struct Right;

#[actor(publishes(Ponged))]
impl Right {
    #[handler]
    fn ping(&mut self, _: Ping) {}
}

#[actor_system(strict, actors(entry Left, entry Right), events(Ponged))] //~
pub struct Lab;

fn main() {}
