use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[airssys_rt::handler] //~
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
