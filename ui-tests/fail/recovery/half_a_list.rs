use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publishes(Closed Close))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
        ctx.stop();
    }
}

#[actor_system(actors(Account), events(entry Closed))]
pub struct Bank;

async fn run(bank: &ActorSystem<Bank>) -> Result<(), Box<dyn std::error::Error>> {
    let account = bank.spawn(Account).await?;
    Ok(bank.ask(&account, Close).await?)
}

fn main() {}
