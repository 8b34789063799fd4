use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    fn total(&mut self, _: Total) -> u64 {
        self.total
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn with(bank: &ActorSystem<Bank>, account: &ActorRef<Account>) {
    let _: Option<u64> = bank.call(account, Total).await.ok(); //~
}

fn main() {}
