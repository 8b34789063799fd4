use airssys_rt::prelude::*;

pub struct Balance(pub u64);

#[message(reply = Balance)]
pub struct Deposit(pub u64);

pub struct Account(u64);

#[actor]
impl Account {
    #[handler]
    fn deposit(&mut self, Deposit(cents): Deposit) -> Balance {
        self.0 += cents;
        Balance(self.0)
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn deposit(bank: &ActorSystem<Bank>, account: &ActorRef<Account>) -> Result<(), AskError> {
    let _balance: String = bank.ask(account, Deposit(1)).await?; //~
    Ok(())
}

fn main() {}
