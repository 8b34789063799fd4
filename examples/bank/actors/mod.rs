//! The bank: who works in it, and what they tell each other.

mod account;
mod auditor;
mod fraud_watch;
mod ledger;

use airssys_rt::prelude::*;

pub(crate) use account::{
    Account, Deposit, Deposited, GetBalance, OutOfRange, Overdrawn, Slip, Withdraw, Withdrawn,
};
pub(crate) use auditor::{Audit, Auditor, GetAudit};
pub(crate) use fraud_watch::{Flag, Flagged, FraudWatch, GetFlags, Habit, Pattern};
pub(crate) use ledger::{Book, CloseBook, Ledger};

/// The system. Only what is listed here can be spawned, sent or published in it.
#[actor_system(actors(Account, Ledger, Auditor, FraudWatch), events(Deposited, Withdrawn, Flagged))]
pub(crate) struct Bank;
