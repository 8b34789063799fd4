use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[on_event]
    fn reset(&mut self, _: Reset) {} //~
}

fn main() {}
