//! `JournalError`: a store that failed, a damaged record, a record that is too long, a failed sync.

use crate::journal::record;
use std::io;

/// An error of a journal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The store failed.
    #[error("the store of the journal failed to {operation}")]
    Store {
        /// The operation: `read`, `append`, `truncate` or `sync`.
        operation: &'static str,
        /// The error of the store.
        #[source]
        source: io::Error,
    },
    /// A record is damaged, and not by a write that was cut short: data that had been written is lost.
    #[error("the journal has a damaged record at byte {offset}")]
    Corrupt {
        /// The position at which the damaged record begins. All records before it are whole.
        offset: u64,
    },
    /// The store holds data that is not a journal. The data is left unchanged.
    #[error("the store does not hold a journal: it does not begin with the header of a journal")]
    NotAJournal,
    /// The journal has a later format, of a later version of the library. The data is left unchanged.
    #[error("the journal has format {version}, of a later version of the library: this one reads format {read}", read = record::VERSION)]
    LaterFormat {
        /// The version of the format.
        version: u8,
    },
    /// The record is longer than [`Journal::LONGEST`](crate::journal::Journal::LONGEST).
    #[error("a record of {length} bytes exceeds the limit of {most} bytes", most = record::LONGEST)]
    TooLong {
        /// The length of the record in bytes.
        length: usize,
    },
    /// A sync failed or was cancelled, so it is unknown what has reached the disk. Recover the journal to continue.
    #[error("an earlier sync of the journal failed or was cancelled: the journal must be recovered")]
    Broken,
}

impl JournalError {
    pub(super) fn store(operation: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| JournalError::Store { operation, source }
    }
}
