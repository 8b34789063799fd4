use std::io;

/// What a journal could not do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The store failed.
    #[error("the journal cannot {operation}")]
    Store {
        /// What was to be done: `read`, `append`, `truncate` or `sync`.
        operation: &'static str,
        /// What the store said.
        #[source]
        source: io::Error,
    },
    /// A record is damaged, and not by a write that was cut short: something was lost that had been there.
    #[error("the journal is damaged at byte {offset}")]
    Corrupt {
        /// Where the damaged record begins. All records before it are whole.
        offset: u64,
    },
    /// The store has something else in it. It is left as it is.
    #[error("this is no journal: it does not begin like one")]
    NotAJournal,
    /// Longer than a record can be.
    #[error("a record of {length} bytes is longer than {most}", most = super::Journal::LONGEST)]
    TooLong {
        /// How many bytes it has.
        length: usize,
    },
    /// A sync failed or was given up, so nobody knows what has reached the disk. Recover it to go on.
    #[error("an earlier sync of the journal did not succeed: it has to be recovered")]
    Broken,
}

impl JournalError {
    pub(super) fn store(operation: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| JournalError::Store { operation, source }
    }
}
