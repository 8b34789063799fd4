//! `Fsync::Every` by age: it syncs when no append comes, and leaves no task behind.

use airssys_rt::{
    journal::{Fsync, Journal, JournalError, MemoryStore, Store},
    testkit::FaultyStore,
};
use async_trait::async_trait;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};
use tokio::{
    runtime::Handle,
    task::yield_now,
    time::{Instant, advance, timeout},
};

const AGE: Duration = Duration::from_millis(300);
const POLICY: Fsync = Fsync::Every { records: 100, age: AGE };

async fn tasks_end() {
    for _ in 0..100 {
        if Handle::current().metrics().num_alive_tasks() == 0 {
            return;
        }
        yield_now().await;
    }
    panic!("{} tasks are left", Handle::current().metrics().num_alive_tasks());
}

#[tokio::test(start_paused = true)]
async fn records_are_synced_at_their_age_although_no_append_comes() {
    let store = FaultyStore::new(MemoryStore::new());
    let (mut journal, _) = Journal::open(store.clone(), POLICY).await.unwrap();
    for _ in 0..3 {
        let before = store.syncs();
        journal.append(b"one").await.unwrap();
        yield_now().await; // the task begins its wait
        advance(AGE - Duration::from_millis(10)).await;
        journal.append(b"two").await.unwrap();
        yield_now().await;
        assert_eq!((store.syncs(), journal.unsynced()), (before, 2));
        advance(Duration::from_millis(20)).await;
        yield_now().await;
        assert_eq!((store.syncs(), journal.unsynced()), (before + 1, 0));
        tasks_end().await;
        advance(AGE * 3).await;
        yield_now().await;
        assert_eq!(store.syncs(), before + 1, "without records there is nothing to sync");
    }
    assert_eq!(store.synced() + 12, journal.size(), "a mark follows the sync");
}

/// A sync by the count leaves the task, which waits for the age of the next record.
#[tokio::test(start_paused = true)]
async fn the_age_counts_from_the_first_unsynced_record() {
    let store = FaultyStore::new(MemoryStore::new());
    let policy = Fsync::Every { records: 2, age: AGE };
    let (mut journal, _) = Journal::open(store.clone(), policy).await.unwrap();
    let before = store.syncs();
    journal.append(b"one").await.unwrap();
    yield_now().await;
    advance(AGE / 2).await;
    journal.append(b"two").await.unwrap();
    journal.append(b"three").await.unwrap();
    assert_eq!((store.syncs(), journal.unsynced()), (before + 1, 1));
    advance(AGE / 2).await; // the age of the first record
    yield_now().await;
    assert_eq!((store.syncs(), journal.unsynced()), (before + 1, 1));
    advance(AGE / 2 + Duration::from_millis(2)).await;
    yield_now().await;
    assert_eq!((store.syncs(), journal.unsynced()), (before + 2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_journal_leaves_no_task() {
    let store = FaultyStore::new(MemoryStore::new());
    let before = {
        let (mut journal, _) = Journal::open(store.clone(), POLICY).await.unwrap();
        journal.append(b"one").await.unwrap();
        yield_now().await;
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 1);
        store.syncs()
    };
    tasks_end().await; // at once, not at the age
    advance(AGE * 2).await;
    assert_eq!(store.syncs(), before, "a dropped journal syncs nothing");
}

#[tokio::test(start_paused = true)]
async fn a_failed_sync_at_the_age_breaks_the_journal() {
    let store = FaultyStore::new(MemoryStore::new());
    let (mut journal, _) = Journal::open(store.clone(), POLICY).await.unwrap();
    journal.append(b"one").await.unwrap();
    store.fail_syncs(true);
    yield_now().await;
    advance(AGE + Duration::from_millis(2)).await;
    tasks_end().await;
    store.fail_syncs(false);
    assert!(matches!(journal.append(b"two").await, Err(JournalError::Broken)));
    assert!(matches!(journal.sync().await, Err(JournalError::Broken)));
}

/// The policies that have no age, and those whose age never comes, have no task.
#[tokio::test(start_paused = true)]
async fn a_policy_without_age_has_no_task() {
    for policy in [Fsync::EveryRecord, Fsync::Never, Fsync::Every { records: 9, age: Duration::MAX }] {
        let (mut journal, _) = Journal::open(MemoryStore::new(), policy).await.unwrap();
        journal.append(b"one").await.unwrap();
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 0, "{policy:?}");
    }
}

/// An append waits for the sync that is going on, and goes on when it has ended, by an error or a panic of the store as well.
#[tokio::test(start_paused = true)]
async fn an_append_waits_for_the_sync_at_the_age() {
    for (end, works) in [(WORKS, true), (FAILS, false), (PANICS, false)] {
        let sync = Arc::new(AtomicU8::new(WORKS));
        let store = SlowSync { store: MemoryStore::new(), sync: sync.clone() };
        let (mut journal, _) = Journal::open(store, POLICY).await.unwrap();
        journal.append(b"one").await.unwrap();
        sync.store(end, Ordering::Relaxed);
        yield_now().await;
        advance(AGE + Duration::from_millis(2)).await;
        yield_now().await; // the sync takes a second
        let early = timeout(Duration::from_millis(500), journal.append(b"early")).await;
        assert!(early.is_err(), "the sync goes on");
        let begin = Instant::now();
        let late =
            timeout(Duration::from_secs(5), journal.append(b"late")).await.expect("the sync has ended");
        assert!(begin.elapsed() < Duration::from_secs(1), "the end of the sync wakes it");
        assert_eq!(late.is_ok(), works, "{late:?}");
        assert!(works || matches!(late, Err(JournalError::Broken)));
        drop(journal);
        tasks_end().await;
    }
}

/// A journal that is dropped during a sync closes its store when the sync ends.
#[tokio::test(start_paused = true)]
async fn a_journal_that_is_dropped_during_a_sync_closes_its_store() {
    let sync = Arc::new(AtomicU8::new(WORKS));
    let store = SlowSync { store: MemoryStore::new(), sync: sync.clone() };
    let (mut journal, _) = Journal::open(store, POLICY).await.unwrap();
    journal.append(b"one").await.unwrap();
    yield_now().await;
    advance(AGE + Duration::from_millis(2)).await;
    yield_now().await;
    drop(journal);
    assert_eq!(Arc::strong_count(&sync), 2, "the sync goes on");
    advance(Duration::from_secs(2)).await;
    tasks_end().await;
    assert_eq!(Arc::strong_count(&sync), 1, "the store is dropped");
}

const WORKS: u8 = 0;
const FAILS: u8 = 1;
const PANICS: u8 = 2;

/// A store whose syncs take a second.
struct SlowSync {
    store: MemoryStore,
    sync: Arc<AtomicU8>,
}

#[async_trait]
impl Store for SlowSync {
    async fn size(&mut self) -> io::Result<u64> {
        self.store.size().await
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        self.store.read(offset, most).await
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.store.append(bytes).await
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.store.truncate(size).await
    }

    async fn sync(&mut self) -> io::Result<()> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        match self.sync.load(Ordering::Relaxed) {
            PANICS => panic!("a panic of the store, which the test expects"),
            FAILS => Err(io::Error::other("the disk does not answer")),
            _ => Ok(()),
        }
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
