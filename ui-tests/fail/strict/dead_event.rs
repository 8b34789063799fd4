use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[handler(entry)]
    fn close(&mut self, _: Close) {}
}

pub struct Auditor;

#[actor]
impl Auditor {
    #[handler(entry)]
    fn close(&mut self, _: Close) {}
}

#[actor_system(strict, actors(entry Account, entry Auditor), events(Closed))] //~
pub struct Bank;

fn main() {}
