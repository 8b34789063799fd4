//! The push of a sender that waits for mailbox capacity, and its future.

use crate::{
    mailbox::{
        Mailbox,
        state::{AcceptNotice, BlockedSender},
    },
    rt,
};
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
    ///
    /// `notice` is called once the item is accepted, now or later.
    pub(crate) fn push_waiting(
        &self,
        item: T,
        notice: Option<AcceptNotice>,
        cx: &mut Context<'_>,
    ) -> Pushed<T> {
        let waker = cx.waker().clone(); // foreign code, so before the lock
        match self.push_or_block(item, BlockedSender::new(waker, notice)) {
            Err(item) => Pushed::Closed(item),
            Ok(Ok(notice)) => {
                if let Some(notice) = notice {
                    rt::catch(notice);
                }
                Pushed::Accepted
            }
            Ok(Err(ticket)) => Pushed::Blocked(ticket),
        }
    }

    /// Returns what has become of a parked item, and wakes the sender later if it is still parked.
    pub(crate) fn poll_blocked(&self, ticket: u64, cx: &mut Context<'_>) -> Pushed<T> {
        let mut waker = cx.waker().clone();
        let mut state = self.state.lock();
        if !state.open {
            // Accepted before the mailbox was closed, or not at all.
            let unblocked = state.unblock(ticket);
            drop(state);
            return unblocked.map_or(Pushed::Accepted, |(item, _)| Pushed::Closed(item));
        }
        let parked = state.swap_blocked_waker(ticket, &mut waker);
        drop(state);
        if parked { Pushed::Blocked(ticket) } else { Pushed::Accepted }
    }

    /// Takes a parked item back, if the mailbox has not accepted it.
    pub(crate) fn unblock(&self, ticket: u64) -> Option<T> {
        let unblocked = self.state.lock().unblock(ticket);
        Some(unblocked?.0)
    }
}

/// A future that waits for capacity and then puts its item into the mailbox. If the mailbox is closed, the error is the item.
///
/// Cancel safety: dropping it before it is ready drops its item, and nothing else is lost.
pub(crate) struct Push<'a, T, B = ()> {
    mailbox: &'a Mailbox<T, B>,
    step: Step<T>,
}

/// How a push ended.
pub(crate) enum PushEnd<T> {
    /// The item was not accepted.
    TakenBack(T),
    /// The item was accepted since the push was polled.
    Accepted,
    /// The push was ready before.
    Over,
}

enum Step<T> {
    New(T, Option<AcceptNotice>),
    Blocked(u64),
    Done,
}

// No field is pinned.
impl<T, B> Unpin for Push<'_, T, B> {}

impl<'a, T, B> Push<'a, T, B> {
    /// `notice` is called once the item is accepted.
    pub(crate) fn new(mailbox: &'a Mailbox<T, B>, item: T, notice: Option<AcceptNotice>) -> Self {
        Push { mailbox, step: Step::New(item, notice) }
    }

    /// Ends the push.
    pub(crate) fn end(&mut self) -> PushEnd<T> {
        match mem::replace(&mut self.step, Step::Done) {
            Step::New(item, _) => PushEnd::TakenBack(item),
            Step::Blocked(ticket) => {
                self.mailbox.unblock(ticket).map_or(PushEnd::Accepted, PushEnd::TakenBack)
            }
            Step::Done => PushEnd::Over,
        }
    }
}

impl<T, B> Future for Push<'_, T, B> {
    type Output = Result<(), T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let this = self.get_mut();
        let pushed = match mem::replace(&mut this.step, Step::Done) {
            // The caller has found the mailbox full: one lock decides whether it still is.
            Step::New(item, notice) => this.mailbox.push_waiting(item, notice, cx),
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
        drop(self.end());
    }
}
