use airssys_rt::prelude::*;

pub struct Plain;

#[message]
pub struct Close;

pub struct Account;

#[actor(asks(Plain))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}
