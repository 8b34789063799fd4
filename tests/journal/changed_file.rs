//! A file that another process deletes, renames, resizes or replaces while a journal has it open.

use crate::{file::Place, open, read};
use airssys_rt::journal::{FileChange, FileStore, Fsync, Journal, JournalError};
use airssys_rt_tests::on_every_runtime;
use std::{
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
};

fn rename(place: &Path) -> PathBuf {
    let other = place.with_extension("renamed");
    fs::rename(place, &other).unwrap();
    other
}

fn resize(place: &Path, size: u64) {
    OpenOptions::new().write(true).open(place).unwrap().set_len(size).unwrap();
}

fn change(result: Result<(), JournalError>) -> FileChange {
    match result {
        Err(JournalError::FileChanged { change }) => change,
        other => panic!("{other:?}"),
    }
}

/// Each change that a process can make to the file, and what an append, a sync and a snapshot say then. Each of them is the first
/// call after the change.
#[test]
fn a_file_that_was_changed_accepts_no_record() {
    type Make = fn(&Path);
    type IsNamed = fn(FileChange) -> bool;
    let changes: [(Make, IsNamed); 6] = [
        (|place| fs::remove_file(place).unwrap(), |change| change == FileChange::Deleted),
        (
            |place| {
                fs::remove_file(place).unwrap();
                fs::write(place, "another file").unwrap();
            },
            |change| change == FileChange::Deleted,
        ),
        (|place| fs::remove_file(rename(place)).unwrap(), |change| change == FileChange::Deleted),
        (
            |place| {
                let other = rename(place);
                fs::copy(&other, place).unwrap();
            },
            |change| change == FileChange::Renamed,
        ),
        (
            |place| resize(place, 30),
            |change| matches!(change, FileChange::Resized { found: 30, expected } if expected > 30),
        ),
        (
            |place| resize(place, 4096),
            |change| matches!(change, FileChange::Resized { found: 4096, expected } if expected < 4096),
        ),
    ];
    for (number, (make, is_named)) in changes.into_iter().enumerate() {
        on_every_runtime(move || async move {
            for call in 0..3 {
                let place = Place::new();
                let mut journal = open(place.store().await).await;
                journal.append(b"one").await.unwrap();
                make(place.as_ref());
                let found = change(match call {
                    0 => journal.append(b"two").await,
                    1 => journal.sync().await,
                    _ => journal.snapshot(b"state").await,
                });
                assert!(is_named(found), "change {number}, call {call}: {found:?}");
                for _ in 0..2 {
                    assert!(matches!(journal.append(b"two").await, Err(JournalError::Broken)));
                }
                let _ = fs::remove_file(place.as_ref().with_extension("renamed"));
            }
        });
    }
}

/// A file that was renamed and is renamed back has its records, and a recovery goes on with it.
#[test]
fn a_file_that_is_back_is_recovered() {
    on_every_runtime(|| async {
        let place = Place::new();
        let mut journal = open(place.store().await).await;
        journal.append(b"one").await.unwrap();
        let other = rename(place.as_ref());
        assert_eq!(change(journal.append(b"two").await), FileChange::Renamed);
        fs::rename(other, &place).unwrap();
        drop(journal);
        open(place.store().await).await.append(b"two").await.unwrap();
        assert_eq!(read(place.store().await).await.unwrap().0, [b"one", b"two"]);
    });
}

/// The file of a snapshot is another one: it is locked, has the permissions of the first, and is the one that later calls compare.
#[test]
fn a_snapshot_puts_a_new_file_in_place() {
    on_every_runtime(|| async {
        let place = Place::new();
        let mut journal = open(place.store().await).await;
        for n in 0..3_u8 {
            journal.append_all([&[n; 1000][..]; 20]).await.unwrap();
            journal.snapshot(&[n]).await.unwrap();
            assert!(fs::metadata(&place).unwrap().len() < 100);
            let file = OpenOptions::new().read(true).open(&place).unwrap();
            assert!(file.try_lock().is_err(), "the new file is locked");
        }
        journal.append(b"last").await.unwrap();
        drop(journal);
        let mut recovery = Journal::recover(place.store().await, Fsync::Never).await.unwrap();
        assert_eq!(recovery.snapshot().await.unwrap(), Some(&[2][..]));
        assert_eq!(recovery.next().await.unwrap(), Some(&b"last"[..]));
        assert_eq!(recovery.next().await.unwrap(), None);
    });
}

/// A replacement that a process left behind does not count, and is removed.
#[test]
fn a_replacement_that_was_left_behind_is_removed() {
    on_every_runtime(|| async {
        let place = Place::new();
        let name = format!(".{}.airsjnl-new", place.as_ref().file_name().unwrap().display());
        let left = place.as_ref().with_file_name(name);
        fs::write(&left, "a part of a replacement").unwrap();
        let mut journal = open(place.store().await).await;
        assert!(!left.exists());
        fs::write(&left, "a part of a replacement").unwrap();
        journal.append(b"one").await.unwrap();
        journal.snapshot(b"state").await.unwrap();
        assert!(!left.exists());
    });
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    on_every_runtime(|| async {
        let (place, link) = (Place::new(), Place::new());
        fs::write(&place, "").unwrap();
        fs::set_permissions(&place, PermissionsExt::from_mode(0o600)).unwrap();
        symlink(&place, &link).unwrap();
        let mut journal = open(FileStore::open(&link).await.unwrap()).await;
        journal.append(b"one").await.unwrap();
        journal.snapshot(b"state").await.unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
        journal.append(b"two").await.unwrap();
        drop(journal);
        assert_eq!(read(place.store().await).await.unwrap().0, [b"two"]);
    });
}
