//! Counts the outcomes of the rows: applied, or refused for a reason.

use std::collections::BTreeMap;
use std::fmt;

use crate::transactions::{Malformed, Row, Transaction};

/// Maximum number of lines listed per reason.
const LISTED: usize = 10;

/// Reason why a row was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    Malformed,
    UnknownAccount,
    AlreadyOpen,
    ToItself,
    Overdraft,
    OutOfRange,
}

impl Refusal {
    pub(crate) const ALL: [Self; 6] = [
        Self::Malformed,
        Self::UnknownAccount,
        Self::AlreadyOpen,
        Self::ToItself,
        Self::Overdraft,
        Self::OutOfRange,
    ];
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Malformed => "malformed",
            Self::UnknownAccount => "unknown account",
            Self::AlreadyOpen => "account already open",
            Self::ToItself => "transfer to itself",
            Self::Overdraft => "overdraft",
            Self::OutOfRange => "balance out of range",
        })
    }
}

/// The rows refused for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) count: u64,
    /// The lowest line numbers, in order.
    pub(crate) first: Vec<u64>,
}

/// Counts of the rows and sums of the money they moved into and out of the bank.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) applied: u64,
    pub(crate) paid_in: u128,
    pub(crate) paid_out: u128,
    /// The first malformed rows, with reasons.
    pub(crate) malformed: Vec<Malformed>,
    refused: BTreeMap<Refusal, Refused>,
}

impl Tally {
    /// Records the outcome of a row. Rows may come in any order.
    pub(crate) fn settle(&mut self, row: &Row, outcome: Result<(), Refusal>) {
        if let Err(refusal) = outcome {
            return self.refuse(row.line, refusal);
        }
        self.applied += 1;
        match row.transaction {
            Transaction::Open { cents, .. } | Transaction::Deposit { cents, .. } => {
                self.paid_in += u128::from(cents);
            }
            Transaction::Withdraw { cents, .. } => self.paid_out += u128::from(cents),
            // A transfer keeps the money inside the bank.
            Transaction::Transfer { .. } => {}
        }
    }

    /// Records a malformed row. They come in the order of the file.
    pub(crate) fn skip(&mut self, row: Malformed) {
        self.refuse(row.line, Refusal::Malformed);
        if self.malformed.len() < LISTED {
            self.malformed.push(row);
        }
    }

    fn refuse(&mut self, line: u64, refusal: Refusal) {
        let refused = self.refused.entry(refusal).or_default();
        refused.count += 1;
        let place = refused.first.partition_point(|earlier| *earlier < line);
        if place < LISTED {
            refused.first.insert(place, line);
            refused.first.truncate(LISTED);
        }
    }

    pub(crate) fn refused(&self, refusal: Refusal) -> Refused {
        self.refused.get(&refusal).cloned().unwrap_or_default()
    }

    pub(crate) fn refusals(&self) -> u64 {
        self.refused.values().map(|refused| refused.count).sum()
    }

    /// Returns the money that the bank must hold according to the file.
    pub(crate) fn held(&self) -> Option<u128> {
        self.paid_in.checked_sub(self.paid_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_lines_are_listed_in_any_order_of_arrival() {
        let mut tally = Tally::default();
        for line in (1..=30).rev() {
            tally.refuse(line, Refusal::Overdraft);
        }
        let refused = tally.refused(Refusal::Overdraft);
        assert_eq!((refused.count, refused.first), (30, (1..=10).collect()));
    }
}
