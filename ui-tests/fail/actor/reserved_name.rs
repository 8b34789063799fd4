use airssys_rt::prelude::*;

#[message]
pub struct AccountMessage;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn handle(&mut self, _: AccountMessage) {} //~
}

fn main() {}
