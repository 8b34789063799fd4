use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Desk;

#[actor]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

pub struct Plain;

#[actor_list(actors(entry Desk, Plain))] //~
pub struct Actors;

#[actor_system(include(Actors))]
pub struct Bank;

fn main() {}
