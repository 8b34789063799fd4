use crate::{
    journal::{
        Fsync, JournalError, Recovered, Recovery, Store,
        fsync::Unsynced,
        record::{self, MARK},
    },
    rt,
};
use std::fmt;

/// An append-only list of records that outlives whoever writes it.
///
/// A record is bytes. Each is kept with its length and checksums, so that it is read back whole or not at all.
pub struct Journal {
    store: Box<dyn Store>,
    fsync: Fsync,
    unsynced: Unsynced,
    records: u64,
    /// Behind the last record.
    end: u64,
    /// There may be something behind the end: part of an append that failed, or all of one that was given up.
    untidy: bool,
    broken: bool,
}

impl Journal {
    /// The longest record, in bytes.
    pub const LONGEST: usize = 64 * 1024 * 1024;

    /// Begins to read the journal in `store`. An empty store is an empty journal.
    ///
    /// # Errors
    ///
    /// If the store cannot be read or has something else in it.
    pub async fn recover(store: impl Store, fsync: Fsync) -> Result<Recovery, JournalError> {
        Recovery::begin(store, fsync).await
    }

    /// Opens the journal in `store` to append to it, for those who do not want to know what is in it.
    ///
    /// # Errors
    ///
    /// If the store fails, has something else in it, or a record is damaged.
    pub async fn open(store: impl Store, fsync: Fsync) -> Result<(Self, Recovered), JournalError> {
        Journal::recover(store, fsync).await?.finish().await
    }

    pub(super) async fn opened(
        store: Box<dyn Store>,
        fsync: Fsync,
        end: u64,
        recovered: Recovered,
    ) -> Result<Self, JournalError> {
        let unsynced = Unsynced::default();
        let records = recovered.records;
        let mut journal = Journal { store, fsync, unsynced, records, end, untidy: false, broken: false };
        if end == 0 {
            journal.put(MARK.to_vec()).await?;
        }
        if end == 0 || recovered.cut_bytes > 0 {
            journal.sync().await?;
        }
        Ok(journal)
    }

    /// Adds one record. When this returns it outlives the actor; what else, [`Fsync`] says.
    ///
    /// # Errors
    ///
    /// If it is too long or the store fails. What a failed append has written is cut off, at once or before the next one, and
    /// the journal can be used; after a failed sync it is broken, and the record may be there or not when it is recovered.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, the record may be in the journal or not, whole in any case. The next append makes
    /// sure that it is not, unless it was there and only its sync was given up.
    pub async fn append(&mut self, record: &[u8]) -> Result<(), JournalError> {
        self.append_all([record]).await
    }

    /// Adds some records with one write and at most one sync.
    ///
    /// # Errors
    ///
    /// As for one record; none of them is appended if one is too long or the write fails.
    ///
    /// # Cancel safety
    ///
    /// As for one record. If the process ends in between, some of them may be there, from the first one on.
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
        self.put(bytes).await?;
        self.records += count;
        if self.unsynced.appended(count, self.fsync, rt::now()) { self.sync().await } else { Ok(()) }
    }

    /// Returns once all that was appended outlives a loss of power.
    ///
    /// # Errors
    ///
    /// If the store fails. Nobody knows then what has reached the disk, and trying again would not tell: the journal is
    /// broken and has to be recovered.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, nobody knows either: the journal is broken.
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

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// How many bytes they take.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.end
    }

    /// All of `bytes` at the end, or nothing.
    async fn put(&mut self, bytes: Vec<u8>) -> Result<(), JournalError> {
        if self.broken {
            return Err(JournalError::Broken);
        }
        self.tidy().await.map_err(JournalError::store("truncate"))?;
        let length = bytes.len() as u64;
        self.untidy = true;
        if let Err(source) = self.store.append(bytes).await {
            // If it fails as well, the next append tries again.
            let _ = self.tidy().await;
            return Err(JournalError::Store { operation: "append", source });
        }
        self.untidy = false;
        self.end += length;
        Ok(())
    }

    async fn tidy(&mut self) -> std::io::Result<()> {
        if self.untidy {
            self.store.truncate(self.end).await?;
            self.untidy = false;
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
