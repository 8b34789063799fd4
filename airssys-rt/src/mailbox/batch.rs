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

    /// The number of messages that are left.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// One of the messages that are left. The next one is the first.
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.items.get(at)
    }

    /// Takes all messages that are left.
    #[cfg(any(feature = "testkit", all(test, any(airssys_loom, airssys_shuttle))))]
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> {
        mem::take(&mut self.items).into_iter()
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
        keep_waker(first, waker).will_wake(waker)
    }
}

/// Keeps the first waker, and returns the one that is kept.
// A function of its own: a closure in generic code would be compiled for each type of message.
#[inline]
pub(super) fn keep_waker<'a>(first: &'a OnceLock<Waker>, waker: &Waker) -> &'a Waker {
    first.get_or_init(|| waker.clone())
}
