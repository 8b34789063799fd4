use airssys_rt::prelude::*;

pub struct Close;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {} //~
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn run(bank: &ActorSystem<Bank>, account: &ActorRef<Account>) {
    let _ = bank.ask(account, Close).await;
}

fn main() {}
