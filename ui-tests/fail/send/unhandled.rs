use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn close(bank: &ActorSystem<Bank>, account: &ActorRef<Account>) {
    let _ = bank.tell(account, Close).await; //~
}

fn main() {}
