//! The ledger: decides about movements and keeps the book. A decision is in the journal before it is in a reply.

use std::sync::Arc;

use airssys_rt::journal::Journal;
use airssys_rt::prelude::*;

use super::crash::Crash;
use crate::balances::Balances;
use crate::book::{Book, Bookmarks, Decision, Entry, JournalStore, Opened, Order, Outcome};

/// Requests one movement of one account; a transfer consists of two. A repeated request is not applied again: the reply is
/// that of the first request.
#[message(reply = Answer)]
pub(crate) struct Record(pub(crate) Order);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    /// Whether the order was decided before.
    pub(crate) again: bool,
}

/// Requests the balance of an account.
#[message(reply = u64)]
pub(crate) struct BalanceOf(pub(crate) Arc<str>);

/// Requests the entries after the bookmarks.
#[message(reply = Vec<Entry>)]
pub(crate) struct ReadOn(pub(crate) Bookmarks);

#[message(reply = Closing)]
pub(crate) struct CloseBook;

/// The final figures of the book.
#[derive(Debug)]
pub(crate) struct Closing {
    pub(crate) entries: u64,
    pub(crate) decisions: u64,
    pub(crate) balances: Balances,
}

pub(crate) struct Ledger {
    store: Arc<JournalStore>,
    book: Book,
    /// `Some` from `pre_start` on.
    journal: Option<Journal>,
}

impl Ledger {
    /// Creates a ledger that has not read its journal yet.
    pub(crate) fn new(store: Arc<JournalStore>) -> Self {
        Self { store, book: Book::default(), journal: None }
    }
}

#[actor]
impl Ledger {
    #[pre_start]
    async fn read_back(&mut self) -> Result<(), Fault> {
        let Opened { book, journal } = self.store.open().await?;
        self.book = book;
        self.journal = Some(journal);
        Ok(())
    }

    // First the journal, then the book, then the reply. If the ledger fails in between, its next incarnation reads the
    // journal, and the account that got no reply asks again.
    #[handler]
    async fn record(&mut self, Record(order): Record) -> Result<Answer, Fault> {
        if let Some(outcome) = self.book.decided(order.id) {
            return Ok(Answer { outcome, again: true });
        }
        let outcome = self.book.decide(&order);
        let decision = Decision { order, outcome };
        let journal = self.journal.as_mut().ok_or_else(|| Fault::new("the journal is not open"))?;
        journal.append(&decision.encode()).await?;
        self.book.write(decision).map_err(Fault::new)?;
        Ok(Answer { outcome, again: false })
    }

    #[handler]
    fn balance_of(&self, BalanceOf(account): BalanceOf) -> u64 {
        self.book.cents(&account)
    }

    #[handler]
    fn read_on(&self, ReadOn(bookmarks): ReadOn) -> Vec<Entry> {
        self.book.entries_after(&bookmarks)
    }

    #[handler]
    fn close(&self, _: CloseBook) -> Closing {
        let decisions = self.book.decisions() as u64;
        Closing { entries: self.book.booked(), decisions, balances: self.book.balances() }
    }

    #[handler]
    fn crash(&self, _: Crash) {
        panic!("{}", Crash::TEXT)
    }
}
