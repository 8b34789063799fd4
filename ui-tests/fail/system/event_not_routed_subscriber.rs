use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

pub struct Auditor;

#[actor]
impl Auditor {
    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

#[actor_system(actors(Account, Auditor))] //~
pub struct Bank;

fn main() {}
