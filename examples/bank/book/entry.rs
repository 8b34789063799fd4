//! A movement of one account. A transfer consists of two movements, or three if the money is returned.

use std::sync::Arc;

/// The part that a movement has in its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Leg {
    Out,
    In,
    /// Returns the money of a transfer, because the receiving account would be out of range.
    Back,
}

/// The identity of a movement, the same for every retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EntryId {
    /// The line of the file: the id of the transaction.
    pub(crate) line: u64,
    pub(crate) leg: Leg,
}

/// A requested movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) id: EntryId,
    pub(crate) account: Arc<str>,
    pub(crate) cents: u64,
    /// Whether the movement is part of a transfer, so that the money stays inside the bank.
    pub(crate) transfer: bool,
}

/// The outcome of an order. It is decided once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Booked as the entry of its account with this number.
    Booked(u64),
    /// The account holds less than the amount to withdraw.
    Overdrawn,
    /// The account would hold more cents than can be counted.
    OutOfRange,
}

/// A booked movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) order: Order,
    /// The number of the entry within its account, starting at 1.
    pub(crate) number: u64,
}

impl Order {
    /// Returns the balance of an account after the order, for a balance of `cents` before.
    ///
    /// # Errors
    ///
    /// Returns the outcome if the order cannot be applied.
    pub(crate) fn applied_to(&self, cents: u64) -> Result<u64, Outcome> {
        match self.id.leg {
            Leg::Out => cents.checked_sub(self.cents).ok_or(Outcome::Overdrawn),
            Leg::In | Leg::Back => cents.checked_add(self.cents).ok_or(Outcome::OutOfRange),
        }
    }
}
