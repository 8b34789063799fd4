//! One account. It moves money only after the ledger has it in the book, and says so to whoever listens.

use std::sync::Arc;

use airssys_rt::prelude::*;

use super::ledger::{Ledger, Record, Side};

/// What goes along with a movement of money, from the row to the auditor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slip {
    pub(crate) cents: u64,
    /// The line of the file that caused it.
    pub(crate) line: u64,
    /// Whether it is one half of a transfer, so that the money stays inside the bank.
    pub(crate) transfer: bool,
}

#[message(reply = Result<(), OutOfRange>)]
pub(crate) struct Deposit(pub(crate) Slip);

#[message(reply = Result<(), Overdrawn>)]
pub(crate) struct Withdraw(pub(crate) Slip);

#[message(reply = u64)]
pub(crate) struct GetBalance;

/// The account holds less than what was to be withdrawn.
#[derive(Debug)]
pub(crate) struct Overdrawn;

/// The account would hold more cents than can be counted.
#[derive(Debug)]
pub(crate) struct OutOfRange;

#[event]
#[derive(Clone)]
pub(crate) struct Deposited {
    pub(crate) account: Arc<str>,
    pub(crate) slip: Slip,
}

#[event]
#[derive(Clone)]
pub(crate) struct Withdrawn {
    pub(crate) account: Arc<str>,
    pub(crate) slip: Slip,
}

pub(crate) struct Account {
    name: Arc<str>,
    cents: u64,
    ledger: ActorRef<Ledger>,
}

impl Account {
    /// An account without money.
    pub(crate) fn new(name: Arc<str>, ledger: ActorRef<Ledger>) -> Self {
        Self { name, cents: 0, ledger }
    }
}

#[actor(publishes(Deposited, Withdrawn), asks(Ledger))]
impl Account {
    // The outer result is the fate of the handler: without the ledger's answer the account fails and has not
    // moved anything. The inner one is the answer: an overdraft is the customer's matter, and the account
    // goes on.
    #[handler]
    async fn withdraw(
        &mut self,
        Withdraw(slip): Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Result<(), Overdrawn>, Fault> {
        let Some(cents) = self.cents.checked_sub(slip.cents) else { return Ok(Err(Overdrawn)) };
        let record = Record { account: self.name.clone(), side: Side::Out, cents: slip.cents };
        ctx.ask(&self.ledger, record).await?;
        self.cents = cents;
        ctx.publish(Withdrawn { account: self.name.clone(), slip });
        Ok(Ok(()))
    }

    #[handler]
    async fn deposit(
        &mut self,
        Deposit(slip): Deposit,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Result<(), OutOfRange>, Fault> {
        let Some(cents) = self.cents.checked_add(slip.cents) else { return Ok(Err(OutOfRange)) };
        let record = Record { account: self.name.clone(), side: Side::In, cents: slip.cents };
        ctx.ask(&self.ledger, record).await?;
        self.cents = cents;
        ctx.publish(Deposited { account: self.name.clone(), slip });
        Ok(Ok(()))
    }

    #[handler]
    fn balance(&self, _: GetBalance) -> u64 {
        self.cents
    }
}
