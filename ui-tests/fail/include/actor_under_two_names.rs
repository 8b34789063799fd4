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

#[actor_system(actors(entry Desk, billing::Ledger as Other), include(billing::Actors))] //~
pub struct Bank;

fn main() {}
