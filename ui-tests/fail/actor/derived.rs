use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[derive(Actor)] //~
pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
