use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message(reply = u64)]
pub struct Total;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publish(Closed))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
    }

    #[handler]
    fn total(&self, _: &Total) -> u64 {
        0
    }
}

#[actor_system(actors(Account), events(Closed))]
pub struct Bank;

async fn run(bank: &ActorSystem<Bank>) -> Result<u64, Box<dyn std::error::Error>> {
    let account = bank.spawn(Account).await?;
    bank.tell(&account, Close).await?;
    Ok(bank.ask(&account, Total).await?)
}

fn main() {}
