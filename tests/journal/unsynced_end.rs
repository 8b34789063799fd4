//! The end of a journal that was never synced: it stops no start, whatever of it has reached the disk.

use crate::{HEADER, MARK, START, now, read};
use airssys_rt::journal::{Fsync, Journal, JournalError, MemoryStore};
use std::time::Duration;

/// A journal of `synced` records that were synced, and `unsynced` that were not. Each has 600 bytes.
async fn written(synced: u8, unsynced: u8) -> Vec<u8> {
    let store = MemoryStore::new();
    let (mut journal, _) = Journal::open(store.clone(), Fsync::Never).await.unwrap();
    for n in 0..synced {
        journal.append(&[n + 1; 600]).await.unwrap();
    }
    journal.sync().await.unwrap();
    for n in 0..unsynced {
        journal.append(&[n + 101; 600]).await.unwrap();
    }
    assert_eq!((journal.records(), journal.unsynced()), (u64::from(synced + unsynced), u64::from(unsynced)));
    store.bytes()
}

/// Each lost sector in the middle of the unsynced end: the synced records are there, and the records behind the lost sector are cut
/// off with it.
#[test]
fn a_lost_sector_in_the_middle_stops_no_start() {
    let bytes = now(written(3, 5));
    let record = HEADER + 600;
    let synced = START + 3 * record + MARK;
    for sector in (synced.div_ceil(512)..bytes.len() / 512).map(|sector| sector * 512) {
        let mut lost = bytes.clone();
        lost[sector..sector + 512].fill(0);
        let store = MemoryStore::from(lost);
        let (found, recovered) = now(read(store.clone())).unwrap();
        let whole = 3 + (sector - synced) / record;
        assert_eq!(found.len(), whole, "without the sector at {sector}");
        let kept = synced + (whole - 3) * record;
        assert_eq!((recovered.cut_bytes, recovered.lost_bytes), ((bytes.len() - kept) as u64, 0));
        let (again, recovered) = now(read(store)).unwrap();
        assert_eq!((again, recovered.cut_bytes), (found, 0));
    }
}

/// A lost sector of what was synced is damage, although it holds zeros: a mark follows it.
#[test]
fn a_lost_sector_of_what_was_synced_is_damage() {
    let bytes = now(written(3, 5));
    let mut lost = bytes.clone();
    lost[512..1024].fill(0);
    let store = MemoryStore::from(lost.clone());
    let error = now(read(store.clone())).unwrap_err();
    let mark = (START + 3 * (HEADER + 600)) as u64;
    assert!(matches!(error, JournalError::Corrupt { offset: 20, synced } if synced == mark), "{error:?}");
    assert_eq!(store.bytes(), lost);
    let recovery = now(Journal::recover(store, Fsync::Never)).unwrap();
    let (journal, recovered) = now(recovery.up_to_first_damage().finish()).unwrap();
    assert_eq!((journal.records(), recovered.cut_bytes), (0, (bytes.len() - START) as u64));
    assert_eq!(recovered.lost_bytes, mark - 20);
}

/// A recovery syncs what it has read, and says so in the journal: from then on its damage is an error.
#[test]
fn what_a_recovery_has_read_is_synced() {
    let store = MemoryStore::from(now(written(0, 2)));
    now(Journal::open(store.clone(), Fsync::Never)).unwrap();
    let mut bytes = store.bytes();
    bytes[START + HEADER] ^= 1;
    let error = now(read(MemoryStore::from(bytes))).unwrap_err();
    assert!(matches!(error, JournalError::Corrupt { offset: 20, .. }), "{error:?}");
    let size = store.bytes().len();
    now(Journal::open(store.clone(), Fsync::Never)).unwrap();
    assert_eq!(store.bytes().len(), size, "a journal whose end is synced does not grow by being opened");
}

/// With a policy that syncs now and then, each sync is marked.
#[test]
fn each_sync_of_a_policy_is_marked() {
    let store = MemoryStore::new();
    now(async {
        let policy = Fsync::Every { records: 2, age: Duration::MAX };
        let (mut journal, _) = Journal::open(store.clone(), policy).await.unwrap();
        for n in 0..5_u8 {
            journal.append(&[n]).await.unwrap();
            assert_eq!(journal.unsynced(), u64::from(n + 1) % 2);
        }
    });
    let pair = 2 * (HEADER + 1) + MARK;
    assert_eq!(store.bytes().len(), START + 2 * pair + HEADER + 1);
    for (at, is_synced) in [(START, true), (START + pair, true), (START + 2 * pair, false)] {
        let mut bytes = store.bytes();
        bytes[at] ^= 1;
        assert_eq!(now(read(MemoryStore::from(bytes))).is_err(), is_synced, "damage at {at}");
    }
}

/// The part of the journal behind a damage is read in chunks, and a mark may lie across two of them.
#[test]
fn a_mark_across_two_chunks_is_found() {
    const CHUNK: usize = 64 * 1024;
    for before in 0..MARK + 2 {
        let store = MemoryStore::new();
        now(async {
            let (mut journal, _) = Journal::open(store.clone(), Fsync::EveryRecord).await.unwrap();
            journal.append(&vec![7; CHUNK - HEADER + 1 - before]).await.unwrap();
        });
        let mut bytes = store.bytes();
        bytes[START] ^= 1;
        let error = now(read(MemoryStore::from(bytes))).unwrap_err();
        assert!(matches!(error, JournalError::Corrupt { .. }), "{error}");
    }
}

/// After a snapshot whose mark is damaged, a recovery writes another mark.
#[test]
fn a_snapshot_without_its_mark_is_marked_again() {
    let store = MemoryStore::new();
    now(async {
        let (mut journal, _) = Journal::open(store.clone(), Fsync::Never).await.unwrap();
        journal.snapshot(b"state").await.unwrap();
    });
    let bytes = store.bytes();
    let damaged = MemoryStore::from(bytes[..bytes.len() - 1].to_vec());
    now(Journal::open(damaged.clone(), Fsync::Never)).unwrap();
    assert_eq!(damaged.bytes(), bytes);
}
