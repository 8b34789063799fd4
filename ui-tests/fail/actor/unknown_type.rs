use airssys_rt::prelude::*;

#[message]
pub struct Deposit;

#[event]
#[derive(Clone)]
pub struct Deposited;

pub struct Account;

#[actor(publishes(Depozited))] //~
impl Account {
    #[handler]
    fn deposit(&mut self, _: Deposit) {}
}

fn main() {}
