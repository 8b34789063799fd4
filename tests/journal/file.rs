//! The file store of a journal: records come back, a file is locked for one journal, no runtime thread is blocked.

use crate::{MARK, open, read};
use airssys_rt::journal::{FileStore, Fsync, Journal, JournalError, Store};
use airssys_rt_tests::{on_every_runtime, poll_once};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    task::Poll,
    time::Duration,
};

/// A file of its own for each test, removed on drop.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        Place(std::env::temp_dir().join(format!("airssys-rt-journal-{}-{n}", std::process::id())))
    }

    pub(crate) async fn store(&self) -> FileStore {
        FileStore::open(&self.0).await.unwrap()
    }
}

impl AsRef<Path> for Place {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn records_come_back_from_a_file() {
    on_every_runtime(|| async {
        let place = Place::new();
        let records: Vec<Vec<u8>> = (0..500_u32).map(|n| n.to_le_bytes().repeat(n as usize)).collect();
        for half in records.chunks(250) {
            let mut journal = open(place.store().await).await;
            for record in half {
                journal.append(record).await.unwrap();
            }
        }
        let (found, recovered) = read(place.store().await).await.unwrap();
        assert_eq!(found, records);
        assert_eq!(recovered.cut_bytes, 0);
    });
}

#[test]
fn a_truncated_file_is_cut_off_and_goes_on() {
    on_every_runtime(|| async {
        let place = Place::new();
        open(place.store().await).await.append_all([&b"one"[..], b"two", b"three"]).await.unwrap();
        let bytes = fs::read(&place).unwrap();
        fs::write(&place, &bytes[..bytes.len() - MARK - 1]).unwrap();
        let (mut journal, recovered) = Journal::open(place.store().await, Fsync::Never).await.unwrap();
        assert_eq!((recovered.records, recovered.cut_bytes), (2, 12 + 4));
        journal.append(b"four").await.unwrap();
        drop(journal);
        assert_eq!(read(place.store().await).await.unwrap().0, [&b"one"[..], b"two", b"four"]);
    });
}

#[test]
fn a_file_that_cannot_be_opened_is_an_error_with_the_reason() {
    on_every_runtime(|| async {
        let place = Place::new();
        let nowhere = FileStore::open(place.0.join("below a file that is not there")).await;
        assert_eq!(nowhere.unwrap_err().kind(), ErrorKind::NotFound);
        fs::write(&place, "dear diary").unwrap();
        let error = Journal::open(place.store().await, Fsync::Never).await.unwrap_err();
        assert!(matches!(error, JournalError::NotAJournal), "{error}");
        assert_eq!(fs::read(&place).unwrap(), b"dear diary");
    });
}

/// Two writers would damage the file.
#[tokio::test(start_paused = true)]
async fn a_file_has_one_journal_at_a_time() {
    let place = Place::new();
    let first = open(place.store().await).await;
    let begin = tokio::time::Instant::now();
    let error = FileStore::open(&place).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ResourceBusy);
    assert_eq!(begin.elapsed(), Duration::from_secs(5));
    drop(first);
    assert_eq!(place.store().await.path(), place.as_ref());
}

/// A call whose future is dropped ends before the next call begins, and the file is closed once it has ended.
#[test]
fn a_dropped_call_does_not_overlap_the_next_call() {
    on_every_runtime(|| async {
        let place = Place::new();
        let (mut journal, _) = Journal::open(place.store().await, Fsync::Never).await.unwrap();
        let (mut expected, mut given_up) = (Vec::new(), 0);
        for n in 0..200_u32 {
            journal.append(&n.to_le_bytes()).await.unwrap();
            expected.push(n.to_le_bytes().to_vec());
            let long = vec![n as u8; 10_000];
            let mut append = pin!(journal.append(&long));
            match poll_once(append.as_mut()) {
                Poll::Pending => given_up += 1,
                Poll::Ready(quick) => {
                    quick.unwrap();
                    expected.push(long.clone());
                }
            }
        }
        assert!(given_up > 0, "nothing was given up");
        drop(journal); // perhaps during the last call
        let (found, _) = read(place.store().await).await.unwrap();
        assert_eq!(found[..expected.len()], expected);
        assert!(
            found.len() <= expected.len() + 1,
            "of those given up at most the last: nothing came after it"
        );
    });
}

/// While a call waits for a thread for files, the only thread of the runtime does other work.
#[test]
fn a_file_blocks_no_thread_of_the_runtime() {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().max_blocking_threads(1).build().unwrap();
    let place = Place::new();
    runtime.block_on(async {
        let mut store = place.store().await;
        let (release, released) = mpsc::channel::<()>();
        let occupied = tokio::task::spawn_blocking(move || released.recv());
        let mut call = store.append(b"bytes".to_vec());
        for _ in 0..1000 {
            assert!(poll_once(call.as_mut()).is_pending());
            tokio::task::yield_now().await;
        }
        assert_eq!(fs::read(&place).unwrap(), b"", "no thread for files is free");
        release.send(()).unwrap();
        occupied.await.unwrap().unwrap();
        call.await.unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"bytes");
    });
}
