//! The future of a sender that waits for mailbox capacity.

use crate::mailbox::Mailbox;
use std::{
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

/// A future that waits for capacity and then puts its item into the mailbox. If the mailbox is closed, the error is the item.
///
/// Cancel safety: dropping it before it is ready drops its item, and nothing else is lost.
pub(crate) struct Push<'a, T, B = ()> {
    mailbox: &'a Mailbox<T, B>,
    state: PushState<T>,
}

enum PushState<T> {
    New(T),
    /// The item is parked in the mailbox under this ticket.
    Blocked(u64),
    Done,
}

// No field is pinned.
impl<T, B> Unpin for Push<'_, T, B> {}

impl<'a, T, B> Push<'a, T, B> {
    pub(crate) fn new(mailbox: &'a Mailbox<T, B>, item: T) -> Self {
        Push { mailbox, state: PushState::New(item) }
    }

    /// Ends the push. Returns the item, if it was not accepted.
    pub(crate) fn take_back(&mut self) -> Option<T> {
        match mem::replace(&mut self.state, PushState::Done) {
            PushState::New(item) => Some(item),
            PushState::Blocked(ticket) => self.mailbox.state.lock().unblock(ticket),
            PushState::Done => None,
        }
    }

    fn block(&mut self, item: T, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let waker = cx.waker().clone(); // foreign code, so before the lock
        match self.mailbox.push_or_block(item, waker) {
            Err(item) => Poll::Ready(Err(item)),
            Ok(Ok(())) => Poll::Ready(Ok(())),
            Ok(Err(ticket)) => {
                self.state = PushState::Blocked(ticket);
                Poll::Pending
            }
        }
    }

    fn poll_blocked(&mut self, ticket: u64, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let waker = cx.waker().clone();
        let mut state = self.mailbox.state.lock();
        if !state.open {
            // Accepted before the mailbox was closed, or not at all.
            return Poll::Ready(state.unblock(ticket).map_or(Ok(()), Err));
        }
        let before = state.replace_blocked_waker(ticket, waker);
        drop(state);
        if before.is_none() {
            return Poll::Ready(Ok(()));
        }
        self.state = PushState::Blocked(ticket);
        Poll::Pending
    }
}

impl<T, B> Future for Push<'_, T, B> {
    type Output = Result<(), T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let this = self.get_mut();
        match mem::replace(&mut this.state, PushState::Done) {
            // The caller has found the mailbox full: one lock decides whether it still is.
            PushState::New(item) => this.block(item, cx),
            PushState::Blocked(ticket) => this.poll_blocked(ticket, cx),
            PushState::Done => panic!("a send was polled after it was over"),
        }
    }
}

impl<T, B> Drop for Push<'_, T, B> {
    fn drop(&mut self) {
        // Outside the lock: the item may run user code when it is dropped.
        drop(self.take_back());
    }
}
