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

/// How often a file is tried that somebody else holds, and after what pause: an actor that was killed in the middle of a
/// write lets go of it only when the write is done.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(10);

/// Keeps a journal in a file, which is locked for as long as it is open.
///
/// No call blocks the thread of whoever waits for it: files are the business of the threads that tokio has for blocking
/// calls. It has to be used within a tokio runtime.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    state: State,
}

#[derive(Debug)]
enum State {
    Idle(File),
    /// A call has the file. If the call was given up, the next one waits for its end.
    Busy(Blocking<File>),
    /// The runtime ended, and the file with it.
    Lost,
}

impl FileStore {
    /// Opens the file at `path`, or creates it.
    ///
    /// # Errors
    ///
    /// If that cannot be done, or somebody else holds the file for 5 s (`ErrorKind::ResourceBusy`).
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, the file may have been created, empty.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        for _ in 0..TRIES {
            let place = path.clone();
            if let Some(file) = rt::blocking(move || open_locked(&place)).await.ok_or_else(lost)?? {
                return Ok(FileStore { path, state: State::Idle(file) });
            }
            rt::sleep(PAUSE).await;
        }
        Err(io::Error::new(ErrorKind::ResourceBusy, format!("somebody else holds {}", path.display())))
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    async fn run<T: Send + 'static>(
        &mut self,
        call: impl FnOnce(&mut File) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let mut file = self.idle().await?;
        let (sender, result) = oneshot::async_channel();
        self.state = State::Busy(rt::blocking(move || {
            let _ = sender.send(call(&mut file)); // whoever called may have given up
            file
        }));
        let file = self.idle().await?;
        self.state = State::Idle(file);
        result.await.map_err(|_| lost())?
    }

    /// Takes the file, once whatever was begun before is done.
    async fn idle(&mut self) -> io::Result<File> {
        if let State::Busy(busy) = &mut self.state {
            self.state = busy.await.map_or(State::Lost, State::Idle);
        }
        match mem::replace(&mut self.state, State::Lost) {
            State::Idle(file) => Ok(file),
            State::Busy(_) | State::Lost => Err(lost()),
        }
    }
}

/// `None` if somebody else holds it.
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
        // A new file is lost with its folder's entry. Not everywhere can a folder be synced.
        let _ = folder.sync_all();
    }
    Ok(Some(file))
}

fn lost() -> io::Error {
    io::Error::other("the runtime ended in the middle of a call")
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
