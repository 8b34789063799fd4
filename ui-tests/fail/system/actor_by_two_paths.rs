use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account, self::Account))] //~
pub struct Bank;

fn main() {}
