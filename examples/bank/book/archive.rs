//! Where the journal of the bank is kept, and how the book is read back from it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use airssys_rt::journal::{FileStore, Fsync, Journal, MemoryStore, Recovery};
use airssys_rt::prelude::*;

use super::{Book, Decision};

/// A demonstration may lose a second to a loss of power. To a crash of the program it loses nothing.
const FSYNC: Fsync = Fsync::Every { records: 1_000, age: Duration::from_secs(1) };
/// `FSYNC` in words.
const POLICY: &str = "fsync every 1,000 records or 1 s";

/// The journal between two lives of the ledger.
#[derive(Debug)]
pub(crate) struct Archive {
    place: Place,
    /// What the transactions are those of: their ids mean nothing in another file.
    seal: Vec<u8>,
    readings: AtomicU64,
    found: AtomicU64,
    torn_bytes: AtomicU64,
}

#[derive(Debug)]
enum Place {
    Memory(MemoryStore),
    File(PathBuf),
}

/// A journal that has been read, and the book that it makes.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) book: Book,
    pub(crate) journal: Journal,
}

impl Archive {
    /// In a file at `path`, or in memory, where it outlives every actor but not the program. `seal` says what is
    /// replayed.
    pub(crate) fn new(path: Option<&Path>, seal: Vec<u8>) -> Self {
        let place =
            path.map_or_else(|| Place::Memory(MemoryStore::new()), |path| Place::File(path.to_owned()));
        let [readings, found, torn_bytes] = [const { AtomicU64::new(0) }; 3];
        Self { place, seal, readings, found, torn_bytes }
    }

    /// Reads the whole journal.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is damaged, or is that of something else.
    pub(crate) async fn open(&self) -> Result<Opened, Fault> {
        let recovery = match &self.place {
            Place::Memory(store) => Journal::recover(store.clone(), Fsync::Never).await?,
            Place::File(path) => Journal::recover(FileStore::open(path).await?, FSYNC).await?,
        };
        let (opened, torn_bytes) = self.read(recovery).await?;
        // Relaxed: these are figures, and nothing else is read by their order.
        if self.readings.fetch_add(1, Ordering::Relaxed) == 0 {
            self.found.store(opened.book.decisions() as u64, Ordering::Relaxed);
        }
        self.torn_bytes.fetch_add(torn_bytes, Ordering::Relaxed);
        Ok(opened)
    }

    async fn read(&self, mut recovery: Recovery) -> Result<(Opened, u64), Fault> {
        let sealed = match recovery.next().await? {
            Some(seal) if seal != self.seal => {
                return Err(Fault::new("the journal is that of another file of transactions"));
            }
            seal => seal.is_some(),
        };
        let mut book = Book::default();
        while let Some(record) = recovery.next().await? {
            let decision =
                Decision::decode(record).ok_or_else(|| Fault::new("the journal makes no sense"))?;
            book.write(decision).map_err(Fault::new)?;
        }
        let (mut journal, recovered) = recovery.finish().await?;
        if !sealed {
            journal.append(&self.seal).await?;
        }
        Ok((Opened { book, journal }, recovered.cut_bytes))
    }

    /// Where it is, and how safe.
    pub(crate) fn description(&self) -> String {
        match &self.place {
            Place::Memory(_) => "in memory".to_owned(),
            Place::File(path) => format!("in {}, {POLICY}", path.display()),
        }
    }

    /// How many decisions were there from the start.
    pub(crate) fn found(&self) -> u64 {
        self.found.load(Ordering::Relaxed) // relaxed: as in `open`
    }

    /// How many bytes of writes that were cut short were cut off.
    pub(crate) fn torn_bytes(&self) -> u64 {
        self.torn_bytes.load(Ordering::Relaxed) // relaxed: as in `open`
    }

    /// How often it was read from the begin to the end.
    pub(crate) fn readings(&self) -> u64 {
        self.readings.load(Ordering::Relaxed) // relaxed: as in `open`
    }
}
