//! `FaultyStore`: a journal store with injected faults: cut writes, a full disk, failed syncs.

use crate::{
    journal::Store,
    sync::{Arc, Mutex},
};
use async_trait::async_trait;
use std::{
    fmt,
    future::pending,
    io::{self, ErrorKind},
};

/// A journal store with injected faults. Clones share the faults: the test keeps one clone and the journal gets another.
///
/// ```
/// use airssys_rt::{journal::{Fsync, Journal, JournalError, MemoryStore}, testkit::FaultyStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), JournalError> {
/// let memory = MemoryStore::new();
/// let store = FaultyStore::new(memory.clone());
/// let (mut journal, _) = Journal::open(store.clone(), Fsync::EveryRecord).await?;
///
/// store.cut_next_append(5);
/// let before = memory.bytes();
/// assert!(journal.append(b"record").await.is_err());
/// assert_eq!(memory.bytes(), before, "the written part of the record is cut off");
/// journal.append(b"record").await?;
/// # Ok(())
/// # }
/// ```
pub struct FaultyStore<S> {
    store: S,
    faults: Arc<Mutex<StoreFaults>>,
}

#[derive(Debug, Default)]
struct StoreFaults {
    cut_next: Option<usize>,
    capacity: Option<u64>,
    hangs: bool,
    syncs_fail: bool,
    truncates_fail: bool,
    syncs: u64,
    synced: u64,
}

impl<S: Store> FaultyStore<S> {
    /// Wraps a store without any faults.
    #[must_use]
    pub fn new(store: S) -> Self {
        FaultyStore { store, faults: Arc::default() }
    }

    /// Makes the next append or stage write `bytes` bytes and fail.
    pub fn cut_next_append(&self, bytes: usize) {
        self.faults.lock().cut_next = Some(bytes);
    }

    /// Limits the size of the store to `capacity` bytes; `None` removes the limit. An append beyond the limit writes the bytes that
    /// fit and fails.
    pub fn limit(&self, capacity: Option<u64>) {
        self.faults.lock().capacity = capacity;
    }

    /// Sets whether appends write all bytes and then never return.
    pub fn hang_appends(&self, hang: bool) {
        self.faults.lock().hangs = hang;
    }

    /// Sets whether syncs fail.
    pub fn fail_syncs(&self, fail: bool) {
        self.faults.lock().syncs_fail = fail;
    }

    /// Sets whether truncates fail.
    pub fn fail_truncates(&self, fail: bool) {
        self.faults.lock().truncates_fail = fail;
    }

    /// Returns the number of successful syncs.
    #[must_use]
    pub fn syncs(&self) -> u64 {
        self.faults.lock().syncs
    }

    /// Returns the number of bytes that survive a loss of power: the size at the last sync.
    #[must_use]
    pub fn synced(&self) -> u64 {
        self.faults.lock().synced
    }
}

#[async_trait]
impl<S: Store> Store for FaultyStore<S> {
    async fn size(&mut self) -> io::Result<u64> {
        self.store.size().await
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        self.store.read(offset, most).await
    }

    async fn append(&mut self, mut bytes: Vec<u8>) -> io::Result<()> {
        let size = self.store.size().await?;
        let (fits, error, hangs) = self.faults.lock().apply(bytes.len(), size);
        bytes.truncate(fits);
        self.store.append(bytes).await?;
        if hangs {
            pending::<()>().await;
        }
        error.map_or(Ok(()), |error| Err(error.into()))
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        if self.faults.lock().truncates_fail {
            return Err(ErrorKind::PermissionDenied.into());
        }
        self.store.truncate(size).await?;
        let mut faults = self.faults.lock();
        faults.synced = faults.synced.min(size);
        Ok(())
    }

    async fn sync(&mut self) -> io::Result<()> {
        if self.faults.lock().syncs_fail {
            return Err(io::Error::other("the disk does not answer"));
        }
        self.store.sync().await?;
        let size = self.store.size().await?;
        let mut faults = self.faults.lock();
        faults.syncs += 1;
        faults.synced = size;
        Ok(())
    }

    async fn stage(&mut self, at: u64, mut bytes: Vec<u8>) -> io::Result<()> {
        let (fits, error, hangs) = self.faults.lock().apply(bytes.len(), at);
        bytes.truncate(fits);
        self.store.stage(at, bytes).await?;
        if hangs {
            pending::<()>().await;
        }
        error.map_or(Ok(()), |error| Err(error.into()))
    }

    async fn sync_staged(&mut self) -> io::Result<()> {
        if self.faults.lock().syncs_fail {
            return Err(io::Error::other("the disk does not answer"));
        }
        self.store.sync_staged().await
    }

    async fn replace(&mut self) -> io::Result<()> {
        self.store.replace().await
    }
}

impl StoreFaults {
    /// Applies the faults to an append of `bytes` bytes to a store of `size` bytes. Returns how many bytes are written, the error
    /// for the rest, and whether the append then hangs.
    fn apply(&mut self, bytes: usize, size: u64) -> (usize, Option<ErrorKind>, bool) {
        if let Some(cut) = self.cut_next.take() {
            return (cut.min(bytes), Some(ErrorKind::Interrupted), false);
        }
        let left = self.capacity.map_or(u64::MAX, |capacity| capacity.saturating_sub(size));
        let fits = usize::try_from(left).unwrap_or(usize::MAX).min(bytes);
        (fits, (fits < bytes).then_some(ErrorKind::StorageFull), self.hangs)
    }
}

impl<S: Clone> Clone for FaultyStore<S> {
    fn clone(&self) -> Self {
        FaultyStore { store: self.store.clone(), faults: self.faults.clone() }
    }
}

impl<S: fmt::Debug> fmt::Debug for FaultyStore<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultyStore")
            .field("store", &self.store)
            .field("faults", &*self.faults.lock())
            .finish()
    }
}
