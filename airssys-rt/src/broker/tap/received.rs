//! `Received`: an item of a tap stream, or the number of items that it missed.

/// One item of a [`TapStream`](crate::broker::TapStream).
#[derive(Debug, Clone)]
pub enum Received<T> {
    /// An observed item.
    Item(T),
    /// The number of items missed since the item before, because the stream was full.
    Lagged(u64),
}

/// Why [`TapStream::try_recv`](crate::broker::TapStream::try_recv) has no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TryRecvError {
    /// The stream is empty at this moment.
    #[error("nothing to receive yet")]
    Empty,
    /// The system has ended, and every item was received.
    #[error("the system has ended")]
    Disconnected,
}
