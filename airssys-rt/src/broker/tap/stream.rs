//! `TapStream`: a bounded stream of observed envelopes, observations, dead letters or lifecycle events.

use crate::{
    broker::{Received, TryRecvError, tap::queue::TapQueue},
    envelope::Envelope,
    sync::{Arc, Weak},
};
use futures_core::Stream;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

/// A bounded stream of observed items.
///
/// The observed side never waits for it: an item for which the stream has no capacity is missed, and counted as
/// [`Lagged`](Received::Lagged). Dropping the stream ends the observation.
pub struct TapStream<T> {
    queue: Arc<TapQueue<T>>,
    /// The list that the tap is in. `None` for a tap with a feed.
    taps: Option<Weak<dyn Detach<T>>>,
    /// Items that it rejects are skipped.
    filter: Option<TapFilter<T>>,
}

/// A filter of observed items: the tap gets those for which it returns `true`.
pub type TapFilter<T> = Arc<dyn Fn(&T) -> bool + Send + Sync>;

/// A stream of the envelopes that are published to a broker.
pub type MessageStream<M> = TapStream<Envelope<M>>;

/// The list of taps that a stream is removed from when it is dropped. It hides the type of the items that are observed there.
pub(super) trait Detach<T>: Send + Sync {
    fn detach(&self, queue: &Arc<TapQueue<T>>);
}

impl<T> TapStream<T> {
    pub(super) fn new(queue: Arc<TapQueue<T>>, taps: Option<Weak<dyn Detach<T>>>) -> Self {
        TapStream { queue, taps, filter: None }
    }

    /// Receives the next item; `None` once the system has ended and every item was received.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, no item is taken.
    pub async fn recv(&mut self) -> Option<Received<T>> {
        poll_fn(|cx| self.poll_recv(cx)).await
    }

    /// Receives the next item, without waiting.
    ///
    /// # Errors
    ///
    /// [`Empty`](TryRecvError::Empty) if there is no item yet, [`Disconnected`](TryRecvError::Disconnected) if there will be
    /// none any more.
    pub fn try_recv(&mut self) -> Result<Received<T>, TryRecvError> {
        self.next()
    }

    /// Skips the items for which `filter` returns `false`.
    #[must_use]
    pub fn only(mut self, filter: TapFilter<T>) -> Self {
        self.filter = Some(filter);
        self
    }

    fn next(&mut self) -> Result<Received<T>, TryRecvError> {
        loop {
            let received = self.queue.next()?;
            match (&self.filter, &received) {
                (Some(accepts), Received::Item(item)) if !accepts(item) => {}
                _ => return Ok(received),
            }
        }
    }

    fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<Received<T>>> {
        // Registered first: an item that is pushed while the filter runs wakes the task.
        self.queue.register(cx.waker());
        match self.next() {
            Ok(received) => Poll::Ready(Some(received)),
            Err(TryRecvError::Disconnected) => Poll::Ready(None),
            Err(TryRecvError::Empty) => Poll::Pending,
        }
    }
}

impl<T> Stream for TapStream<T> {
    type Item = Received<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Received<T>>> {
        self.get_mut().poll_recv(cx)
    }
}

impl<T> Drop for TapStream<T> {
    fn drop(&mut self) {
        if let Some(taps) = self.taps.as_ref().and_then(Weak::upgrade) {
            taps.detach(&self.queue);
        }
    }
}

impl<T> fmt::Debug for TapStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TapStream").field("waiting", &self.queue.len()).finish()
    }
}
