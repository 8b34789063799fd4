//! An open and locked file, which notices that another process has removed, moved or resized it. All calls block.

use crate::journal::{FileChange, file_lock};
use std::{
    ffi::OsString,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

#[derive(Debug)]
pub(super) struct FileHandle {
    file: File,
    /// The absolute path without symbolic links, so a rename replaces the file and not a link to it.
    path: PathBuf,
    /// The size after the last operation.
    size: u64,
    /// The replacement, beside the file, and its size.
    staged: Option<(File, u64)>,
    /// The entry of the folder has changed since the last sync.
    renamed: bool,
}

impl FileHandle {
    /// Opens and locks a file, or creates it; `None` if another handle has locked it.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).clone();
        let file = options.open(path)?;
        FileHandle::lock(file, fs::canonicalize(path)?)
    }

    /// Locks the file that had the name `path` when it was opened; `None` if another handle has locked it, or if it has lost its
    /// name meanwhile.
    fn lock(file: File, path: PathBuf) -> io::Result<Option<Self>> {
        if !file_lock::try_lock(&file)? {
            return Ok(None);
        }
        let metadata = file.metadata()?;
        if !is_same(&metadata, &path)? {
            return Ok(None); // the owner of the lock has put a replacement in its place
        }
        let opened = FileHandle { file, path, size: metadata.len(), staged: None, renamed: true };
        // Left by a process that ended before it was put in place. Only the owner of the lock makes this file.
        let _ = fs::remove_file(opened.staged_path());
        Ok(Some(opened))
    }

    /// Returns the size, which later operations expect.
    pub(super) fn size(&mut self) -> io::Result<u64> {
        self.size = self.file.metadata()?.len();
        Ok(self.size)
    }

    pub(super) fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        (&mut self.file).take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.check()?;
        self.file.seek(SeekFrom::Start(self.size))?;
        let written = self.file.write_all(bytes);
        self.size = match &written {
            Ok(()) => self.size + bytes.len() as u64,
            Err(_) => self.file.metadata()?.len(),
        };
        written
    }

    pub(super) fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.check()?;
        self.file.set_len(size)?;
        self.size = size;
        Ok(())
    }

    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        self.check()?; // behind the sync: the synced bytes are those under the name
        if self.renamed {
            sync_folder(&self.path)?;
            self.renamed = false;
        }
        Ok(())
    }

    pub(super) fn stage(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        if at == 0 {
            self.staged = Some((self.new_file()?, 0));
        }
        match &mut self.staged {
            Some((file, size)) if *size == at => {
                file.write_all(bytes)?;
                *size += bytes.len() as u64;
                Ok(())
            }
            _ => Err(ErrorKind::InvalidInput.into()),
        }
    }

    pub(super) fn sync_staged(&mut self) -> io::Result<()> {
        let (file, _) = self.staged.as_ref().ok_or(ErrorKind::InvalidInput)?;
        file.sync_all()
    }

    /// Renames the replacement to the file. It is locked already, so no other process can lock it in between.
    pub(super) fn replace(&mut self) -> io::Result<()> {
        if self.staged.is_none() {
            return Err(ErrorKind::InvalidInput.into());
        }
        self.check()?;
        fs::rename(self.staged_path(), &self.path)?;
        if let Some((file, size)) = self.staged.take() {
            (self.file, self.size, self.renamed) = (file, size, true);
        }
        Ok(())
    }

    /// Makes an empty and locked file for a replacement, with the permissions of the file.
    fn new_file(&self) -> io::Result<File> {
        let path = self.staged_path();
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        // Only another process that opens a journal by the name of a replacement could have locked it.
        if !file_lock::try_lock(&file)? {
            return Err(ErrorKind::WouldBlock.into());
        }
        file.set_permissions(self.file.metadata()?.permissions())?;
        Ok(file)
    }

    fn staged_path(&self) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.path.file_name().unwrap_or_default());
        name.push(".airsjnl-new");
        self.path.with_file_name(name)
    }

    /// Checks that no other process has removed, moved or resized the file.
    fn check(&self) -> io::Result<()> {
        let metadata = self.file.metadata()?;
        let found = metadata.len();
        let change = if is_deleted(&metadata) {
            FileChange::Deleted
        } else if !is_same(&metadata, &self.path)? {
            FileChange::Renamed
        } else if found != self.size {
            FileChange::Resized { expected: self.size, found }
        } else {
            return Ok(());
        };
        Err(io::Error::other(change))
    }
}

#[cfg(unix)]
fn is_deleted(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) == 0
}

/// Other systems do not delete an open file, or do not say so.
#[cfg(not(unix))]
fn is_deleted(_: &Metadata) -> bool {
    false
}

/// Whether `path` names the file with this metadata.
fn is_same(metadata: &Metadata, path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(named) => Ok(is_same_file(metadata, &named)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn is_same_file(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere files have no identity in the standard library.
#[cfg(not(unix))]
fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Syncs the folder of a file, in which the file has a new entry.
fn sync_folder(path: &Path) -> io::Result<()> {
    // A folder is no file elsewhere, and not on each file system.
    let Some(folder) = path.parent().filter(|_| cfg!(unix)) else { return Ok(()) };
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Between the open and the lock the owner of the lock may have put a replacement in its place, and have closed it.
    #[test]
    fn a_file_that_lost_its_name_before_the_lock_is_not_used() -> io::Result<()> {
        let path = std::env::temp_dir().join(format!("airssys-file-handle-{}", std::process::id()));
        let mut owner = FileHandle::open(&path)?.expect("no other handle has it");
        let late = File::open(&path)?;
        assert!(FileHandle::open(&path)?.is_none(), "it is locked");
        owner.stage(0, b"replacement")?;
        owner.replace()?;
        drop(owner);
        assert!(FileHandle::lock(late, fs::canonicalize(&path)?)?.is_none());
        assert_eq!(FileHandle::open(&path)?.expect("it is free").read(0, 100)?, b"replacement");
        fs::remove_file(path)
    }
}
