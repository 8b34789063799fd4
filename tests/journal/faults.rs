//! Journal faults: stores that fail, a full disk, a loss of power, appends whose futures are dropped.

use crate::{now, open, read};
use airssys_rt::{
    journal::{Fsync, Journal, JournalError, MemoryStore},
    testkit::FaultyStore,
};
use airssys_rt_tests::poll_once;
use proptest::{collection::vec, prelude::*};
use std::{io::ErrorKind, pin::pin, task::Poll};

fn faulty() -> (MemoryStore, FaultyStore<MemoryStore>) {
    let memory = MemoryStore::new();
    (memory.clone(), FaultyStore::new(memory))
}

fn kind(error: JournalError) -> (&'static str, ErrorKind) {
    match error {
        JournalError::Store { operation, source } => (operation, source.kind()),
        error => panic!("{error}"),
    }
}

#[test]
fn an_append_that_fails_leaves_nothing_behind() {
    let (memory, store) = faulty();
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        for cut in 0..20 {
            store.cut_next_append(cut);
            let before = memory.bytes();
            assert_eq!(kind(journal.append(b"lost").await.unwrap_err()), ("append", ErrorKind::Interrupted));
            assert_eq!(memory.bytes(), before);
        }
        journal.append(b"two").await.unwrap();
        assert_eq!(read(memory).await.unwrap().0, [b"one", b"two"]);
    });
}

/// A partial record that cannot be cut off at once is cut off before the next append, or when the journal is recovered.
#[test]
fn a_partial_record_is_cut_off_later() {
    let (memory, store) = faulty();
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        store.fail_truncates(true);
        store.cut_next_append(14);
        assert_eq!(kind(journal.append(b"lost").await.unwrap_err()).0, "append");
        assert_eq!(kind(journal.append(b"lost").await.unwrap_err()).0, "truncate");
        let (found, recovered) = read(MemoryStore::from(memory.bytes())).await.unwrap();
        assert_eq!((found.len(), recovered.cut_bytes), (1, 14));
        store.fail_truncates(false);
        journal.append(b"two").await.unwrap();
        assert_eq!(read(memory).await.unwrap().0, [b"one", b"two"]);
    });
}

#[test]
fn a_full_disk_refuses_until_it_has_space() {
    let (memory, store) = faulty();
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        store.limit(Some(memory.bytes().len() as u64 + 13));
        assert_eq!(kind(journal.append(b"two").await.unwrap_err()), ("append", ErrorKind::StorageFull));
        assert_eq!(kind(journal.append_all([&b""[..], b""]).await.unwrap_err()).0, "append");
        journal.append(b"2").await.unwrap();
        store.limit(None);
        journal.append(b"three").await.unwrap();
        assert_eq!(read(memory).await.unwrap().0, [&b"one"[..], b"2", b"three"]);
    });
}

#[test]
fn after_a_failed_sync_an_append_needs_a_recovery() {
    let (memory, store) = faulty();
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        store.fail_syncs(true);
        assert_eq!(kind(journal.append(b"two").await.unwrap_err()), ("sync", ErrorKind::Other));
        store.fail_syncs(false);
        let before = memory.bytes();
        assert!(matches!(journal.append(b"three").await.unwrap_err(), JournalError::Broken));
        assert!(matches!(journal.sync().await.unwrap_err(), JournalError::Broken));
        assert_eq!(memory.bytes(), before);
        let mut journal = open(store).await;
        journal.append(b"three").await.unwrap();
        let found = read(memory).await.unwrap().0;
        assert_eq!(found, [&b"one"[..], b"two", b"three"], "the record of the failed sync is there");
    });
}

/// A new journal whose first bytes cannot be synced does not open, and leaves the store empty.
#[test]
fn a_new_journal_that_cannot_be_synced_does_not_open() {
    let (memory, store) = faulty();
    now(async {
        store.fail_syncs(true);
        let error = Journal::open(store.clone(), Fsync::Never).await.unwrap_err();
        assert_eq!(kind(error).0, "sync");
        assert_eq!(memory.bytes(), b"");
        store.fail_syncs(false);
        open(store.clone()).await.append(b"one").await.unwrap();
        assert_eq!(read(memory).await.unwrap().0, [b"one"]);
    });
}

/// The mark of a sync that cannot be written is no error of the record, which is synced; what was written of it is removed.
#[test]
fn a_mark_that_cannot_be_written_costs_no_record() {
    for left in 0..12 {
        let (memory, store) = faulty();
        now(async {
            let mut journal = open(store.clone()).await;
            store.limit(Some(memory.bytes().len() as u64 + 12 + 3 + left));
            journal.append(b"one").await.unwrap();
            let (found, recovered) = read(MemoryStore::from(memory.bytes())).await.unwrap();
            assert_eq!((found, recovered.cut_bytes), (vec![b"one".to_vec()], 0));
            assert!(journal.append(b"two").await.is_err());
            store.limit(None);
            journal.append(b"three").await.unwrap();
            assert_eq!(read(memory.clone()).await.unwrap().0, [&b"one"[..], b"three"]);
        });
    }
}

/// An append that is dropped after the whole record was written leaves the record; the next append cuts it off.
#[test]
fn a_dropped_append_is_complete_or_not_there() {
    let (memory, store) = faulty();
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        store.hang_appends(true);
        {
            let mut append = pin!(journal.append(b"lost"));
            assert!(poll_once(append.as_mut()).is_pending());
        }
        store.hang_appends(false);
        let copy = MemoryStore::from(memory.bytes());
        assert_eq!(read(copy).await.unwrap().0, [&b"one"[..], b"lost"]);
        journal.append(b"two").await.unwrap();
        assert_eq!(read(memory).await.unwrap().0, [&b"one"[..], b"two"]);
    });
}

/// A loss of power keeps what was synced: everything with `EveryRecord`, all but the last few with `Every`.
#[test]
fn a_loss_of_power_keeps_what_was_synced() {
    let every = Fsync::Every { records: 4, age: std::time::Duration::MAX };
    for (policy, kept) in [(Fsync::EveryRecord, 10), (every, 8), (Fsync::Never, 0)] {
        let (memory, store) = faulty();
        now(async {
            let (mut journal, _) = Journal::open(store.clone(), policy).await.unwrap();
            for n in 0..10_u8 {
                journal.append(&[n]).await.unwrap();
            }
            let left = memory.bytes()[..store.synced() as usize].to_vec();
            let (found, _) = read(MemoryStore::from(left)).await.unwrap();
            assert_eq!(found.concat(), (0..kept).collect::<Vec<u8>>(), "{policy:?}");
        });
    }
}

#[derive(Debug, Clone)]
enum Step {
    Append(Vec<u8>),
    Cut(usize),
    GiveUp,
    FailSync,
    Truncates(bool),
    Limit(Option<u64>),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => vec(any::<u8>(), 0..30).prop_map(Step::Append),
        1 => (0..40_usize).prop_map(Step::Cut),
        1 => Just(Step::GiveUp),
        1 => Just(Step::FailSync),
        1 => any::<bool>().prop_map(Step::Truncates),
        1 => prop_oneof![Just(None), (0..100_u64).prop_map(Some)].prop_map(Step::Limit),
        2 => Just(Step::Reopen),
    ]
}

proptest! {
    /// For any faults of the store: acknowledged records are there, in order; of the others, at most the last record that
    /// was tried.
    #[test]
    fn acknowledged_records_are_kept(steps in vec(step(), 0..60)) {
        let (memory, store) = faulty();
        let mut journal = now(open(store.clone()));
        let (mut acknowledged, mut perhaps) = (Vec::<Vec<u8>>::new(), None);
        for step in steps {
            match step {
                Step::Append(record) => match now(journal.append(&record)) {
                    Ok(()) => {
                        acknowledged.push(record);
                        perhaps = None;
                    }
                    // The record was cut off, unless that failed as well.
                    Err(JournalError::Store { operation: "sync" | "append", .. }) => perhaps = Some(record),
                    Err(_) => {}
                },
                Step::GiveUp => {
                    store.hang_appends(true);
                    let mut append = Box::pin(journal.append(b"given up"));
                    if !matches!(
                        poll_once(append.as_mut()),
                        Poll::Ready(Err(JournalError::Broken | JournalError::Store { operation: "truncate", .. }))
                    ) {
                        perhaps = Some(b"given up".to_vec());
                    }
                    drop(append);
                    store.hang_appends(false);
                }
                Step::FailSync => {
                    store.fail_syncs(true);
                    if let Err(JournalError::Store { operation: "sync" | "append", .. }) = now(journal.append(b"unsynced")) {
                        perhaps = Some(b"unsynced".to_vec());
                    }
                    store.fail_syncs(false);
                }
                Step::Cut(bytes) => store.cut_next_append(bytes),
                Step::Truncates(work) => store.fail_truncates(!work),
                Step::Limit(more) => store.limit(more.map(|more| memory.bytes().len() as u64 + more)),
                Step::Reopen => {
                    store.fail_truncates(false);
                    let (found, _) = now(read(store.clone())).unwrap();
                    if found.len() == acknowledged.len() + 1 {
                        acknowledged.extend(perhaps.take());
                    }
                    prop_assert_eq!(&found, &acknowledged);
                    perhaps = None;
                    journal = now(open(store.clone()));
                }
            }
        }
    }
}
