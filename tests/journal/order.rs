//! Journal order: appended records are read back in order, and synced as the fsync policy says.

use crate::{HEADER, MARK, START, now, open, read};
use airssys_rt::{
    journal::{Fsync, Journal, JournalError, MemoryStore},
    testkit::FaultyStore,
};
use std::time::Duration;

#[test]
fn records_come_back_in_order() {
    let store = MemoryStore::new();
    let long = vec![7; 200_000];
    let records: [&[u8]; 5] = [b"one", b"", &long, b"two", b"one"];
    now(async {
        let mut journal = open(store.clone()).await;
        for record in &records[..2] {
            journal.append(record).await.unwrap();
        }
        let mut journal = open(store.clone()).await;
        assert_eq!(journal.records(), 2);
        journal.append_all(records[2..].iter().copied()).await.unwrap();
        assert_eq!(journal.records(), 5);
        assert_eq!(journal.size(), store.bytes().len() as u64);
        let (read, recovered) = read(store.clone()).await.unwrap();
        assert_eq!(read, records);
        assert_eq!(recovered.cut_bytes, 0);
    });
    let payload: usize = records.iter().map(|record| record.len()).sum();
    assert_eq!(
        store.bytes().len(),
        START + 5 * HEADER + 3 * MARK + payload,
        "a mark follows each of three syncs"
    );
}

#[test]
fn a_recovery_that_stops_reading_early_keeps_all_records() {
    let store = MemoryStore::new();
    now(async {
        open(store.clone()).await.append_all([&b"one"[..], b"two"]).await.unwrap();
        let mut recovery = Journal::recover(store.clone(), Fsync::Never).await.unwrap();
        assert_eq!(recovery.next().await.unwrap(), Some(&b"one"[..]));
        let (mut journal, recovered) = recovery.finish().await.unwrap();
        assert_eq!((recovered.records, journal.records()), (2, 2));
        journal.append(b"three").await.unwrap();
        assert_eq!(read(store).await.unwrap().0, [&b"one"[..], b"two", b"three"]);
    });
}

#[test]
fn a_record_that_is_too_long_is_refused_and_nothing_is_written() {
    let store = MemoryStore::new();
    now(async {
        let mut journal = open(store.clone()).await;
        let long = vec![0; Journal::LONGEST + 1];
        let error = journal.append_all([&b"short"[..], &long]).await.unwrap_err();
        assert!(matches!(error, JournalError::TooLong { length } if length == long.len()), "{error}");
        assert_eq!(store.bytes().len(), START);
        journal.append(&long[1..]).await.unwrap();
        journal.append(b"next").await.unwrap();
        assert_eq!(read(store).await.unwrap().1.records, 2);
    });
}

/// How often each policy syncs, for ten records 100 ms apart, and one more when `sync` is called.
#[tokio::test(start_paused = true)]
async fn each_policy_syncs_as_documented() {
    let (ever, second) = (Duration::MAX, Duration::from_millis(300));
    for (policy, expected) in [
        (Fsync::EveryRecord, 10),
        (Fsync::Every { records: 4, age: ever }, 2),
        (Fsync::Every { records: 0, age: ever }, 10),
        (Fsync::Every { records: 100, age: second }, 2),
        (Fsync::Every { records: 3, age: second }, 3),
        (Fsync::Never, 0),
    ] {
        let store = FaultyStore::new(MemoryStore::new());
        let (mut journal, _) = Journal::open(store.clone(), policy).await.unwrap();
        let at_first = store.syncs();
        for _ in 0..10 {
            journal.append(b"record").await.unwrap();
            tokio::time::advance(Duration::from_millis(100)).await;
        }
        assert_eq!(store.syncs() - at_first, expected, "{policy:?}");
        journal.sync().await.unwrap();
        assert_eq!(store.syncs() - at_first, expected + 1);
        assert_eq!(journal.unsynced(), 0);
        assert!(journal.size() - store.synced() <= MARK as u64, "only the mark of the sync follows it");
    }
}

/// Many records with one `append_all` are one write and one sync.
#[test]
fn records_of_one_append_all_are_synced_together() {
    let store = FaultyStore::new(MemoryStore::new());
    now(async {
        let mut journal = open(store.clone()).await;
        let before = store.syncs();
        journal.append_all([&b"x"[..]; 100]).await.unwrap();
        assert_eq!(store.syncs() - before, 1);
        journal.append_all([]).await.unwrap();
        assert_eq!((store.syncs() - before, journal.records()), (1, 100));
    });
}
