//! The trait `Store`: the storage of a journal's bytes (read, append, truncate, sync).

use async_trait::async_trait;
use std::io;

/// The storage of a journal's bytes.
///
/// A store belongs to one journal at a time, and the journal calls one method after the other. A call may be dropped before
/// it is done. Its effect may then still happen, but only before the effects of the next call.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// If the size cannot be determined.
    async fn size(&mut self) -> io::Result<u64>;

    /// Reads up to `most` bytes from `offset` on: fewer only at the end, and none beyond it.
    ///
    /// # Errors
    ///
    /// If the bytes cannot be read.
    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>>;

    /// Writes all of `bytes` at the end.
    ///
    /// # Errors
    ///
    /// If the write fails. Any part of the bytes, from the front, may have been written.
    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()>;

    /// Removes all but the first `size` bytes.
    ///
    /// # Errors
    ///
    /// If the bytes cannot be removed.
    async fn truncate(&mut self, size: u64) -> io::Result<()>;

    /// Returns once all earlier changes survive a loss of power.
    ///
    /// # Errors
    ///
    /// If it is unknown whether they do.
    async fn sync(&mut self) -> io::Result<()>;
}
