use airssys_rt::prelude::*;

#[message(reply)] //~
pub struct Close;

#[event(name, crate = ::airssys_rt)]
#[derive(Clone)]
pub struct Closed;

#[derive(Default)]
pub struct Ledger;

#[actor(mailbox(capacity))]
impl Ledger {
    #[handler]
    fn close(&mut self, _: Close) {
        self.count();
    }

    fn count(&self) {}
}

pub struct Account {
    ledger: ActorRef<Ledger>,
}

#[actor(asks(Ledger), publishes(Closed), name)]
impl Account {
    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.publish(Closed);
        Ok(ctx.ask(&self.ledger, Close).await?)
    }
}

#[actor_system(actors(Account, Ledger), events(Closed), crate)]
pub struct Bank;

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let ledger = bank.spawn(Ledger::default()).await?;
    let account = bank.spawn(Account { ledger }).await?;
    bank.tell(&account, Close).await?;
    bank.publish(Closed).await?;
    Ok(())
}

fn main() {}
