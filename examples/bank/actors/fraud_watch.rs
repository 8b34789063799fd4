//! Looks for patterns in what each account announces.
//!
//! The events of one account come in order, those of different accounts in any; every pattern is about one
//! account, so that the same file gives the same flags on every run.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use airssys_rt::prelude::*;

use super::account::{Deposited, Withdrawn};

/// A single withdrawal from this many cents on is suspicious.
const LARGE: u64 = 900_000;
/// So are this many withdrawals in a row.
const STREAK: u32 = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern {
    Large,
    Streak,
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Large => "large withdrawals",
            Self::Streak => "long streaks of withdrawals",
        })
    }
}

/// A withdrawal that looks like fraud, by the line of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Flag {
    pub(crate) line: u64,
    pub(crate) pattern: Pattern,
}

/// What is remembered of one account.
#[derive(Debug, Default)]
pub(crate) struct Habit {
    withdrawals: u32,
}

impl Habit {
    pub(crate) fn deposited(&mut self) {
        self.withdrawals = 0;
    }

    pub(crate) fn withdrew(&mut self, cents: u64) -> Option<Pattern> {
        self.withdrawals += 1;
        if cents >= LARGE {
            return Some(Pattern::Large);
        }
        if self.withdrawals >= STREAK {
            self.withdrawals = 0;
            return Some(Pattern::Streak);
        }
        None
    }
}

#[event]
#[derive(Clone)]
pub(crate) struct Flagged;

#[message(reply = BTreeSet<Flag>)]
pub(crate) struct GetFlags;

#[derive(Default)]
pub(crate) struct FraudWatch {
    habits: HashMap<Arc<str>, Habit>,
    flags: BTreeSet<Flag>,
}

#[actor(publishes(Flagged))]
impl FraudWatch {
    #[on_event]
    fn deposited(&mut self, Deposited { account, .. }: Deposited) {
        self.habits.entry(account).or_default().deposited();
    }

    #[on_event]
    fn withdrawn(&mut self, Withdrawn { account, slip }: Withdrawn, ctx: &mut ActorContext<Self>) {
        if let Some(pattern) = self.habits.entry(account).or_default().withdrew(slip.cents) {
            self.flags.insert(Flag { line: slip.line, pattern });
            ctx.publish(Flagged);
        }
    }

    #[handler]
    fn report(&self, _: GetFlags) -> BTreeSet<Flag> {
        self.flags.clone()
    }
}
