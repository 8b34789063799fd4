use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actor(Account))] //~
pub struct Bank;

async fn open(bank: &ActorSystem<Bank>) {
    let _ = bank.spawn(Account).await;
}

fn main() {}
