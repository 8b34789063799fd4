//! `JournalError`: a store that failed, a file that changed, damage, another format, a record that is too long, a failed sync.

use crate::journal::record;
use std::io;

/// An error of a journal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The store failed.
    #[error("the store of the journal failed to {operation}")]
    Store {
        /// The operation: `read`, `append`, `truncate`, `sync`, `stage` or `replace`.
        operation: &'static str,
        /// The error of the store.
        #[source]
        source: io::Error,
    },
    /// Another process has removed, moved or resized the file. The journal accepts no more records and must be recovered.
    #[error("the file of the journal was changed by another process: {change}")]
    FileChanged {
        /// What has changed.
        #[source]
        change: FileChange,
    },
    /// Bytes that had been synced are damaged. The store is left unchanged.
    ///
    /// [`Recovery::up_to_first_damage`](crate::journal::Recovery::up_to_first_damage) opens the journal without them.
    #[error("the journal has a damaged record at byte {offset}, in what had been synced")]
    Corrupt {
        /// The position at which the damage begins. All records before it are whole.
        offset: u64,
        /// The position up to which the journal had been synced, as far as is known.
        synced: u64,
    },
    /// The store holds data that is not a journal. The data is left unchanged.
    #[error("the store does not hold a journal: it does not begin with the header of a journal")]
    NotAJournal,
    /// The journal has an earlier format, which this version of the library does not read. The data is left unchanged.
    #[error("the journal has format {version}, of an earlier version of the library: this one reads format {read}", read = record::VERSION)]
    EarlierFormat {
        /// The version of the format.
        version: u8,
    },
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
    /// A snapshot is to stand for more records than the journal has.
    #[error("a snapshot of {wanted} records was given to a journal of {records}")]
    NoSuchRecord {
        /// The number of records that the snapshot is to stand for.
        wanted: u64,
        /// The number of records of the journal.
        records: u64,
    },
    /// A sync failed or was cancelled, or the file was changed, so it is unknown what has reached the disk. Recover the journal
    /// to continue.
    #[error("an earlier sync of the journal failed or was cancelled: the journal must be recovered")]
    Broken,
}

/// What another process has done to the file of a [`FileStore`](crate::journal::FileStore) while it was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileChange {
    /// The file was deleted, or another file was renamed to its name.
    #[error("it was deleted or replaced")]
    Deleted,
    /// The file was renamed, or one of its folders was.
    #[error("it was renamed")]
    Renamed,
    /// The file is shorter or longer than after the last operation.
    #[error("it has {found} bytes instead of {expected}")]
    Resized {
        /// The size after the last operation.
        expected: u64,
        /// The current size.
        found: u64,
    },
}

impl JournalError {
    pub(super) fn store(operation: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.get_ref().and_then(|source| source.downcast_ref()) {
            Some(change) => JournalError::FileChanged { change: *change },
            None => JournalError::Store { operation, source },
        }
    }
}
