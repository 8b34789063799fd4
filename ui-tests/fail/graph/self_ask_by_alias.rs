use airssys_rt::prelude::*;

#[message]
pub struct Total;

pub struct Account;

type Other = Account;

#[actor(asks(Other))]
impl Account {
    #[handler]
    fn total(&mut self, _: Total) {}
}

#[actor_system(actors(Account))] //~
pub struct Bank;

fn main() {}
