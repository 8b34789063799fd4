use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[message]
#[derive(Clone)]
pub struct Close;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}

    #[handler]
    fn close(&mut self, _: Close) {}
}

#[actor_system(actors(Account))]
pub struct Bank;

pub fn tap(bank: &ActorSystem<Bank>) {
    let _tap = bank.subscribe(16); //~
}

fn main() {}
