use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Desk;

#[actor]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(entry Desk), include("billing::Actors"))] //~
pub struct Bank;

fn main() {}
