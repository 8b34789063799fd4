//! The auditor: adds up the movements that the accounts publish. It reads missed entries from the book.

use std::collections::{BTreeSet, HashMap};

use airssys_rt::prelude::*;

use super::account::Posted;
use super::crash::Crash;
use super::fraud_watch::{Flag, Flagged};
use super::ledger::{Ledger, ReadOn};
use crate::book::{Bookmarks, Entry, Leg, Position};

#[message(reply = Audit)]
pub(crate) struct GetAudit;

/// The figures of the auditor.
#[derive(Clone, Debug)]
pub(crate) struct Audit {
    pub(crate) paid_in: u128,
    pub(crate) paid_out: u128,
    /// Transfers of which both halves were received and equal.
    pub(crate) transfers: u64,
    /// Transfers of which only one half was received, or whose halves differ.
    pub(crate) unsettled: usize,
    pub(crate) flagged: usize,
}

pub(crate) struct Auditor {
    ledger: ActorRef<Ledger>,
    bookmarks: Bookmarks,
    paid_in: u128,
    paid_out: u128,
    transfers: u64,
    // The two halves come from two accounts, and the later one may arrive first.
    halves: HashMap<u64, i128>,
    flagged: BTreeSet<Flag>,
}

impl Auditor {
    /// Creates an auditor without any entries.
    pub(crate) fn new(ledger: ActorRef<Ledger>) -> Self {
        Self {
            ledger,
            bookmarks: Bookmarks::default(),
            paid_in: 0,
            paid_out: 0,
            transfers: 0,
            halves: HashMap::new(),
            flagged: BTreeSet::new(),
        }
    }

    /// Reads the entries of the book after the bookmarks.
    async fn catch_up(&mut self, ctx: &ActorContext<Self>) -> Result<(), Fault> {
        for entry in ctx.ask(&self.ledger, ReadOn(self.bookmarks.clone())).await? {
            self.bookmarks.advance(&entry);
            self.check(&entry);
        }
        Ok(())
    }

    fn check(&mut self, Entry { order, .. }: &Entry) {
        let cents = order.cents;
        match (order.transfer, order.id.leg) {
            (true, Leg::Out) => self.half(order.id.line, -i128::from(cents)),
            (true, Leg::In | Leg::Back) => self.half(order.id.line, i128::from(cents)),
            (false, Leg::Out) => self.paid_out += u128::from(cents),
            (false, Leg::In | Leg::Back) => self.paid_in += u128::from(cents),
        }
    }

    fn half(&mut self, line: u64, cents: i128) {
        let Some(other) = self.halves.remove(&line) else {
            self.halves.insert(line, cents);
            return;
        };
        match other + cents {
            0 => self.transfers += 1,
            rest => _ = self.halves.insert(line, rest),
        }
    }
}

// An auditor that misses an event has to read the book; with `Block`, a publisher waits while the mailbox is full.
#[actor(asks(Ledger), mailbox(capacity = 4096, overflow = Block))]
impl Auditor {
    #[pre_start]
    async fn begin(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.catch_up(ctx).await
    }

    #[on_event]
    async fn posted(&mut self, Posted(entry): Posted, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        match self.bookmarks.advance(&entry) {
            Position::Past => {}
            Position::Next => self.check(&entry),
            Position::Ahead => self.catch_up(ctx).await?,
        }
        Ok(())
    }

    #[on_event]
    fn flagged(&mut self, Flagged(flag): Flagged) {
        self.flagged.insert(flag);
    }

    #[handler]
    async fn report(&mut self, _: GetAudit, ctx: &mut ActorContext<Self>) -> Result<Audit, Fault> {
        self.catch_up(ctx).await?;
        Ok(Audit {
            paid_in: self.paid_in,
            paid_out: self.paid_out,
            transfers: self.transfers,
            unsettled: self.halves.len(),
            flagged: self.flagged.len(),
        })
    }

    #[handler]
    fn crash(&self, _: Crash) {
        panic!("{}", Crash::TEXT)
    }
}
