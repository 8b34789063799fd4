//! What the bank has in writing: the book, how it lies in the journal, and how far somebody has read it.

mod archive;
mod bookmarks;
mod decision;
mod entry;
mod pages;

pub(crate) use archive::{Archive, Opened};
pub(crate) use bookmarks::{Bookmarks, Turn};
pub(crate) use decision::Decision;
pub(crate) use entry::{Entry, EntryId, Leg, Order, Outcome};
pub(crate) use pages::Book;
