//! Snapshots: they replace the records they stand for, in one step, and keep those behind them.

use crate::{HEADER, MARK, START, now, open};
use airssys_rt::{
    journal::{Fsync, Journal, JournalError, MemoryStore, Recovered, Store},
    testkit::{FaultyStore, Loss, SimulatedDisk},
};
use std::io::ErrorKind;

/// The snapshot, the records, and the report of the recovery.
async fn read_all(store: impl Store) -> Result<(Option<Vec<u8>>, Vec<Vec<u8>>, Recovered), JournalError> {
    let mut recovery = Journal::recover(store, Fsync::EveryRecord).await?;
    let snapshot = recovery.snapshot().await?.map(<[u8]>::to_vec);
    assert_eq!(recovery.snapshot().await?, None, "there is one");
    let mut records = Vec::new();
    while let Some(record) = recovery.next().await? {
        records.push(record.to_vec());
    }
    let (_, recovered) = recovery.finish().await?;
    Ok((snapshot, records, recovered))
}

#[test]
fn a_snapshot_replaces_the_records_before_it() {
    let store = MemoryStore::new();
    now(async {
        let mut journal = open(store.clone()).await;
        for state in [&b""[..], b"six", &[7; 100_000]] {
            journal.append_all([&b"one"[..], b"two"]).await.unwrap();
            journal.snapshot(state).await.unwrap();
            assert_eq!((journal.records(), journal.unsynced()), (0, 0));
            assert_eq!(journal.size() as usize, START + HEADER + state.len() + MARK);
            journal.append(b"three").await.unwrap();
            assert_eq!((journal.records(), journal.size()), (1, store.bytes().len() as u64));
            let (snapshot, records, recovered) = read_all(MemoryStore::from(store.bytes())).await.unwrap();
            assert_eq!((snapshot.as_deref(), records.as_slice()), (Some(state), &[b"three".to_vec()][..]));
            assert_eq!((recovered.records, recovered.cut_bytes), (1, 0));
        }
        let mut recovery = Journal::recover(store.clone(), Fsync::Never).await.unwrap();
        assert_eq!(
            recovery.next().await.unwrap(),
            Some(&b"three"[..]),
            "a snapshot that is not read is left out"
        );
        assert_eq!(recovery.snapshot().await.unwrap(), None);
        assert_eq!(recovery.finish().await.unwrap().0.records(), 1);
    });
}

/// A state that was made while further records were appended: they stay.
#[test]
fn records_behind_a_snapshot_are_kept() {
    let record = |n: u32| n.to_le_bytes().repeat(n as usize % 500);
    for covered in [0, 1, 1000, 2999, 3000] {
        let store = MemoryStore::new();
        now(async {
            let (mut journal, _) = Journal::open(store.clone(), Fsync::Never).await.unwrap();
            journal.append(b"before").await.unwrap();
            journal.snapshot(b"first").await.unwrap();
            for n in 0..3000 {
                journal.append(&record(n)).await.unwrap();
                if n % 100 == 0 {
                    journal.sync().await.unwrap(); // its mark is no record
                }
            }
            journal.snapshot_of(b"second", covered).await.unwrap();
            assert_eq!(journal.records(), 3000 - covered);
            journal.append(b"last").await.unwrap();
            let (snapshot, records, recovered) = read_all(store.clone()).await.unwrap();
            assert_eq!(snapshot.as_deref(), Some(&b"second"[..]));
            let expected = (covered as u32..3000).map(record).chain([b"last".to_vec()]);
            assert!(records.into_iter().eq(expected), "with {covered} covered");
            assert_eq!(recovered.cut_bytes, 0);
        });
    }
}

#[test]
fn a_snapshot_that_is_refused_changes_nothing() {
    let store = MemoryStore::new();
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        let before = store.bytes();
        let error = journal.snapshot_of(b"state", 2).await.unwrap_err();
        assert_eq!(error.to_string(), "a snapshot of 2 records was given to a journal of 1");
        let long = vec![0; Journal::LONGEST + 1];
        assert!(matches!(journal.snapshot(&long).await.unwrap_err(), JournalError::TooLong { .. }));
        assert_eq!(store.bytes(), before);
        journal.append(b"two").await.unwrap();
    });
}

/// A snapshot that cannot be written leaves the records and a journal that goes on; one whose last sync fails breaks the journal.
#[test]
fn a_snapshot_that_fails_leaves_the_records() {
    let memory = MemoryStore::new();
    let store = FaultyStore::new(memory.clone());
    now(async {
        let mut journal = open(store.clone()).await;
        journal.append(b"one").await.unwrap();
        let before = memory.bytes();
        store.cut_next_append(7);
        match journal.snapshot(b"state").await.unwrap_err() {
            JournalError::Store { operation: "stage", source } => {
                assert_eq!(source.kind(), ErrorKind::Interrupted)
            }
            error => panic!("{error}"),
        }
        store.fail_syncs(true);
        let error = journal.snapshot(b"state").await.unwrap_err();
        assert!(matches!(error, JournalError::Store { operation: "sync", .. }), "{error}");
        store.fail_syncs(false);
        assert_eq!(memory.bytes(), before);
        journal.append(b"two").await.unwrap();
        journal.snapshot(b"state").await.unwrap();
        assert_eq!(read_all(memory).await.unwrap().0.as_deref(), Some(&b"state"[..]));
    });
}

/// A replacement that was put in place and not synced: it is unknown which content survives.
#[test]
fn after_an_unknown_end_of_a_snapshot_the_journal_is_broken() {
    for operations in 0..4 {
        let disk = SimulatedDisk::new(Loss::Nothing, operations);
        now(async {
            let mut journal = open(disk.clone()).await;
            journal.append(b"one").await.unwrap();
            disk.lose_power_after(operations); // a stage, its sync, the replacement, the sync
            assert!(journal.snapshot(b"state").await.is_err());
            disk.restart();
            let is_broken = matches!(journal.append(b"two").await, Err(JournalError::Broken));
            assert_eq!(is_broken, operations == 3, "after {operations} operations");
        });
    }
}

/// The power is lost at each operation of a snapshot: the journal has the old records or the snapshot, whole.
#[test]
fn a_snapshot_survives_a_loss_of_power_at_each_point() {
    for loss in Loss::ALL {
        let mut both = [0, 0];
        for (operations, seed) in (0..5).flat_map(|operations| (0..100).map(move |seed| (operations, seed))) {
            let disk = SimulatedDisk::new(loss, seed);
            now(async {
                let mut journal = open(disk.clone()).await;
                journal.append_all([&[1; 700][..], &[2; 700]]).await.unwrap();
                disk.lose_power_after(operations);
                let taken = journal.snapshot_of(&[3; 1500], 1).await;
                assert_eq!(taken.is_ok(), operations == 4);
                disk.restart();
                match read_all(disk.clone()).await.unwrap() {
                    (None, records, _) => {
                        assert_eq!(records, [[1; 700], [2; 700]]);
                        assert!(taken.is_err(), "the snapshot was taken and is lost");
                        both[0] += 1;
                    }
                    (Some(state), records, _) => {
                        assert_eq!((state, records), (vec![3; 1500], vec![vec![2; 700]]));
                        both[1] += 1;
                    }
                }
            });
        }
        assert!(both.iter().all(|count| *count > 0), "{loss:?}: {both:?}");
    }
}
