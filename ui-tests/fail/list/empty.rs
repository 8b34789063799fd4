use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Desk;

#[actor]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

#[actor_list]
pub struct Actors; //~

#[actor_system(include(Actors), actors(entry Desk))]
pub struct Bank;

fn main() {}
