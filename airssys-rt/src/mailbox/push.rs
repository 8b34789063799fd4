//! The push of a sender that waits for mailbox capacity, and its future.

use crate::mailbox::Mailbox;
use std::{
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

/// What became of an item that a sender pushes.
pub(crate) enum Pushed<T> {
    Accepted,
    /// The item is parked in the mailbox under this ticket, until there is capacity.
    Blocked(u64),
    /// The mailbox is closed.
    Closed(T),
}

impl<T, B> Mailbox<T, B> {
    /// Accepts or parks the item of a sender that waits for capacity.
    pub(crate) fn push_waiting(&self, item: T, cx: &mut Context<'_>) -> Pushed<T> {
        let waker = cx.waker().clone(); // foreign code, so before the lock
        match self.push_or_block(item, waker) {
            Err(item) => Pushed::Closed(item),
            Ok(Ok(())) => Pushed::Accepted,
            Ok(Err(ticket)) => Pushed::Blocked(ticket),
        }
    }

    /// Returns what has become of a parked item, and wakes the sender later if it is still parked.
    pub(crate) fn poll_blocked(&self, ticket: u64, cx: &mut Context<'_>) -> Pushed<T> {
        let waker = cx.waker().clone();
        let mut state = self.state.lock();
        if !state.open {
            // Accepted before the mailbox was closed, or not at all.
            return state.unblock(ticket).map_or(Pushed::Accepted, Pushed::Closed);
        }
        let before = state.replace_blocked_waker(ticket, waker);
        drop(state);
        if before.is_none() { Pushed::Accepted } else { Pushed::Blocked(ticket) }
    }

    /// Takes a parked item back, if the mailbox has not accepted it.
    pub(crate) fn unblock(&self, ticket: u64) -> Option<T> {
        self.state.lock().unblock(ticket)
    }
}

/// A future that waits for capacity and then puts its item into the mailbox. If the mailbox is closed, the error is the item.
///
/// Cancel safety: dropping it before it is ready drops its item, and nothing else is lost.
pub(crate) struct Push<'a, T, B = ()> {
    mailbox: &'a Mailbox<T, B>,
    step: Step<T>,
}

enum Step<T> {
    New(T),
    Blocked(u64),
    Done,
}

// No field is pinned.
impl<T, B> Unpin for Push<'_, T, B> {}

impl<'a, T, B> Push<'a, T, B> {
    pub(crate) fn new(mailbox: &'a Mailbox<T, B>, item: T) -> Self {
        Push { mailbox, step: Step::New(item) }
    }

    /// Ends the push. Returns the item, if it was not accepted.
    pub(crate) fn take_back(&mut self) -> Option<T> {
        match mem::replace(&mut self.step, Step::Done) {
            Step::New(item) => Some(item),
            Step::Blocked(ticket) => self.mailbox.unblock(ticket),
            Step::Done => None,
        }
    }
}

impl<T, B> Future for Push<'_, T, B> {
    type Output = Result<(), T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let this = self.get_mut();
        let pushed = match mem::replace(&mut this.step, Step::Done) {
            // The caller has found the mailbox full: one lock decides whether it still is.
            Step::New(item) => this.mailbox.push_waiting(item, cx),
            Step::Blocked(ticket) => this.mailbox.poll_blocked(ticket, cx),
            Step::Done => panic!("a send was polled after it was over"),
        };
        match pushed {
            Pushed::Accepted => Poll::Ready(Ok(())),
            Pushed::Closed(item) => Poll::Ready(Err(item)),
            Pushed::Blocked(ticket) => {
                this.step = Step::Blocked(ticket);
                Poll::Pending
            }
        }
    }
}

impl<T, B> Drop for Push<'_, T, B> {
    fn drop(&mut self) {
        // Outside the lock: the item may run user code when it is dropped.
        drop(self.take_back());
    }
}
