//! The fraud watch: searches for patterns in the movements that each account publishes. It reads missed entries from the
//! book.
//!
//! The events of one account arrive in order, those of different accounts in any order; every pattern concerns one
//! account, so the same file gives the same flags on every run.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use airssys_rt::prelude::*;

use super::account::Posted;
use super::crash::Crash;
use super::ledger::{Ledger, ReadOn};
use crate::book::{Bookmarks, Entry, Leg, Position};

/// A single withdrawal of at least this many cents is flagged.
const LARGE: u64 = 900_000;
/// This many withdrawals in a row are flagged.
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

/// A suspicious withdrawal, identified by the line of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Flag {
    pub(crate) line: u64,
    pub(crate) pattern: Pattern,
}

/// The recent withdrawals of one account.
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

/// A flag was raised. The event may be repeated.
#[event]
#[derive(Clone)]
pub(crate) struct Flagged(pub(crate) Flag);

#[message(reply = BTreeSet<Flag>)]
pub(crate) struct GetFlags;

pub(crate) struct FraudWatch {
    ledger: ActorRef<Ledger>,
    bookmarks: Bookmarks,
    habits: HashMap<Arc<str>, Habit>,
    flags: BTreeSet<Flag>,
}

impl FraudWatch {
    /// Creates a fraud watch without any entries.
    pub(crate) fn new(ledger: ActorRef<Ledger>) -> Self {
        Self { ledger, bookmarks: Bookmarks::default(), habits: HashMap::new(), flags: BTreeSet::new() }
    }

    /// Reads the entries of the book after the bookmarks.
    async fn catch_up(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for entry in ctx.ask(&self.ledger, ReadOn(self.bookmarks.clone())).await? {
            self.bookmarks.advance(&entry);
            self.check(entry, ctx);
        }
        Ok(())
    }

    fn check(&mut self, Entry { order, .. }: Entry, ctx: &mut ActorContext<Self>) {
        let habit = self.habits.entry(order.account).or_default();
        let pattern = match order.id.leg {
            Leg::Out => habit.withdrew(order.cents),
            Leg::In | Leg::Back => {
                habit.deposited();
                None
            }
        };
        if let Some(pattern) = pattern {
            let flag = Flag { line: order.id.line, pattern };
            self.flags.insert(flag);
            ctx.publish(Flagged(flag));
        }
    }
}

#[actor(publishes(Flagged), asks(Ledger))]
impl FraudWatch {
    #[pre_start]
    async fn begin(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.catch_up(ctx).await
    }

    #[on_event]
    async fn posted(&mut self, Posted(entry): Posted, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        match self.bookmarks.advance(&entry) {
            Position::Past => {}
            Position::Next => self.check(entry, ctx),
            Position::Ahead => self.catch_up(ctx).await?,
        }
        Ok(())
    }

    // All flags are published again: a restarted auditor has not received the earlier ones.
    #[handler]
    async fn report(&mut self, _: GetFlags, ctx: &mut ActorContext<Self>) -> Result<BTreeSet<Flag>, Fault> {
        self.catch_up(ctx).await?;
        for flag in &self.flags {
            ctx.publish(Flagged(*flag));
        }
        Ok(self.flags.clone())
    }

    #[handler]
    fn crash(&self, _: Crash) {
        panic!("{}", Crash::TEXT)
    }
}
