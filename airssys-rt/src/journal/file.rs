//! `FileStore`: the bytes of a journal in a locked file; its calls block no thread of the runtime.

use crate::{
    journal::{Store, file_handle::FileHandle},
    rt::{self, Blocking},
};
use async_trait::async_trait;
use std::{
    io::{self, ErrorKind},
    mem,
    path::{Path, PathBuf},
    time::Duration,
};

/// The number of attempts to lock a file, and the pause between them. A killed actor keeps its lock until its current
/// write is done.
const LOCK_ATTEMPTS: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// A store in a file, which is locked for as long as it is open.
///
/// No call blocks the thread of the calling task: file operations run on tokio's threads for blocking calls. A `FileStore`
/// must be used within a tokio runtime.
///
/// The lock keeps other journals away, not other programs. Before each append and truncation and after each sync, the store
/// compares the file with the one that it has opened, which takes two calls of the operating system. If the file was deleted,
/// renamed or resized, the call fails, and the journal returns
/// [`JournalError::FileChanged`](crate::journal::JournalError::FileChanged). Bytes that were changed in place are noticed by the
/// next recovery. Other systems than Unix do not say whether a name still belongs to an open file; there only another size is
/// noticed, and that no file has the name.
///
/// A replacement is written to the file `.NAME.airsjnl-new` in the same folder, and renamed. A folder that does not allow that
/// can hold an existing journal, but no new one, and no snapshot can be taken there.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    state: FileState,
}

#[derive(Debug)]
enum FileState {
    Idle(FileHandle),
    /// A call uses the file. If that call was cancelled, the next one waits for its end.
    Busy(Blocking<FileHandle>),
    /// The runtime was shut down during a call, and the file was closed.
    Closed,
}

impl FileStore {
    /// Opens and locks the file at `path`, or creates it.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened, or stays locked by another handle for 5 s (`ErrorKind::ResourceBusy`).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, an empty file may have been created.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        for _ in 0..LOCK_ATTEMPTS {
            let target = path.clone();
            if let Some(file) = rt::blocking(move || FileHandle::open(&target)).await.ok_or_else(closed)?? {
                return Ok(FileStore { path, state: FileState::Idle(file) });
            }
            rt::sleep(LOCK_PAUSE).await;
        }
        Err(io::Error::new(
            ErrorKind::ResourceBusy,
            format!("{} is locked: another handle has it open", path.display()),
        ))
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `call` on a thread for blocking calls.
    async fn run<T: Send + 'static>(
        &mut self,
        call: impl FnOnce(&mut FileHandle) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let mut file = self.idle().await?;
        let (sender, result) = oneshot::async_channel();
        self.state = FileState::Busy(rt::blocking(move || {
            let _ = sender.send(call(&mut file)); // fails if the caller was cancelled
            file
        }));
        let file = self.idle().await?;
        self.state = FileState::Idle(file);
        result.await.map_err(|_| closed())?
    }

    /// Takes the file out of the state, after waiting for the end of an earlier call.
    async fn idle(&mut self) -> io::Result<FileHandle> {
        if let FileState::Busy(busy) = &mut self.state {
            self.state = busy.await.map_or(FileState::Closed, FileState::Idle);
        }
        match mem::replace(&mut self.state, FileState::Closed) {
            FileState::Idle(file) => Ok(file),
            FileState::Busy(_) | FileState::Closed => Err(closed()),
        }
    }
}

fn closed() -> io::Error {
    io::Error::other("the tokio runtime was shut down during a call")
}

#[async_trait]
impl Store for FileStore {
    async fn size(&mut self) -> io::Result<u64> {
        self.run(FileHandle::size).await
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        self.run(move |file| file.read(offset, most)).await
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.run(move |file| file.append(&bytes)).await
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.run(move |file| file.truncate(size)).await
    }

    async fn sync(&mut self) -> io::Result<()> {
        self.run(FileHandle::sync).await
    }

    async fn stage(&mut self, at: u64, bytes: Vec<u8>) -> io::Result<()> {
        self.run(move |file| file.stage(at, &bytes)).await
    }

    async fn sync_staged(&mut self) -> io::Result<()> {
        self.run(|file| file.sync_staged()).await
    }

    async fn replace(&mut self) -> io::Result<()> {
        self.run(FileHandle::replace).await
    }
}
