use airssys_rt::prelude::*;

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
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn open(bank: &ActorSystem<Bank>) {
    let _ = bank.spawn(Auditor).await; //~
}

fn main() {}
