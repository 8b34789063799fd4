//! `TapFeed`: the sending end of a tap, for a broker that is written outside of this crate.

use crate::{
    broker::{TapStream, tap::queue::TapQueue},
    sync::Arc,
};
use std::fmt;

/// Makes a tap for a broker that is written elsewhere: the stream receives the items that the feed is offered. It holds at most
/// `capacity` items.
///
/// ```
/// use airssys_rt::broker::{Received, tap};
///
/// let (feed, mut stream) = tap(1);
/// assert!(feed.offer(|| "first"));
/// assert!(!feed.offer(|| "second")); // full: counted as missed
/// assert!(matches!(stream.try_recv(), Ok(Received::Item("first"))));
/// assert!(matches!(stream.try_recv(), Ok(Received::Lagged(1))));
/// ```
#[must_use]
pub fn tap<T: Send + 'static>(capacity: usize) -> (TapFeed<T>, TapStream<T>) {
    let queue = TapQueue::new(capacity, true);
    (TapFeed(queue.clone()), TapStream::new(queue, None))
}

/// The sending end of a [`tap`]. Dropping it ends the stream.
pub struct TapFeed<T>(Arc<TapQueue<T>>);

impl<T> TapFeed<T> {
    /// Offers an item to the stream, without waiting. Returns `false` if the stream is full: the item counts as missed. `make`
    /// runs only if the stream has capacity.
    pub fn offer(&self, make: impl FnOnce() -> T) -> bool {
        self.0.offer(make)
    }

    /// Whether the stream has been dropped.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        Arc::strong_count(&self.0) == 1
    }
}

impl<T> Drop for TapFeed<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<T> fmt::Debug for TapFeed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TapFeed").field("closed", &self.is_closed()).finish()
    }
}
