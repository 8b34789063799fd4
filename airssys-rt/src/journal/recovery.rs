//! `Recovery`: reads the snapshot and the records of a journal after a restart, and removes an end that was never synced.

use crate::journal::{
    Fsync, Journal, JournalError, Store,
    reader::Reader,
    record::{Kind, START, Salt, Start},
    writer::{End, Writer},
};
use std::fmt;

/// The result of reading a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovered {
    /// The number of whole records after the snapshot.
    pub records: u64,
    /// The number of bytes removed after the last record.
    ///
    /// They belong to records that were never synced: writes that were cut short, or that reached the disk in part or in another
    /// order. Whole records may be among them, behind one that is not whole.
    pub cut_bytes: u64,
    /// The number of the removed bytes that had been synced and were damaged, or lay behind damage. 0, unless the recovery was to
    /// read [up to the first damage](Recovery::up_to_first_damage).
    pub lost_bytes: u64,
}

/// A journal that is being read. [`finish`](Recovery::finish) opens it for appending.
#[must_use = "a journal is opened by finishing its recovery"]
pub struct Recovery {
    store: Box<dyn Store>,
    fsync: Fsync,
    reader: Reader,
    /// `None`: a new journal.
    salt: Option<Salt>,
    records: u64,
    /// The last frame was a sync mark, or there was none.
    is_marked: bool,
    /// No frame behind the current position is read.
    has_ended: bool,
    up_to_damage: bool,
    lost_bytes: u64,
}

// Here and not beside the other methods of `Journal`, so that `journal.rs` does not import this file.
impl Journal {
    /// Begins to read the journal in `store`. An empty store is an empty journal, and so is one that holds only zeros: the size of
    /// a new file may reach the disk without its content.
    ///
    /// # Errors
    ///
    /// If the store cannot be read or holds data that is not a journal, or one of another format.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the store is dropped unchanged.
    pub async fn recover(store: impl Store, fsync: Fsync) -> Result<Recovery, JournalError> {
        Recovery::begin(Box::new(store), fsync).await
    }

    /// Opens the journal in `store` for appending, without returning its records.
    ///
    /// # Errors
    ///
    /// If the store fails or holds data that is not a journal, or one of another format, or if a synced record is damaged.
    ///
    /// # Cancel safety
    ///
    /// As for [`Recovery::finish`].
    pub async fn open(store: impl Store, fsync: Fsync) -> Result<(Self, Recovered), JournalError> {
        Journal::recover(store, fsync).await?.finish().await
    }
}

impl Recovery {
    async fn begin(mut store: Box<dyn Store>, fsync: Fsync) -> Result<Self, JournalError> {
        let size = store.size().await.map_err(JournalError::store("read"))?;
        let mut reader = Reader::new(size);
        let salt = match Start::decode(reader.peek(&mut *store, START).await?) {
            Start::New => None,
            Start::Journal(salt) => Some(salt),
            Start::Earlier(version) => return Err(JournalError::EarlierFormat { version }),
            Start::Later(version) => return Err(JournalError::LaterFormat { version }),
            Start::Damaged => return Err(JournalError::Corrupt { offset: 0, synced: START as u64 }),
            Start::Foreign if reader.is_zeros(&mut *store).await? => None,
            Start::Foreign => return Err(JournalError::NotAJournal),
        };
        reader.advance_to(if salt.is_some() { START as u64 } else { 0 });
        let (is_marked, has_ended, up_to_damage) = (true, salt.is_none(), false);
        Ok(Recovery {
            store,
            fsync,
            reader,
            salt,
            records: 0,
            is_marked,
            has_ended,
            up_to_damage,
            lost_bytes: 0,
        })
    }

    /// Makes damage of synced records no error: reading ends before the first damage, and [`finish`](Recovery::finish) removes
    /// what follows. [`Recovered::lost_bytes`] says how much of that had been synced.
    ///
    /// This loses records which the program may have acknowledged. Without it, [`JournalError::Corrupt`] says where the damage
    /// begins, and the store is left unchanged. A damaged start of a journal is an error in any case.
    ///
    /// ```
    /// use airssys_rt::journal::{Fsync, Journal, JournalError, MemoryStore};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), JournalError> {
    /// let store = MemoryStore::new();
    /// let (mut journal, _) = Journal::open(store.clone(), Fsync::EveryRecord).await?;
    /// journal.append(b"one").await?;
    /// journal.append(b"two").await?;
    ///
    /// let mut bytes = store.bytes();
    /// let two = bytes.windows(3).position(|window| window == b"two").expect("it was appended");
    /// bytes[two] ^= 1;
    /// let damaged = MemoryStore::from(bytes);
    /// let error = Journal::open(damaged.clone(), Fsync::EveryRecord).await.expect_err("a synced record is damaged");
    /// assert!(matches!(error, JournalError::Corrupt { .. }));
    ///
    /// let recovery = Journal::recover(damaged, Fsync::EveryRecord).await?;
    /// let (journal, recovered) = recovery.up_to_first_damage().finish().await?;
    /// assert_eq!(journal.records(), 1);
    /// assert_eq!(recovered.lost_bytes, 12 + 3, "the header and the payload of `two`");
    /// # Ok(()) }
    /// ```
    pub fn up_to_first_damage(mut self) -> Self {
        self.up_to_damage = true;
        self
    }

    /// Reads the snapshot that [`Journal::snapshot`] has taken, which stands for all records before those that
    /// [`next`](Recovery::next) returns. `None` if there is none, or after the first call of `next`.
    ///
    /// # Errors
    ///
    /// As for [`next`](Recovery::next).
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: the next call returns the snapshot.
    pub async fn snapshot(&mut self) -> Result<Option<&[u8]>, JournalError> {
        let Some(length) = self.read(Kind::Snapshot).await? else { return Ok(None) };
        self.is_marked = false;
        Ok(Some(self.reader.take(length)))
    }

    /// Reads the next record, in the order in which they were appended. `None` after the last one. A snapshot that was not read
    /// is left out.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or synced bytes are damaged. The store is then left unchanged.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: the next call returns the same record.
    pub async fn next(&mut self) -> Result<Option<&[u8]>, JournalError> {
        while self.snapshot().await?.is_some() {}
        let Some(length) = self.read(Kind::Record).await? else { return Ok(None) };
        self.records += 1;
        self.is_marked = false;
        Ok(Some(self.reader.take(length)))
    }

    /// Reads the remaining records, removes the end that was never synced and is not whole, syncs what it has read, and opens the
    /// journal.
    ///
    /// # Errors
    ///
    /// If the store fails, or synced bytes are damaged. If they are, nothing is removed.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, all records that were read remain; the end may be removed or not.
    pub async fn finish(mut self) -> Result<(Journal, Recovered), JournalError> {
        while self.next().await?.is_some() {}
        let cut_bytes = self.reader.size() - self.reader.offset();
        let recovered = Recovered { records: self.records, cut_bytes, lost_bytes: self.lost_bytes };
        let writer = match self.salt {
            None => Writer::create(self.store, self.fsync).await?,
            Some(salt) => {
                let (end, is_marked) = (self.reader.offset(), self.is_marked);
                let end = End { salt, records: self.records, end, is_marked };
                let mut writer = Writer::at_end(self.store, self.fsync, &end);
                writer.settle(cut_bytes > 0).await?;
                writer
            }
        };
        Ok((Journal::new(writer, self.fsync), recovered))
    }

    /// Reads the next frame of this kind into the buffer, and the marks before it. Returns the length of its payload; `None` at
    /// the end, or if it is of the other kind.
    async fn read(&mut self, kind: Kind) -> Result<Option<usize>, JournalError> {
        let Some(salt) = self.salt else { return Ok(None) };
        while !self.has_ended && self.reader.offset() < self.reader.size() {
            match self.reader.frame(&mut *self.store, salt).await? {
                Some(header) if header.kind == Kind::Mark => {
                    self.reader.take(0);
                    self.is_marked = true;
                }
                Some(header) => return Ok((header.kind == kind).then_some(header.length)),
                None => self.damaged(salt).await?,
            }
        }
        Ok(None)
    }

    /// Ends the reading before bytes that are no whole frame, unless they were synced. A sync mark behind them says that.
    async fn damaged(&mut self, salt: Salt) -> Result<(), JournalError> {
        let offset = self.reader.offset();
        if let Some(synced) = self.reader.last_mark(&mut *self.store, salt).await? {
            if !self.up_to_damage {
                return Err(JournalError::Corrupt { offset, synced });
            }
            self.lost_bytes = synced - offset;
        }
        self.has_ended = true;
        Ok(())
    }
}

impl fmt::Debug for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recovery")
            .field("offset", &self.reader.offset())
            .field("size", &self.reader.size())
            .field("records", &self.records)
            .finish_non_exhaustive()
    }
}
