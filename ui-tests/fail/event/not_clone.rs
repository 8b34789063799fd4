use airssys_rt::prelude::*;

#[event]
pub struct Closed; //~

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

#[actor_system(actors(Account), events(Closed))]
pub struct Bank;

fn main() {}
