use crate::{
    journal::Store,
    sync::{Arc, Mutex},
};
use async_trait::async_trait;
use std::{fmt, io};

/// Keeps a journal in memory: it outlives the actor, not the process. Clones share one content.
///
/// It never fails. `FaultyStore` of feature `testkit` makes it do so.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Vec<u8>>>);

impl MemoryStore {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        MemoryStore::default()
    }

    /// All that is kept.
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
