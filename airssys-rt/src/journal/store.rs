use async_trait::async_trait;
use std::io;

/// Where the bytes of a journal are kept.
///
/// It belongs to one journal at a time, which calls one method after the other. A call may be dropped before it is done:
/// what it does may still happen, but before whatever the next call does.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// How many bytes there are.
    ///
    /// # Errors
    ///
    /// If that cannot be found out.
    async fn size(&mut self) -> io::Result<u64>;

    /// Reads up to `most` bytes from `offset` on. Fewer only at the end, and none beyond it.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>>;

    /// Puts all of `bytes` at the end.
    ///
    /// # Errors
    ///
    /// If that cannot be done. Any part of them, from the front, may be there all the same.
    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()>;

    /// Cuts off all but the first `size` bytes.
    ///
    /// # Errors
    ///
    /// If that cannot be done.
    async fn truncate(&mut self, size: u64) -> io::Result<()>;

    /// Returns once all that was done outlives a loss of power.
    ///
    /// # Errors
    ///
    /// If nobody can know.
    async fn sync(&mut self) -> io::Result<()>;
}
