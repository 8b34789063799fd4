//! The storage of the journal, and the recovery of the book from it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use airssys_rt::journal::{FileStore, Fsync, Journal, MemoryStore, Recovery};
use airssys_rt::prelude::*;

use super::{Book, Decision};

/// A power failure may lose the last second, which is acceptable for an example. A crash of the program loses nothing.
const FSYNC: Fsync = Fsync::Every { records: 1_000, age: Duration::from_secs(1) };
/// `FSYNC` as text.
const FSYNC_TEXT: &str = "fsync every 1,000 records or 1 s";

/// The storage of the journal; it outlives the incarnations of the ledger.
#[derive(Debug)]
pub(crate) struct JournalStore {
    place: Place,
    /// Digest of the transaction file: the ids of the transactions are only valid for this file.
    source: Vec<u8>,
    readings: AtomicU64,
    found: AtomicU64,
    torn_bytes: AtomicU64,
}

#[derive(Debug)]
enum Place {
    Memory(MemoryStore),
    File(PathBuf),
}

/// A recovered journal and the book rebuilt from it.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) book: Book,
    pub(crate) journal: Journal,
}

impl JournalStore {
    /// Creates a store in a file at `path`, or in memory, where it outlives every actor but not the program. `source`
    /// identifies the transaction file.
    pub(crate) fn new(path: Option<&Path>, source: Vec<u8>) -> Self {
        let place =
            path.map_or_else(|| Place::Memory(MemoryStore::new()), |path| Place::File(path.to_owned()));
        let [readings, found, torn_bytes] = [const { AtomicU64::new(0) }; 3];
        Self { place, source, readings, found, torn_bytes }
    }

    /// Reads the whole journal.
    ///
    /// # Errors
    ///
    /// Fails if the journal cannot be read, is damaged, or belongs to another transaction file.
    pub(crate) async fn open(&self) -> Result<Opened, Fault> {
        let recovery = match &self.place {
            Place::Memory(store) => Journal::recover(store.clone(), Fsync::Never).await?,
            Place::File(path) => Journal::recover(FileStore::open(path).await?, FSYNC).await?,
        };
        let (opened, torn_bytes) = self.read(recovery).await?;
        // Relaxed: these are statistics; no other memory access depends on their order.
        if self.readings.fetch_add(1, Ordering::Relaxed) == 0 {
            self.found.store(opened.book.decisions() as u64, Ordering::Relaxed);
        }
        self.torn_bytes.fetch_add(torn_bytes, Ordering::Relaxed);
        Ok(opened)
    }

    async fn read(&self, mut recovery: Recovery) -> Result<(Opened, u64), Fault> {
        let has_source = match recovery.next().await? {
            Some(source) if source != self.source => {
                return Err(Fault::new("the journal belongs to another file of transactions"));
            }
            source => source.is_some(),
        };
        let mut book = Book::default();
        while let Some(record) = recovery.next().await? {
            let decision = Decision::decode(record)
                .ok_or_else(|| Fault::new("the journal contains an invalid record"))?;
            book.write(decision).map_err(Fault::new)?;
        }
        let (mut journal, recovered) = recovery.finish().await?;
        if !has_source {
            journal.append(&self.source).await?;
        }
        Ok((Opened { book, journal }, recovered.cut_bytes))
    }

    /// Describes where the journal is stored, and its fsync policy.
    pub(crate) fn description(&self) -> String {
        match &self.place {
            Place::Memory(_) => "in memory".to_owned(),
            Place::File(path) => format!("in {}, {FSYNC_TEXT}", path.display()),
        }
    }

    /// Returns the number of decisions found at the first reading.
    pub(crate) fn found(&self) -> u64 {
        self.found.load(Ordering::Relaxed) // relaxed: as in `open`
    }

    /// Returns the number of bytes of incomplete writes that were cut off.
    pub(crate) fn torn_bytes(&self) -> u64 {
        self.torn_bytes.load(Ordering::Relaxed) // relaxed: as in `open`
    }

    /// Returns how often the whole journal was read.
    pub(crate) fn readings(&self) -> u64 {
        self.readings.load(Ordering::Relaxed) // relaxed: as in `open`
    }
}
