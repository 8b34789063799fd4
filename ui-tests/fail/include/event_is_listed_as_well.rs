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

#[actor_system(include(billing::Actors), actors(entry Desk), events(entry billing::Charged))] //~
pub struct Bank;

fn main() {}
