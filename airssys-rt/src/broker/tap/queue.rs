//! The bounded queue of one tap: a full queue counts missed items and never delays the observed side.

use crate::{
    broker::{Received, TryRecvError},
    rt,
    sync::{Arc, Mutex, MutexGuard},
};
use std::{collections::VecDeque, mem, task::Waker};

/// The bounded queue of one tap. Neither side makes the other one wait.
pub(super) struct TapQueue<T> {
    state: Mutex<QueueState<T>>,
    capacity: usize,
}

struct QueueState<T> {
    queue: VecDeque<Received<T>>,
    /// Items missed since the newest one in the queue.
    lagged: u64,
    waker: Option<Waker>,
    open: bool,
}

impl<T> TapQueue<T> {
    pub(super) fn new(capacity: usize, open: bool) -> Arc<Self> {
        let state = QueueState { queue: VecDeque::new(), lagged: 0, waker: None, open };
        Arc::new(TapQueue { state: Mutex::new(state), capacity })
    }

    /// Pushes an item. Returns `false` if the queue is full: the item counts as missed.
    ///
    /// `make` runs only if the queue has capacity, and without the lock: it may be the user's code.
    pub(super) fn offer(&self, make: impl FnOnce() -> T) -> bool {
        if self.state.lock().queue.len() >= self.capacity {
            self.miss();
            return false;
        }
        let item = Received::Item(make());
        let mut state = self.state.lock();
        // Other items may have been pushed in between.
        if state.queue.len() >= self.capacity {
            state.lagged += 1;
            wake(state);
            // The item is dropped here, without the lock.
            return false;
        }
        let missed = mem::take(&mut state.lagged);
        if missed > 0 {
            state.queue.push_back(Received::Lagged(missed));
        }
        state.queue.push_back(item);
        wake(state);
        true
    }

    /// Counts an item that the tap does not get as missed.
    pub(super) fn miss(&self) {
        self.change(|state| state.lagged += 1);
    }

    pub(super) fn close(&self) {
        self.change(|state| state.open = false);
    }

    pub(super) fn next(&self) -> Result<Received<T>, TryRecvError> {
        self.state.lock().next()
    }

    /// The next change of the queue wakes `waker`.
    pub(super) fn register(&self, waker: &Waker) {
        // Cloning and dropping a waker is user code: it runs without the lock.
        let before = self.state.lock().waker.take();
        let waker = before.filter(|before| before.will_wake(waker)).unwrap_or_else(|| waker.clone());
        let before = self.state.lock().waker.replace(waker);
        drop(before);
    }

    pub(super) fn len(&self) -> usize {
        self.state.lock().queue.len()
    }

    fn change(&self, change: impl FnOnce(&mut QueueState<T>)) {
        let mut state = self.state.lock();
        change(&mut state);
        wake(state);
    }
}

/// Wakes the stream of the queue, without the lock: a waker may be user code.
fn wake<T>(mut state: MutexGuard<'_, QueueState<T>>) {
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        rt::catch(|| waker.wake());
    }
}

impl<T> QueueState<T> {
    fn next(&mut self) -> Result<Received<T>, TryRecvError> {
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
