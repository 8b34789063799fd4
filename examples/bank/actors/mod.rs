//! The actors of the bank and their messages.

mod account;
mod auditor;
mod crash;
mod fraud_watch;
mod ledger;

use airssys_rt::prelude::*;

pub(crate) use account::{
    Account, Deposit, GetBalance, GiveBack, OutOfRange, Overdrawn, Posted, Slip, Withdraw,
};
pub(crate) use auditor::{Audit, Auditor, GetAudit};
pub(crate) use crash::Crash;
pub(crate) use fraud_watch::{Flag, Flagged, FraudWatch, GetFlags, Habit, Pattern};
#[cfg(test)]
pub(crate) use ledger::{Answer, Record};
pub(crate) use ledger::{CloseBook, Closing, Ledger};

/// The system. Only the listed actors can be spawned in it, and only the listed events can be published.
#[actor_system(actors(Account, Ledger, Auditor, FraudWatch), events(Posted, Flagged))]
pub(crate) struct Bank;
