//! `Journal`: appends records to a store, repairs a failed append, and syncs as the policy says.

use crate::{
    journal::{
        Fsync, JournalError, Store,
        fsync::Unsynced,
        record::{self, MARK},
    },
    rt,
};
use std::fmt;

/// An append-only list of records that outlives the actor that writes it.
///
/// A record is a sequence of bytes. It is stored with its length and checksums, so that it is read back whole or not at
/// all. [`recover`](Journal::recover) and [`open`](Journal::open) make a journal from a [`Store`].
pub struct Journal {
    store: Box<dyn Store>,
    fsync: Fsync,
    unsynced: Unsynced,
    records: u64,
    /// The position after the last record.
    end: u64,
    /// The store may hold bytes beyond `end`: part of an append that failed, or all of one that was cancelled.
    has_excess: bool,
    /// A sync failed or was cancelled.
    broken: bool,
}

impl Journal {
    /// The longest record, in bytes.
    pub const LONGEST: usize = record::LONGEST;

    /// Makes the journal of a store that is read up to `end`. `truncated` says that the store was cut off there.
    pub(super) async fn at_end(
        store: Box<dyn Store>,
        fsync: Fsync,
        end: u64,
        records: u64,
        truncated: bool,
    ) -> Result<Self, JournalError> {
        let unsynced = Unsynced::default();
        let mut journal = Journal { store, fsync, unsynced, records, end, has_excess: false, broken: false };
        if end == 0 {
            journal.write(MARK.to_vec()).await?;
        }
        if end == 0 || truncated {
            journal.sync().await?;
        }
        Ok(journal)
    }

    /// Appends one record. When this returns, the record survives the end of the actor and of the process; [`Fsync`] says
    /// when it survives a loss of power.
    ///
    /// # Errors
    ///
    /// If the record is too long or the store fails. The bytes of a failed append are removed, at once or before the next
    /// append, and the journal stays usable. After a failed sync the journal is broken, and recovery may find the record or
    /// not.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the record may be in the journal or not; a part of it is never read
    /// back. The next append removes it, unless it was written and only its sync was cancelled.
    pub async fn append(&mut self, record: &[u8]) -> Result<(), JournalError> {
        self.append_all([record]).await
    }

    /// Appends several records with one write and at most one sync.
    ///
    /// # Errors
    ///
    /// As for [`append`](Journal::append). No record is appended if one is too long or the write fails.
    ///
    /// # Cancel safety
    ///
    /// As for [`append`](Journal::append). If the process ends during the write, a prefix of the records may be in the
    /// journal.
    pub async fn append_all<'r>(
        &mut self,
        records: impl IntoIterator<Item = &'r [u8]>,
    ) -> Result<(), JournalError> {
        let (mut bytes, mut count) = (Vec::new(), 0);
        for record in records {
            if record.len() > Self::LONGEST {
                return Err(JournalError::TooLong { length: record.len() });
            }
            record::encode(record, &mut bytes);
            count += 1;
        }
        if count == 0 {
            return Ok(());
        }
        self.write(bytes).await?;
        self.records += count;
        if self.unsynced.appended(count, self.fsync, rt::now()) { self.sync().await } else { Ok(()) }
    }

    /// Returns once all appended records survive a loss of power.
    ///
    /// # Errors
    ///
    /// If the store fails. It is then unknown what has reached the disk, and a second sync could not tell: the journal is
    /// broken and must be recovered.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the same is unknown: the journal is broken.
    pub async fn sync(&mut self) -> Result<(), JournalError> {
        if self.broken {
            return Err(JournalError::Broken);
        }
        self.broken = true;
        self.store.sync().await.map_err(JournalError::store("sync"))?;
        self.broken = false;
        self.unsynced = Unsynced::default();
        Ok(())
    }

    /// Returns the number of records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Returns the size of the journal in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.end
    }

    /// Writes all of `bytes` at the end, or none of them.
    async fn write(&mut self, bytes: Vec<u8>) -> Result<(), JournalError> {
        if self.broken {
            return Err(JournalError::Broken);
        }
        self.remove_excess().await.map_err(JournalError::store("truncate"))?;
        let length = bytes.len() as u64;
        self.has_excess = true;
        if let Err(source) = self.store.append(bytes).await {
            // If this fails as well, the next append tries again.
            let _ = self.remove_excess().await;
            return Err(JournalError::Store { operation: "append", source });
        }
        self.has_excess = false;
        self.end += length;
        Ok(())
    }

    async fn remove_excess(&mut self) -> std::io::Result<()> {
        if self.has_excess {
            self.store.truncate(self.end).await?;
            self.has_excess = false;
        }
        Ok(())
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal")
            .field("records", &self.records)
            .field("size", &self.end)
            .field("broken", &self.broken)
            .finish_non_exhaustive()
    }
}
