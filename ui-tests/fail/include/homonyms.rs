use airssys_rt::prelude::*;
use airssys_rt_ui_tests::billing;

#[message]
pub struct Go;

pub struct Desk;

#[actor]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

#[actor_system(include(billing::Actors, billing::other::Actors), actors(entry Desk))] //~
pub struct Bank;

fn main() {}
