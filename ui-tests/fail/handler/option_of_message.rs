use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Option<Reset>) {} //~
}

fn main() {}
