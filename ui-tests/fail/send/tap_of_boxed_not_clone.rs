use airssys_rt::prelude::*;

#[message(boxed)]
pub struct Restore(pub [u8; 512]);

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn restore(&mut self, _: Restore) {}
}

#[actor_system(actors(Account))]
pub struct Bank;

pub fn tap(bank: &ActorSystem<Bank>) {
    let _tap = bank.subscribe(16); //~
}

fn main() {}
