//! `FileStore`: the bytes of a journal in a locked file; its calls block no thread of the runtime.

use crate::{
    journal::Store,
    rt::{self, Blocking},
};
use async_trait::async_trait;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
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
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    state: FileState,
}

#[derive(Debug)]
enum FileState {
    Idle(File),
    /// A call uses the file. If that call was cancelled, the next one waits for its end.
    Busy(Blocking<File>),
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
            if let Some(file) = rt::blocking(move || open_locked(&target)).await.ok_or_else(closed)?? {
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
        call: impl FnOnce(&mut File) -> io::Result<T> + Send + 'static,
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
    async fn idle(&mut self) -> io::Result<File> {
        if let FileState::Busy(busy) = &mut self.state {
            self.state = busy.await.map_or(FileState::Closed, FileState::Idle);
        }
        match mem::replace(&mut self.state, FileState::Closed) {
            FileState::Idle(file) => Ok(file),
            FileState::Busy(_) | FileState::Closed => Err(closed()),
        }
    }
}

/// Opens and locks a file; `None` if another handle has locked it.
fn open_locked(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    if file.metadata()?.len() == 0
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        && let Ok(folder) = File::open(folder)
    {
        // A new file is lost if the entry in its folder is lost. Some file systems cannot sync a folder.
        let _ = folder.sync_all();
    }
    Ok(Some(file))
}

fn closed() -> io::Error {
    io::Error::other("the tokio runtime was shut down during a call")
}

#[async_trait]
impl Store for FileStore {
    async fn size(&mut self) -> io::Result<u64> {
        self.run(|file| Ok(file.metadata()?.len())).await
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        self.run(move |file| {
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = Vec::new();
            file.take(most as u64).read_to_end(&mut bytes)?;
            Ok(bytes)
        })
        .await
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.run(move |file| {
            file.seek(SeekFrom::End(0))?;
            file.write_all(&bytes)
        })
        .await
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.run(move |file| file.set_len(size)).await
    }

    async fn sync(&mut self) -> io::Result<()> {
        self.run(|file| file.sync_data()).await
    }
}
