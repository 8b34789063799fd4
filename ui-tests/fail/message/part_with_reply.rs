use airssys_rt::prelude::*;

#[message(part, reply = u64)] //~
pub struct Money {
    pub cents: u64,
}

#[message]
pub struct Deposit(pub Money);

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn deposit(&mut self, _: Deposit) {}
}

fn main() {}
