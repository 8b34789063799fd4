use airssys_rt::prelude::*;

#[derive(Clone)]
pub struct AccountMessage;

#[message(reply = AccountMessage)]
pub struct Last;

pub struct Account(AccountMessage);

#[actor]
impl Account {
    #[handler]
    fn last(&mut self, _: Last) -> AccountMessage { //~
        self.0.clone()
    }
}

fn main() {}
