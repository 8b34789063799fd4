//! The account actor. It moves money only after the ledger has booked the movement, and then publishes an event.

use std::sync::Arc;

use airssys_rt::prelude::*;

use super::crash::Crash;
use super::ledger::{Answer, BalanceOf, Ledger, Record};
use crate::book::{Entry, EntryId, Leg, Order, Outcome};

/// The data of a movement of money, passed from the row to the book.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slip {
    /// The line of the file that requested the movement.
    pub(crate) line: u64,
    pub(crate) cents: u64,
    /// Whether the movement is part of a transfer, so that the money stays inside the bank.
    pub(crate) transfer: bool,
}

#[message(reply = Result<(), OutOfRange>)]
pub(crate) struct Deposit(pub(crate) Slip);

#[message(reply = Result<(), Overdrawn>)]
pub(crate) struct Withdraw(pub(crate) Slip);

/// Returns the money that a transfer has withdrawn.
#[message(reply = Result<(), OutOfRange>)]
pub(crate) struct GiveBack(pub(crate) Slip);

#[message(reply = u64)]
pub(crate) struct GetBalance;

/// The account holds less than the amount to withdraw.
#[derive(Debug)]
pub(crate) struct Overdrawn;

/// The account would hold more cents than can be counted.
#[derive(Debug)]
pub(crate) struct OutOfRange;

/// An account has moved money.
#[event]
#[derive(Clone)]
pub(crate) struct Posted(pub(crate) Entry);

pub(crate) struct Account {
    name: Arc<str>,
    cents: u64,
    ledger: ActorRef<Ledger>,
}

impl Account {
    /// Creates an account that has not read its balance yet.
    pub(crate) fn new(name: Arc<str>, ledger: ActorRef<Ledger>) -> Self {
        Self { name, cents: 0, ledger }
    }

    /// Asks the ledger to book a movement, and applies it. The ledger is asked for every balance of this account: the
    /// request may be a retry, and only the ledger knows the outcome of the first attempt.
    async fn move_money(
        &mut self,
        leg: Leg,
        Slip { line, cents, transfer }: Slip,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Outcome, Fault> {
        let order = Order { id: EntryId { line, leg }, account: self.name.clone(), cents, transfer };
        let Answer { outcome, again } = ctx.ask(&self.ledger, Record(order.clone())).await?;
        if let (Outcome::Booked(number), false) = (outcome, again) {
            let moved = order.applied_to(self.cents);
            self.cents = moved.map_err(|_| Fault::new("the balance of the account differs from the book"))?;
            ctx.publish(Posted(Entry { order, number }));
        }
        Ok(outcome)
    }
}

#[actor(publishes(Posted), asks(Ledger))]
impl Account {
    #[pre_start]
    async fn look_up(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.cents = ctx.ask(&self.ledger, BalanceOf(self.name.clone())).await?;
        Ok(())
    }

    // The outer result is the outcome of the handler: without the reply of the ledger the account does not know its
    // balance, so it fails and is restarted. The inner result is the reply: an overdraft is a refusal, and the account
    // continues.
    #[handler]
    async fn withdraw(
        &mut self,
        Withdraw(slip): Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Result<(), Overdrawn>, Fault> {
        let outcome = self.move_money(Leg::Out, slip, ctx).await?;
        Ok(if outcome == Outcome::Overdrawn { Err(Overdrawn) } else { Ok(()) })
    }

    #[handler]
    async fn deposit(
        &mut self,
        Deposit(slip): Deposit,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Result<(), OutOfRange>, Fault> {
        let outcome = self.move_money(Leg::In, slip, ctx).await?;
        Ok(if outcome == Outcome::OutOfRange { Err(OutOfRange) } else { Ok(()) })
    }

    #[handler]
    async fn give_back(
        &mut self,
        GiveBack(slip): GiveBack,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Result<(), OutOfRange>, Fault> {
        let outcome = self.move_money(Leg::Back, slip, ctx).await?;
        Ok(if outcome == Outcome::OutOfRange { Err(OutOfRange) } else { Ok(()) })
    }

    #[handler]
    fn balance(&self, _: GetBalance) -> u64 {
        self.cents
    }

    #[handler]
    fn crash(&self, _: Crash) {
        panic!("{}", Crash::TEXT)
    }
}
