//! The book of the bank, its encoding in the journal, and the bookmarks of its readers.

mod bookmarks;
mod decision;
mod entry;
mod journal_store;
mod pages;

pub(crate) use bookmarks::{Bookmarks, Position};
pub(crate) use decision::Decision;
pub(crate) use entry::{Entry, EntryId, Leg, Order, Outcome};
pub(crate) use journal_store::{JournalStore, Opened};
pub(crate) use pages::Book;
