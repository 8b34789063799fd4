use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor()]
impl Account {
    #[handler(entry)]
    fn close(&mut self, _: Close) {}
}

pub struct Auditor;

#[actor]
impl Auditor {
    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

#[actor_system(strict, actors(entry Account, entry Auditor), events(Closed))] //~
pub struct Bank;

fn main() {}
