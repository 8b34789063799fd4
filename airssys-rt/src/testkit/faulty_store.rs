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

/// A store of a journal that fails as told. Clones share the faults, so keep one and give the other to the journal.
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
/// assert_eq!(memory.bytes(), before, "what was written of it is cut off");
/// journal.append(b"record").await?;
/// # Ok(())
/// # }
/// ```
pub struct FaultyStore<S> {
    store: S,
    faults: Arc<Mutex<Faults>>,
}

#[derive(Debug, Default)]
struct Faults {
    cut: Option<usize>,
    capacity: Option<u64>,
    hangs: bool,
    syncs_fail: bool,
    truncates_fail: bool,
    syncs: u64,
    synced: u64,
}

impl<S: Store> FaultyStore<S> {
    /// One without faults.
    #[must_use]
    pub fn new(store: S) -> Self {
        FaultyStore { store, faults: Arc::default() }
    }

    /// The next append writes `bytes` bytes and fails.
    pub fn cut_next_append(&self, bytes: usize) {
        self.faults.lock().cut = Some(bytes);
    }

    /// There is room for so many bytes; `None` for as many as come. An append beyond that writes what fits and fails.
    pub fn limit(&self, capacity: Option<u64>) {
        self.faults.lock().capacity = capacity;
    }

    /// Whether appends write everything and then never return.
    pub fn hang_appends(&self, hang: bool) {
        self.faults.lock().hangs = hang;
    }

    /// Whether syncs fail.
    pub fn fail_syncs(&self, fail: bool) {
        self.faults.lock().syncs_fail = fail;
    }

    /// Whether nothing can be cut off.
    pub fn fail_truncates(&self, fail: bool) {
        self.faults.lock().truncates_fail = fail;
    }

    /// How many syncs were well.
    #[must_use]
    pub fn syncs(&self) -> u64 {
        self.faults.lock().syncs
    }

    /// How many bytes a loss of power leaves at least: those of the last sync.
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
        let (fits, error, hangs) = self.faults.lock().strike(bytes.len(), size);
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
}

impl Faults {
    /// How many of so many bytes are written, what is wrong with the rest, and whether it hangs then.
    fn strike(&mut self, bytes: usize, size: u64) -> (usize, Option<ErrorKind>, bool) {
        if let Some(cut) = self.cut.take() {
            return (cut.min(bytes), Some(ErrorKind::Interrupted), false);
        }
        let room = self.capacity.map_or(u64::MAX, |capacity| capacity.saturating_sub(size));
        let fits = usize::try_from(room).unwrap_or(usize::MAX).min(bytes);
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
