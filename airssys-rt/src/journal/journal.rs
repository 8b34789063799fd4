//! `Journal`: the handle that appends records, syncs and takes snapshots.

use crate::{
    journal::{
        Fsync, JournalError,
        record::LONGEST,
        shared::{Figures, Shared},
        writer::Writer,
    },
    rt::{self, Runtime},
    sync::Arc,
};
use std::fmt;

/// An append-only list of records that outlives the actor that writes it.
///
/// A record is a sequence of bytes. It is stored with its length and checksums, so that it is read back whole or not at
/// all. [`recover`](Journal::recover) and [`open`](Journal::open) make a journal from a [`Store`](crate::journal::Store).
/// [`snapshot`](Journal::snapshot) replaces records by a state that stands for them; without it a journal only grows.
///
/// The [module](crate::journal) has an actor that rebuilds its state from one.
///
/// ```
/// use airssys_rt::journal::{Fsync, Journal, MemoryStore};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let store = MemoryStore::new(); // `FileStore::open(path).await?` keeps the records in a file
///
/// let (mut journal, _) = Journal::open(store.clone(), Fsync::EveryRecord).await?;
/// journal.append(b"first").await?;
/// journal.append_all([b"second".as_slice(), b"third"]).await?;
/// drop(journal); // the process ends
///
/// let mut recovery = Journal::recover(store, Fsync::EveryRecord).await?;
/// let mut records = Vec::new();
/// while let Some(record) = recovery.next().await? {
///     records.push(String::from_utf8(record.to_vec())?);
/// }
/// let (journal, recovered) = recovery.finish().await?;
/// assert_eq!(records, ["first", "second", "third"]);
/// assert_eq!((journal.records(), recovered.cut_bytes), (3, 0));
/// # Ok(()) }
/// ```
pub struct Journal {
    shared: Arc<Shared>,
}

impl Journal {
    /// The longest record, in bytes.
    pub const LONGEST: usize = LONGEST;

    /// Makes the journal of a store that is read up to its end.
    pub(super) fn new(writer: Writer, fsync: Fsync) -> Self {
        let watches = matches!(fsync, Fsync::Every { .. });
        let runtime = Runtime::current().filter(|_| watches && rt::has_timers());
        Journal { shared: Shared::new(writer, runtime) }
    }

    /// Appends one record. When this returns, the record survives the end of the actor and of the process; [`Fsync`] says
    /// when it survives a loss of power.
    ///
    /// # Errors
    ///
    /// If the record is too long, the store fails, or another process has changed the file. The bytes of a failed append are
    /// removed, at once or before the next append, and the journal stays usable. After a failed sync or a changed file the
    /// journal is broken, and recovery may find the record or not.
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
        let records: Vec<_> = records.into_iter().map(checked).collect::<Result<_, _>>()?;
        if records.is_empty() { Ok(()) } else { self.shared.lend().await?.append_all(&records).await }
    }

    /// Returns once all appended records survive a loss of power.
    ///
    /// # Errors
    ///
    /// If the store fails, or another process has changed the file. It is then unknown what has reached the disk, and a second
    /// sync could not tell: the journal is broken and must be recovered.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the same is unknown: the journal is broken.
    pub async fn sync(&mut self) -> Result<(), JournalError> {
        self.shared.lend().await?.sync().await
    }

    /// Replaces all records by a snapshot: a state that stands for them. Later records follow it.
    ///
    /// [`Recovery::snapshot`](crate::journal::Recovery::snapshot) reads it back. The journal is written anew beside the old one,
    /// synced, and put in its place in one step: after a loss of power at any moment a recovery finds the old records or the
    /// snapshot. When this returns, the snapshot survives a loss of power, with each [`Fsync`].
    ///
    /// # Errors
    ///
    /// If the state is longer than a record may be, the store fails, or another process has changed the file. The records remain,
    /// and the journal stays usable, unless it is broken as after a failed [`sync`](Journal::sync).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the journal has its records, or it has the snapshot and is broken until it is
    /// recovered.
    ///
    /// # Examples
    ///
    /// ```
    /// use airssys_rt::journal::{Fsync, Journal, JournalError, MemoryStore};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), JournalError> {
    /// let store = MemoryStore::new();
    /// let (mut journal, _) = Journal::open(store.clone(), Fsync::EveryRecord).await?;
    /// for cents in [100_u64, 20, 3] {
    ///     journal.append(&cents.to_le_bytes()).await?;
    /// }
    /// journal.snapshot(&123_u64.to_le_bytes()).await?;
    /// journal.append(&1_u64.to_le_bytes()).await?;
    ///
    /// let mut recovery = Journal::recover(store, Fsync::EveryRecord).await?;
    /// let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("8 bytes"));
    /// let mut sum = recovery.snapshot().await?.map_or(0, number);
    /// while let Some(record) = recovery.next().await? {
    ///     sum += number(record);
    /// }
    /// assert_eq!(sum, 124);
    /// # Ok(()) }
    /// ```
    pub async fn snapshot(&mut self, state: &[u8]) -> Result<(), JournalError> {
        let state = checked(state)?;
        let mut writer = self.shared.lend().await?;
        let covered = writer.records();
        writer.snapshot(state, covered).await
    }

    /// Replaces the first `covered` records, counted from the last snapshot, by a snapshot, and keeps those behind them. A state
    /// that was made while further records were appended replaces the records that it stands for.
    ///
    /// # Errors
    ///
    /// As for [`snapshot`](Journal::snapshot); and if the journal has fewer records, or one that it keeps is damaged.
    ///
    /// # Cancel safety
    ///
    /// As for [`snapshot`](Journal::snapshot).
    pub async fn snapshot_of(&mut self, state: &[u8], covered: u64) -> Result<(), JournalError> {
        let state = checked(state)?;
        let mut writer = self.shared.lend().await?;
        let records = writer.records();
        if covered > records {
            return Err(JournalError::NoSuchRecord { wanted: covered, records });
        }
        writer.snapshot(state, covered).await
    }

    /// Returns the number of records after the last snapshot.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.shared.figures().records
    }

    /// Returns the number of records that may not survive a loss of power yet.
    #[must_use]
    pub fn unsynced(&self) -> u64 {
        self.shared.figures().unsynced
    }

    /// Returns the size of the journal in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.shared.figures().size
    }
}

/// Checks the length of a record.
fn checked(record: &[u8]) -> Result<&[u8], JournalError> {
    let length = record.len();
    if length > LONGEST { Err(JournalError::TooLong { length }) } else { Ok(record) }
}

/// Closes the store, also if a sync is going on: then when it has ended.
impl Drop for Journal {
    fn drop(&mut self) {
        self.shared.close();
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { records, size, unsynced, is_broken } = self.shared.figures();
        f.debug_struct("Journal")
            .field("records", &records)
            .field("size", &size)
            .field("unsynced", &unsynced)
            .field("broken", &is_broken)
            .finish_non_exhaustive()
    }
}
