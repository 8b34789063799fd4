//! One movement of one account; a transfer is two, or three if the money goes back.

use std::sync::Arc;

/// Which movement of its transaction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Leg {
    Out,
    In,
    /// What a transfer took goes back, because it did not fit where it was to go.
    Back,
}

/// What makes a movement one and the same, however often somebody asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EntryId {
    /// The line of the file: the id of the transaction.
    pub(crate) line: u64,
    pub(crate) leg: Leg,
}

/// A movement that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) id: EntryId,
    pub(crate) account: Arc<str>,
    pub(crate) cents: u64,
    /// Whether it is a part of a transfer, so that the money stays inside the bank.
    pub(crate) transfer: bool,
}

/// What becomes of an order. It is decided once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It stands in the book, as the entry of its account that has this number.
    Booked(u64),
    /// The account holds less than was to be taken.
    Overdrawn,
    /// The account would hold more cents than can be counted.
    OutOfRange,
}

/// A movement that stands in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) order: Order,
    /// The entries of an account are numbered from 1 on.
    pub(crate) number: u64,
}

impl Order {
    /// What an account holds afterwards that holds `cents` now.
    ///
    /// # Errors
    ///
    /// The outcome, if it cannot be done.
    pub(crate) fn applied_to(&self, cents: u64) -> Result<u64, Outcome> {
        match self.id.leg {
            Leg::Out => cents.checked_sub(self.cents).ok_or(Outcome::Overdrawn),
            Leg::In | Leg::Back => cents.checked_add(self.cents).ok_or(Outcome::OutOfRange),
        }
    }
}
