//! `MemoryStore`: the bytes of a journal in memory.

use crate::{
    journal::Store,
    sync::{Arc, Mutex},
};
use async_trait::async_trait;
use std::{fmt, io};

/// A store in memory. It outlives the actor, but not the process; clones share their content.
///
/// It never fails. To inject errors, wrap it in the `FaultyStore` of feature `testkit`.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Vec<u8>>>);

impl MemoryStore {
    /// Makes an empty store.
    #[must_use]
    pub fn new() -> Self {
        MemoryStore::default()
    }

    /// Returns a copy of the content.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().clone()
    }
}

impl From<Vec<u8>> for MemoryStore {
    fn from(bytes: Vec<u8>) -> Self {
        MemoryStore(Arc::new(Mutex::new(bytes)))
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn size(&mut self) -> io::Result<u64> {
        Ok(self.0.lock().len() as u64)
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        let bytes = self.0.lock();
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let to = from.saturating_add(most).min(bytes.len());
        Ok(bytes[from..to].to_vec())
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.0.lock().extend(bytes);
        Ok(())
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.0.lock().truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(())
    }

    async fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryStore({} bytes)", self.0.lock().len())
    }
}
