use airssys_rt::prelude::*;

#[message]
pub struct Close;

pub struct Plain;

pub struct Account;

#[actor(tells(any Plain))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}
