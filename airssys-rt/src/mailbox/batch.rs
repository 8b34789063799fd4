//! The batch of messages that an actor has taken from its mailbox at once and not yet handled.

use std::{collections::VecDeque, mem, sync::OnceLock, task::Waker};

/// The messages that an actor has taken out of its mailbox and not yet begun to handle.
pub(crate) struct Batch<T> {
    items: VecDeque<T>,
    /// The data address of the waker that the mailbox has, 0 without one. While the mailbox has it, no other waker has that
    /// address.
    waker_address: usize,
}

impl<T> Batch<T> {
    pub(crate) fn new() -> Self {
        Batch { items: VecDeque::new(), waker_address: 0 }
    }

    /// Takes the next message.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.items.pop_front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The messages that are left, the next one first.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.items.iter()
    }

    /// Takes all messages that are left.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> {
        self.items.drain(..)
    }

    /// Takes all that is queued into this batch, which is empty, and returns the first message.
    #[inline]
    pub(super) fn refill(&mut self, queue: &mut VecDeque<T>) -> Option<T> {
        // A single message needs no second buffer.
        if queue.len() > 1 {
            mem::swap(&mut self.items, queue);
            self.items.pop_front()
        } else {
            queue.pop_front()
        }
    }

    /// Frees the buffer if it is for more than `max` messages.
    #[inline]
    pub(super) fn free_buffer_over(&mut self, max: usize) {
        if self.items.capacity() > max {
            self.items = VecDeque::new();
        }
    }

    /// Whether the buffer is for more than `max` messages.
    #[inline]
    pub(super) fn has_buffer_over(&self, max: usize) -> bool {
        self.items.capacity() > max
    }

    /// Whether the mailbox never got a waker from this actor.
    #[inline]
    pub(super) fn has_no_waker(&self) -> bool {
        self.waker_address == 0
    }

    /// Whether the mailbox has this waker.
    #[inline]
    pub(super) fn has_waker(&self, waker: &Waker) -> bool {
        self.waker_address == waker.data().addr()
    }

    /// Records that the mailbox has this waker, and returns whether it is the one in `first`.
    ///
    /// `first` keeps the first waker for good: a clone for each wait would be one more atomic operation.
    #[inline]
    pub(super) fn register_waker(&mut self, first: &OnceLock<Waker>, waker: &Waker) -> bool {
        self.waker_address = waker.data().addr();
        first.get_or_init(|| waker.clone()).will_wake(waker)
    }
}
