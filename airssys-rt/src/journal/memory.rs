//! `MemoryStore`: the bytes of a journal in memory.

use crate::{
    journal::Store,
    sync::{Arc, Mutex},
};
use async_trait::async_trait;
use std::{
    fmt,
    io::{self, ErrorKind},
    mem,
};

/// A store in memory. It outlives the actor, but not the process; clones share their content.
///
/// It never fails. To inject errors, wrap it in the `FaultyStore` of feature `testkit`; for a loss of power, use its
/// `SimulatedDisk`.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Content>>);

#[derive(Default)]
struct Content {
    bytes: Vec<u8>,
    staged: Option<Vec<u8>>,
}

impl MemoryStore {
    /// Makes an empty store.
    #[must_use]
    pub fn new() -> Self {
        MemoryStore::default()
    }

    /// Returns a copy of the content.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().bytes.clone()
    }
}

impl From<Vec<u8>> for MemoryStore {
    fn from(bytes: Vec<u8>) -> Self {
        MemoryStore(Arc::new(Mutex::new(Content { bytes, staged: None })))
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn size(&mut self) -> io::Result<u64> {
        Ok(self.0.lock().bytes.len() as u64)
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        let bytes = &self.0.lock().bytes;
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let to = from.saturating_add(most).min(bytes.len());
        Ok(bytes[from..to].to_vec())
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.0.lock().bytes.extend(bytes);
        Ok(())
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.0.lock().bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(())
    }

    async fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    async fn stage(&mut self, at: u64, bytes: Vec<u8>) -> io::Result<()> {
        let mut content = self.0.lock();
        match &mut content.staged {
            Some(staged) if staged.len() as u64 == at => staged.extend(bytes),
            staged if at == 0 => *staged = Some(bytes),
            _ => return Err(ErrorKind::InvalidInput.into()),
        }
        Ok(())
    }

    async fn sync_staged(&mut self) -> io::Result<()> {
        self.0.lock().staged.as_ref().map(|_| ()).ok_or_else(|| ErrorKind::InvalidInput.into())
    }

    async fn replace(&mut self) -> io::Result<()> {
        let content = &mut *self.0.lock();
        let mut staged = content.staged.take().ok_or(ErrorKind::InvalidInput)?;
        mem::swap(&mut content.bytes, &mut staged);
        Ok(())
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryStore({} bytes)", self.0.lock().bytes.len())
    }
}
