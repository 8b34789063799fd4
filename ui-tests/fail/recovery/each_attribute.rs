use airssys_rt::prelude::*;

#[message(reply = u64, reply = u64)] //~
pub struct Total;

#[message(name = "")]
#[derive(Clone)]
pub struct Close {
    pub cents: u64,
}

#[event(reply = u64)]
#[derive(Clone)]
pub struct Closed(pub u64);

pub struct Account {
    cents: u64,
}

#[actor(publishes(Closed), name = "", mailbox(capacity = 8, capacity = 9))]
impl Account {
    pub fn new() -> Self {
        Account { cents: 0 }
    }

    #[handler]
    fn close(&mut self, Close { cents }: Close, ctx: &mut ActorContext<Self>) {
        self.cents -= cents;
        ctx.publish(Closed(cents));
    }

    #[handler(Total)]
    fn total(&self, _: Total) -> u64 {
        self.cents
    }
}

#[actor(subscribes(Closed), handles(Total, Total))]
pub struct Auditor {
    total: u64,
}

impl Handler<Total> for Auditor {
    async fn handle(&mut self, _: Total, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(self.total)
    }
}

impl Subscriber<Closed> for Auditor {
    async fn on_event(&mut self, Closed(cents): Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.total += cents;
        Ok(())
    }
}

#[actor_system(actors(Account, Auditor, Account), events(Closed))]
pub struct Bank;

async fn run() -> Result<u64, Box<dyn std::error::Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let auditor = bank.spawn(Auditor { total: 0 }).await?;
    let account = bank.spawn(Account::new()).await?;
    bank.tell(&account, Close { cents: 1 }.clone()).await?;
    bank.publish(Closed(2)).await?;
    Ok(bank.ask(&account, Total).await? + bank.ask(&auditor, Total).await?)
}

fn main() {}
