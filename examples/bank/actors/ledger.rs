//! The book of the bank, and who decides: what it answers is in the journal before.

use std::sync::Arc;

use airssys_rt::journal::Journal;
use airssys_rt::prelude::*;

use super::crash::Crash;
use crate::balances::Balances;
use crate::book::{Archive, Book, Bookmarks, Decision, Entry, Opened, Order, Outcome};

/// Asks for one movement of one account; a transfer is two. Asked for again, it is not done again: the answer is that of
/// the first time.
#[message(reply = Answer)]
pub(crate) struct Record(pub(crate) Order);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    /// It was decided before.
    pub(crate) again: bool,
}

/// What an account holds.
#[message(reply = u64)]
pub(crate) struct BalanceOf(pub(crate) Arc<str>);

/// The entries that somebody has not read yet.
#[message(reply = Vec<Entry>)]
pub(crate) struct ReadOn(pub(crate) Bookmarks);

#[message(reply = Closing)]
pub(crate) struct CloseBook;

/// What the book says at the end.
#[derive(Debug)]
pub(crate) struct Closing {
    pub(crate) entries: u64,
    pub(crate) decisions: u64,
    pub(crate) balances: Balances,
}

pub(crate) struct Ledger {
    archive: Arc<Archive>,
    book: Book,
    /// Open since `pre_start`.
    journal: Option<Journal>,
}

impl Ledger {
    /// A ledger that has not read its journal yet.
    pub(crate) fn new(archive: Arc<Archive>) -> Self {
        Self { archive, book: Book::default(), journal: None }
    }
}

#[actor]
impl Ledger {
    #[pre_start]
    async fn read_back(&mut self) -> Result<(), Fault> {
        let Opened { book, journal } = self.archive.open().await?;
        self.book = book;
        self.journal = Some(journal);
        Ok(())
    }

    // First the journal, then the book, then the answer. Where this breaks off in between, the next ledger reads the
    // journal, and whoever got no answer asks again.
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
        self.book.beyond(&bookmarks)
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
