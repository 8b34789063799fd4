//! The trait `Store`: the storage of a journal's bytes (read, append, truncate, sync, replace).

use async_trait::async_trait;
use std::io;

/// The storage of a journal's bytes.
///
/// A store belongs to one journal at a time, and the journal calls one method after the other. A call may be dropped before
/// it is done. Its effect may then still happen, but only before the effects of the next call.
///
/// Beside its content a store holds at most one *replacement*, which [`stage`](Store::stage) writes and
/// [`replace`](Store::replace) puts in the place of the content. A journal is created and shortened in this way, so a reader
/// finds the old content or the new one, never a mixture.
///
/// `SimulatedDisk` of feature `testkit` loses power at any point of a call; a store that wraps another store can be tested over
/// it.
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

    /// Writes `bytes` at position `at` of the replacement. Position 0 begins a new replacement and discards the one before;
    /// any other position is the end of the replacement.
    ///
    /// A replacement that is not put in place is not part of the content, and may be lost at any time.
    ///
    /// # Errors
    ///
    /// If the write fails. The content is unchanged.
    async fn stage(&mut self, at: u64, bytes: Vec<u8>) -> io::Result<()>;

    /// Returns once the replacement survives a loss of power, were it in place.
    ///
    /// # Errors
    ///
    /// If there is none, or if it is unknown whether it does. The content is unchanged.
    async fn sync_staged(&mut self) -> io::Result<()>;

    /// Puts the replacement in the place of the content, in one step. After a loss of power the content is the old one or the
    /// replacement, until the next [`sync`](Store::sync) has returned.
    ///
    /// # Errors
    ///
    /// If there is no replacement, or it cannot be put in place. The content is unchanged.
    async fn replace(&mut self) -> io::Result<()>;
}
