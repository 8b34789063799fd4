use std::{collections::VecDeque, mem, sync::OnceLock, task::Waker};

/// What an actor has taken out of its mailbox and not yet begun to handle.
pub(crate) struct Intake<T> {
    batch: VecDeque<T>,
    /// Where the waker points that the mailbox has. As long as it has it, no other points there.
    waker: usize,
}

impl<T> Intake<T> {
    pub(crate) fn new() -> Self {
        Intake { batch: VecDeque::new(), waker: 0 }
    }

    /// The next one.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.batch.pop_front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.batch.is_empty()
    }

    /// What is left, the next one first.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.batch.iter()
    }

    /// All of them.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> {
        self.batch.drain(..)
    }

    /// Takes what is queued. It is empty.
    #[inline]
    pub(super) fn swap(&mut self, queue: &mut VecDeque<T>) -> Option<T> {
        // One message alone needs no second buffer.
        if queue.len() > 1 {
            mem::swap(&mut self.batch, queue);
            self.batch.pop_front()
        } else {
            queue.pop_front()
        }
    }

    /// A buffer for more than so many is not kept.
    #[inline]
    pub(super) fn give_back(&mut self, kept: usize) {
        if self.batch.capacity() > kept {
            self.batch = VecDeque::new();
        }
    }

    /// Whether its buffer is for more than so many.
    #[inline]
    pub(super) fn holds(&self, kept: usize) -> bool {
        self.batch.capacity() > kept
    }

    /// Whether the mailbox was never told of a waker.
    #[inline]
    pub(super) fn is_unknown(&self) -> bool {
        self.waker == 0
    }

    /// Whether the mailbox has this waker.
    #[inline]
    pub(super) fn is_known(&self, waker: &Waker) -> bool {
        self.waker == waker.data().addr()
    }

    /// Tells the mailbox this waker. Whether it is the one that it keeps, which is the first: a clone for each wait would be
    /// one more atomic operation.
    #[inline]
    pub(super) fn introduce(&mut self, own: &OnceLock<Waker>, waker: &Waker) -> bool {
        self.waker = waker.data().addr();
        own.get_or_init(|| waker.clone()).will_wake(waker)
    }
}
