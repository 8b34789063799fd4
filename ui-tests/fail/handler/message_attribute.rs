use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[message] //~
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
