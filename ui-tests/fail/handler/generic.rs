use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset<T: Send>(&mut self, _: T) {} //~
}

fn main() {}
