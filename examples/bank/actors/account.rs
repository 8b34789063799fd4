//! One account. It moves money only after the ledger has it in the book, and says so to whoever listens.

use std::sync::Arc;

use airssys_rt::prelude::*;

use super::crash::Crash;
use super::ledger::{Answer, BalanceOf, Ledger, Record};
use crate::book::{Entry, EntryId, Leg, Order, Outcome};

/// What goes along with a movement of money, from the row to the book.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slip {
    /// The line of the file that caused it.
    pub(crate) line: u64,
    pub(crate) cents: u64,
    /// Whether it is a part of a transfer, so that the money stays inside the bank.
    pub(crate) transfer: bool,
}

#[message(reply = Result<(), OutOfRange>)]
pub(crate) struct Deposit(pub(crate) Slip);

#[message(reply = Result<(), Overdrawn>)]
pub(crate) struct Withdraw(pub(crate) Slip);

/// Gives back what a transfer has taken.
#[message(reply = Result<(), OutOfRange>)]
pub(crate) struct GiveBack(pub(crate) Slip);

#[message(reply = u64)]
pub(crate) struct GetBalance;

/// The account holds less than what was to be withdrawn.
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
    /// An account that does not know yet what it holds.
    pub(crate) fn new(name: Arc<str>, ledger: ActorRef<Ledger>) -> Self {
        Self { name, cents: 0, ledger }
    }

    /// Has a movement booked, and makes it. The ledger is asked whatever this account holds: whoever asks for the
    /// movement may have asked before, and only the ledger knows what came of it.
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
            self.cents = moved.map_err(|_| Fault::new("the account and the book do not agree"))?;
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

    // The outer result is the fate of the handler: without the ledger's answer the account does not know what it holds,
    // so it fails and begins again. The inner one is the answer: an overdraft is the customer's matter, and the account
    // goes on.
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
