use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

#[actor]
impl Account { //~
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
