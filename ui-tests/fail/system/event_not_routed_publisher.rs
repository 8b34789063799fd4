use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

#[message]
pub struct Reset;

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account))] //~
pub struct Bank;

fn main() {}
