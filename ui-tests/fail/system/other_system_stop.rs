use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Count;

pub struct Counter;

#[actor]
impl Counter {
    #[handler]
    fn count(&mut self, _: Count) -> u64 {
        1
    }
}

#[actor_system(actors(Counter))]
pub struct One;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn count(&mut self, _: Count) -> u64 {
        1
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn stop(bank: &ActorSystem<Bank>, of_one: &ActorRef<Counter>) {
    let _ = bank.stop(of_one).await; //~
}

fn main() {}
