//! Journals: the records after cuts, damage and failures of the store.
//!
//! A failing property prints its input, and `PROPTEST_RNG_SEED` repeats a run.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::journal::{Fsync, Journal, JournalError, Recovered, Store};
use std::future::Future;

mod age;
mod changed_file;
mod crashes;
mod damage;
mod faults;
mod file;
mod formats;
mod order;
mod snapshots;
mod unsynced_end;

/// The start of a journal; the header of a record, which is also the size of the mark that follows a sync.
const START: usize = 20;
const HEADER: usize = 12;
const MARK: usize = HEADER;

type Found = (Vec<Vec<u8>>, Recovered);

async fn open(store: impl Store) -> Journal {
    Journal::open(store, Fsync::EveryRecord).await.unwrap().0
}

/// All records, and the report of the recovery.
async fn read(store: impl Store) -> Result<Found, JournalError> {
    let mut recovery = Journal::recover(store, Fsync::EveryRecord).await?;
    let mut records = Vec::new();
    while let Some(record) = recovery.next().await? {
        records.push(record.to_vec());
    }
    let (journal, recovered) = recovery.finish().await?;
    assert_eq!((journal.records(), recovered.records), (records.len() as u64, records.len() as u64));
    Ok((records, recovered))
}

/// The output of a future of a store that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match airssys_rt_tests::poll_once(std::pin::pin!(future)) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("it waits"),
    }
}
