//! `Box<Account>` is in `actors(..)`. Habit: channels of boxed messages.

use airssys_rt::prelude::*;

#[message]
pub struct Deposit {
    pub cents: u64,
}

#[message(reply = u64)]
pub struct Balance;

#[message(reply = u64)]
pub struct Audit;

#[event]
#[derive(Clone)]
pub struct Deposited {
    pub cents: u64,
}

pub struct Account {
    cents: u64,
}

#[actor(publishes(Deposited))]
impl Account {
    #[handler]
    fn deposit(&mut self, message: Deposit, ctx: &mut ActorContext<Self>) {
        self.cents += message.cents;
        ctx.publish(Deposited { cents: message.cents });
    }

    #[handler]
    fn balance(&self, _: Balance) -> u64 {
        self.cents
    }
}

pub struct Auditor {
    account: ActorRef<Account>,
    total: u64,
}

#[actor(asks(Account))]
impl Auditor {
    #[on_event]
    fn deposited(&mut self, event: Deposited) {
        self.total += event.cents;
    }

    #[handler]
    async fn audit(&mut self, _: Audit, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        let balance = ctx.ask(&self.account, Balance).await?;
        Ok(balance.abs_diff(self.total))
    }
}

#[actor_system(actors(Box<Account>, Auditor), events(Deposited))] //~
pub struct Bank;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let account = bank.spawn(Account { cents: 0 }).await?;
    let auditor = bank.spawn(Auditor { account: account.clone(), total: 0 }).await?;
    bank.tell(&account, Deposit { cents: 100 }).await?;
    let balance = bank.ask(&account, Balance).await?;
    let difference = bank.ask(&auditor, Audit).await?;
    println!("{balance} {difference}");
    Ok(())
}
