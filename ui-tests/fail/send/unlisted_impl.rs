use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message]
pub struct Reset;

#[actor(handles(Close))]
pub struct Account;

impl Handler<Close> for Account {
    async fn handle(&mut self, _: Close, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Handler<Reset> for Account {
    async fn handle(&mut self, _: Reset, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn run(bank: ActorSystem<Bank>, account: ActorRef<Account>) -> Result<(), Box<dyn std::error::Error>> {
    bank.tell(&account, Reset).await?; //~
    Ok(())
}

fn main() {}
