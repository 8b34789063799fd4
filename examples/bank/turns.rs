//! Who may go first: rows of one account run one after the other, in the order of the file.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;

/// The rows that want one account, of which only the last needs to be known.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    last: Option<oneshot::Receiver<Infallible>>,
}

/// The place of a row in the queue of one account. The next row goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    before: Option<oneshot::Receiver<Infallible>>,
    _done: oneshot::Sender<Infallible>,
}

impl Queue {
    pub(crate) fn join(&mut self) -> Turn {
        let (done, next) = oneshot::channel();
        Turn { before: self.last.replace(next), _done: done }
    }
}

impl Turn {
    /// Whether the row before this one is done.
    pub(crate) fn has_come(&mut self) -> bool {
        // Closed: see `wait`. Whoever was told so must not ask again.
        self.before.take_if(|before| before.try_recv() == Err(TryRecvError::Closed));
        self.before.is_none()
    }

    /// Waits until the row before this one is done. A row waits only for rows above it in the file, so no two
    /// of them can wait for each other.
    pub(crate) async fn wait(&mut self) {
        if let Some(before) = self.before.take() {
            // Nothing can be sent on this channel: the error says that the other end was dropped, however its
            // row ended.
            let Err(_) = before.await;
        }
    }
}

/// Counts the rows in flight: those that have been set going, whose turn has come and that are not done.
#[derive(Debug, Default)]
pub(crate) struct Flights {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// One row in flight.
#[derive(Debug)]
pub(crate) struct Flight(Arc<Flights>);

impl Flights {
    pub(crate) fn start(self: &Arc<Self>) -> Flight {
        // Relaxed: these are figures, and nothing else is read by their order.
        let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(now, Ordering::Relaxed);
        Flight(self.clone())
    }

    pub(crate) fn now(&self) -> usize {
        // Relaxed: as in `start`.
        self.now.load(Ordering::Relaxed)
    }

    pub(crate) fn most(&self) -> usize {
        // Relaxed: read when all rows have been joined.
        self.most.load(Ordering::Relaxed)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        // Relaxed: as in `start`.
        self.0.now.fetch_sub(1, Ordering::Relaxed);
    }
}
