use crate::{
    envelope::Envelope,
    sync::{Arc, Mutex},
};
use futures_core::Stream;
use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    mem,
    pin::Pin,
    task::{Context, Poll, Waker},
};

/// One item of a [`MessageStream`].
#[derive(Debug, Clone)]
pub enum Received<M> {
    /// An envelope that was published.
    Envelope(Envelope<M>),
    /// So many were missed since the last item, because the stream was full.
    Lagged(u64),
}

/// Why there is nothing to receive at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TryRecvError {
    /// Nothing has been published since.
    #[error("nothing to receive yet")]
    Empty,
    /// The system has ended, and everything was received.
    #[error("the system has ended")]
    Disconnected,
}

/// The queue of one tap, between the bus and its stream.
pub(super) struct Tap<M> {
    state: Mutex<State<M>>,
    capacity: usize,
    /// Made where `M: Clone` was known, so that nobody else has to ask for it.
    copy: fn(&Envelope<M>) -> Envelope<M>,
}

struct State<M> {
    queue: VecDeque<Received<M>>,
    /// Missed since the newest item in the queue.
    lagged: u64,
    waker: Option<Waker>,
    open: bool,
}

impl<M> Tap<M> {
    pub(super) fn new(capacity: usize) -> Self
    where
        M: Clone,
    {
        let state = State { queue: VecDeque::new(), lagged: 0, waker: None, open: true };
        Tap { state: Mutex::new(state), capacity, copy: Envelope::clone }
    }

    /// Never waits: what finds no room is counted.
    pub(super) fn offer(&self, envelope: &Envelope<M>) {
        if self.state.lock().queue.len() >= self.capacity {
            self.change(|state| state.lagged += 1);
            return;
        }
        let copy = (self.copy)(envelope); // outside the lock: it is the user's code
        self.change(|state| {
            if state.lagged > 0 {
                let missed = mem::take(&mut state.lagged);
                state.queue.push_back(Received::Lagged(missed));
            }
            state.queue.push_back(Received::Envelope(copy));
        });
    }

    pub(super) fn close(&self) {
        self.change(|state| state.open = false);
    }

    fn change(&self, change: impl FnOnce(&mut State<M>)) {
        let mut state = self.state.lock();
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<M> State<M> {
    fn next(&mut self) -> Result<Received<M>, TryRecvError> {
        if let Some(received) = self.queue.pop_front() {
            return Ok(received);
        }
        match mem::take(&mut self.lagged) {
            0 if self.open => Err(TryRecvError::Empty),
            0 => Err(TryRecvError::Disconnected),
            missed => Ok(Received::Lagged(missed)),
        }
    }
}

/// What passes a broker, as [`subscribe`](crate::broker::MessageBroker::subscribe) gives it. Dropping it
/// unsubscribes.
pub struct MessageStream<M> {
    tap: Arc<Tap<M>>,
    leave: Leave<M>,
}

type Leave<M> = Box<dyn Fn(&Arc<Tap<M>>) + Send + Sync>;

impl<M> MessageStream<M> {
    pub(super) fn new(tap: Arc<Tap<M>>, leave: Leave<M>) -> Self {
        MessageStream { tap, leave }
    }

    /// The next item; `None` once the system has ended and everything was received.
    ///
    /// # Cancel safety
    ///
    /// Nothing is taken unless it is returned.
    pub async fn recv(&mut self) -> Option<Received<M>> {
        poll_fn(|cx| self.poll_recv(cx)).await
    }

    /// The next item, without waiting.
    ///
    /// # Errors
    ///
    /// If there is none yet, or none ever again.
    pub fn try_recv(&mut self) -> Result<Received<M>, TryRecvError> {
        self.tap.state.lock().next()
    }

    fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<Received<M>>> {
        let mut state = self.tap.state.lock();
        match state.next() {
            Ok(received) => Poll::Ready(Some(received)),
            Err(TryRecvError::Disconnected) => Poll::Ready(None),
            Err(TryRecvError::Empty) => {
                state.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl<M> Stream for MessageStream<M> {
    type Item = Received<M>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Received<M>>> {
        self.get_mut().poll_recv(cx)
    }
}

impl<M> Drop for MessageStream<M> {
    fn drop(&mut self) {
        (self.leave)(&self.tap);
    }
}

impl<M> fmt::Debug for MessageStream<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageStream").field("waiting", &self.tap.state.lock().queue.len()).finish()
    }
}
