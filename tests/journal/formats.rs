//! What a store may hold at its start: nothing, zeros, a journal of another format, foreign data.

use crate::{HEADER, START, now, open, read};
use airssys_rt::{
    journal::{Fsync, Journal, JournalError, MemoryStore, Store},
    testkit::{FaultyStore, Loss, SimulatedDisk},
};
use async_trait::async_trait;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The size of a new file reached the disk, and its first bytes did not.
#[test]
fn a_store_of_zeros_is_a_new_journal() {
    for size in [0, 1, 7, 8, START, 512, 4096, 200_000] {
        let store = MemoryStore::from(vec![0; size]);
        now(async {
            let (found, recovered) = read(store.clone()).await.unwrap();
            assert_eq!((found.len(), recovered.cut_bytes), (0, size as u64));
            open(store.clone()).await.append(b"one").await.unwrap();
            assert_eq!(read(store.clone()).await.unwrap().0, [b"one"]);
        });
    }
}

/// The power is lost at each operation of a start, and the journal opens afterwards.
#[test]
fn a_journal_that_was_never_complete_is_a_new_one() {
    for loss in Loss::ALL {
        for (operations, seed) in (0..6).flat_map(|operations| (0..50).map(move |seed| (operations, seed))) {
            let disk = SimulatedDisk::new(loss, seed);
            disk.lose_power_after(operations);
            let _ = now(Journal::open(disk.clone(), Fsync::Never));
            disk.restart();
            let (journal, _) = now(Journal::open(disk.clone(), Fsync::Never)).unwrap();
            assert_eq!(journal.records(), 0);
        }
    }
}

#[test]
fn foreign_data_is_refused_and_not_changed() {
    let mut foreign: Vec<Vec<u8>> = (1..8).map(|length| b"airsjnl"[..length].to_vec()).collect();
    let zeros_in_front = [&[0; 20][..], b"data"].concat();
    foreign.extend([
        b"A letter to a friend".to_vec(),
        b"airsjnl\x00".to_vec(),
        b"airsjnl ".to_vec(),
        zeros_in_front,
    ]);
    for foreign in foreign {
        let store = MemoryStore::from(foreign.clone());
        let error = now(Journal::open(store.clone(), Fsync::Never)).unwrap_err();
        let is_later = foreign == b"airsjnl ";
        assert!(
            matches!(error, JournalError::NotAJournal)
                || is_later && matches!(error, JournalError::LaterFormat { .. }),
            "{error}"
        );
        assert_eq!(store.bytes(), foreign);
    }
}

#[test]
fn a_journal_of_another_format_is_said_to_be_one_and_not_changed() {
    let text = |version, age| {
        format!("the journal has format {version}, of {age} version of the library: this one reads format 2")
    };
    for (version, expected) in
        [(1, text(1, "an earlier")), (3, text(3, "a later")), (255, text(255, "a later"))]
    {
        let other = [b"airsjnl", &[version][..], b" and records that this version cannot read"].concat();
        for other in [&other[..], &other[..8]] {
            let store = MemoryStore::from(other.to_vec());
            let error = now(Journal::open(store.clone(), Fsync::Never)).unwrap_err();
            let named = match error {
                JournalError::EarlierFormat { version: found } => version == 1 && found == 1,
                JournalError::LaterFormat { version: found } => version > 1 && found == version,
                _ => false,
            };
            assert!(named, "{error}");
            assert_eq!(error.to_string(), expected);
            assert_eq!(store.bytes(), other);
        }
    }
}

/// A damaged start is an error, also for a recovery up to the first damage: it would remove all records.
#[test]
fn a_damaged_start_is_an_error() {
    let store = MemoryStore::new();
    now(async { open(store.clone()).await.append(b"one").await.unwrap() });
    for at in 8..START {
        let mut damaged = store.bytes();
        damaged[at] ^= 1;
        let error = now(Journal::recover(MemoryStore::from(damaged), Fsync::Never)).unwrap_err();
        assert!(matches!(error, JournalError::Corrupt { offset: 0, .. }), "{error}");
    }
}

/// A file with a hole: the header says that a long record follows, and there are only zeros. No memory is allocated for it.
#[test]
fn a_length_is_not_believed_before_the_checksum() {
    let memory = MemoryStore::new();
    now(async {
        let (mut journal, _) = Journal::open(memory.clone(), Fsync::Never).await.unwrap();
        journal.append(b"one").await.unwrap();
        journal.append(&vec![7; 40 << 20]).await.unwrap();
    });
    let mut bytes = memory.bytes();
    bytes[START + HEADER + 3 + HEADER..].fill(0);
    let most = Arc::new(AtomicUsize::new(0));
    let store = MostRead { store: MemoryStore::from(bytes), most: most.clone() };
    let (found, recovered) = now(read(store)).unwrap();
    assert_eq!((found, recovered.cut_bytes), (vec![b"one".to_vec()], (12 + (40 << 20)) as u64));
    assert!(
        most.load(Ordering::Relaxed) <= 64 << 10,
        "it read {} bytes at once",
        most.load(Ordering::Relaxed)
    );
}

/// The bytes of another journal in a payload are no frames of this one, also where they lie at the same position.
#[test]
fn the_marks_of_a_journal_inside_a_record_are_no_marks() {
    let inner = MemoryStore::new();
    now(async { open(inner.clone()).await.append_all([&b"one"[..], &[7; 100]]).await.unwrap() });
    for from in [0, START + HEADER] {
        let outer = MemoryStore::new();
        now(async {
            let (mut journal, _) = Journal::open(outer.clone(), Fsync::Never).await.unwrap();
            journal.append(&inner.bytes()[from..]).await.unwrap();
        });
        let mut bytes = outer.bytes();
        assert_eq!(bytes[START + HEADER..], inner.bytes()[from..]);
        bytes[START] ^= 1;
        let (found, recovered) = now(read(MemoryStore::from(bytes.clone()))).unwrap();
        assert_eq!((found.len(), recovered.cut_bytes), (0, (bytes.len() - START) as u64));
    }
}

/// A journal that cannot be put in place leaves the store as it was.
#[test]
fn a_journal_that_cannot_be_created_changes_nothing() {
    let memory = MemoryStore::new();
    let store = FaultyStore::new(memory.clone());
    store.limit(Some(3));
    let error = now(Journal::open(store, Fsync::Never)).unwrap_err();
    assert!(matches!(error, JournalError::Store { operation: "stage", .. }), "{error}");
    assert_eq!(memory.bytes(), b"");
}

/// A store that knows the most bytes that were read at once.
struct MostRead {
    store: MemoryStore,
    most: Arc<AtomicUsize>,
}

#[async_trait]
impl Store for MostRead {
    async fn size(&mut self) -> io::Result<u64> {
        self.store.size().await
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        self.most.fetch_max(most, Ordering::Relaxed);
        self.store.read(offset, most).await
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.store.append(bytes).await
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.store.truncate(size).await
    }

    async fn sync(&mut self) -> io::Result<()> {
        self.store.sync().await
    }

    async fn stage(&mut self, at: u64, bytes: Vec<u8>) -> io::Result<()> {
        self.store.stage(at, bytes).await
    }

    async fn sync_staged(&mut self) -> io::Result<()> {
        self.store.sync_staged().await
    }

    async fn replace(&mut self) -> io::Result<()> {
        self.store.replace().await
    }
}
