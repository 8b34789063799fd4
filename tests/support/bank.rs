//! A test system, a bank whose messages are `Clone`, for taps and monitors.

use crate::{Deadline, Log};
use airssys_rt::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdrawn;

#[message(reply = u64)]
#[derive(Debug, Clone)]
pub struct Deposit(pub u64);

#[message(reply = Result<u64, Overdrawn>)]
#[derive(Debug, Clone)]
pub struct Withdraw(pub u64);

#[message(reply = u64)]
#[derive(Debug, Clone)]
pub struct Balance;

/// Never answers.
#[message(reply = u64)]
#[derive(Debug, Clone)]
pub struct Appraise;

/// Fails.
#[message(reply = u64)]
#[derive(Debug, Clone)]
pub struct Embezzle;

/// Its handler waits until the gate is open.
#[message]
#[derive(Debug, Clone)]
pub struct Inspect(pub std::sync::Arc<tokio::sync::Semaphore>);

#[derive(Default)]
pub struct Account {
    pub cents: u64,
    pub log: Log,
}

#[actor]
impl Account {
    #[handler]
    fn deposit(&mut self, Deposit(cents): Deposit) -> u64 {
        self.log.add(format!("+{cents}"));
        self.cents += cents;
        self.cents
    }

    #[handler]
    fn withdraw(&mut self, Withdraw(cents): Withdraw) -> Result<u64, Overdrawn> {
        self.log.add(format!("-{cents}"));
        self.cents = self.cents.checked_sub(cents).ok_or(Overdrawn)?;
        Ok(self.cents)
    }

    #[handler]
    fn balance(&self, _: Balance) -> u64 {
        self.cents
    }

    #[handler]
    async fn appraise(&mut self, _: Appraise) -> u64 {
        std::future::pending().await
    }

    #[handler]
    fn embezzle(&mut self, _: Embezzle) -> Result<u64, Fault> {
        Err(Fault::new("the safe is empty"))
    }

    #[handler]
    async fn inspect(&mut self, Inspect(gate): Inspect) {
        let _ = gate.acquire().await;
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

/// Money went from one account to another.
#[event]
#[derive(Debug, Clone)]
pub struct Moved(pub u64);

/// Answered with whether the transfer succeeded. If the money cannot be paid in, it is paid back.
#[message(reply = bool)]
#[derive(Debug, Clone)]
pub struct Transfer {
    pub from: ActorRef<Account>,
    pub to: ActorRef<Account>,
    pub cents: u64,
}

/// Tells an account; answered with the cents that were given back, if the tell failed.
#[message(reply = Option<u64>)]
#[derive(Debug, Clone)]
pub struct PayIn {
    pub to: ActorRef<Account>,
    pub cents: u64,
}

#[derive(Default)]
pub struct Teller;

#[actor(asks(Account), tells(Account), publishes(Moved))]
impl Teller {
    #[handler]
    async fn transfer(&mut self, transfer: Transfer, ctx: &mut ActorContext<Self>) -> bool {
        let Transfer { from, to, cents } = transfer;
        if !matches!(ctx.ask(&from, Withdraw(cents)).await, Ok(Ok(_))) {
            return false;
        }
        if ctx.ask(&to, Deposit(cents)).await.is_ok() {
            ctx.publish(Moved(cents));
            return true;
        }
        let deadline = Deadline::new("the cents are paid back");
        while ctx.ask(&from, Deposit(cents)).await.is_err() {
            deadline.check();
        }
        false
    }

    #[handler]
    async fn pay_in(&mut self, PayIn { to, cents }: PayIn, ctx: &mut ActorContext<Self>) -> Option<u64> {
        let Err(error) = ctx.tell(&to, Deposit(cents)).await else { return None };
        error.into_message().map(|Deposit(cents)| cents)
    }
}

#[message(reply = u64)]
#[derive(Debug, Clone)]
pub struct Total;

/// Adds up the moved cents.
#[derive(Default)]
pub struct Auditor {
    pub total: u64,
}

#[actor]
impl Auditor {
    #[on_event]
    fn moved(&mut self, Moved(cents): Moved) {
        self.total += cents;
    }

    #[handler]
    fn total(&self, _: Total) -> u64 {
        self.total
    }
}

#[actor_system(actors(Account, Teller, Auditor), events(Moved))]
pub struct Bank;

pub async fn bank() -> ActorSystem<Bank> {
    ActorSystem::<Bank>::start(SystemConfig::default()).await.expect("the configuration is good")
}

pub async fn bank_with<B: MessageBroker<BankMessage>>(broker: B) -> ActorSystem<Bank, B> {
    ActorSystem::with_broker(SystemConfig::default(), broker).await.expect("the broker attaches")
}
