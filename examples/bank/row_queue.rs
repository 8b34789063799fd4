//! Order of the rows: rows of one account run one after the other, in the order of the file.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;

/// The queue of the rows of one account. Only the last row is stored.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    last: Option<oneshot::Receiver<Infallible>>,
}

/// The place of a row in the queue of one account. Dropping it lets the next row start.
#[derive(Debug)]
pub(crate) struct Turn {
    previous: Option<oneshot::Receiver<Infallible>>,
    _done: oneshot::Sender<Infallible>,
}

impl Queue {
    pub(crate) fn join(&mut self) -> Turn {
        let (done, next) = oneshot::channel();
        Turn { previous: self.last.replace(next), _done: done }
    }
}

impl Turn {
    /// Returns whether the previous row is done.
    pub(crate) fn is_ready(&mut self) -> bool {
        // Closed: see `wait`. After `Closed` the receiver must not be polled again, so it is removed.
        self.previous.take_if(|previous| previous.try_recv() == Err(TryRecvError::Closed));
        self.previous.is_none()
    }

    /// Waits until the previous row is done. A row waits only for earlier rows of the file, so no two rows can wait for
    /// each other.
    pub(crate) async fn wait(&mut self) {
        if let Some(previous) = self.previous.take() {
            // Nothing can be sent on this channel: the error says that the other end was dropped, for every way in
            // which its row can end.
            let Err(_) = previous.await;
        }
    }
}

/// Counts the rows in flight: rows that have been started, whose turn has come and that are not done.
#[derive(Debug, Default)]
pub(crate) struct InFlight {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// Counts one row as in flight until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlightGuard(Arc<InFlight>);

impl InFlight {
    pub(crate) fn start(self: &Arc<Self>) -> InFlightGuard {
        // Relaxed: these are statistics; no other memory access depends on their order.
        let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(now, Ordering::Relaxed);
        InFlightGuard(self.clone())
    }

    pub(crate) fn now(&self) -> usize {
        // Relaxed: as in `start`.
        self.now.load(Ordering::Relaxed)
    }

    pub(crate) fn most(&self) -> usize {
        // Relaxed: read after all rows have been joined.
        self.most.load(Ordering::Relaxed)
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        // Relaxed: as in `start`.
        self.0.now.fetch_sub(1, Ordering::Relaxed);
    }
}
