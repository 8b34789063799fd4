use crate::mailbox::Mailbox;
use std::{
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

/// Waits for room, then puts the item in. An error is the item: the mailbox is closed.
///
/// Cancel safety: dropped before it is ready, the item is dropped with it and nothing else is lost.
pub(crate) struct Push<'a, T, B = ()> {
    mailbox: &'a Mailbox<T, B>,
    step: Step<T>,
}

enum Step<T> {
    New(T),
    Waiting(u64),
    Done,
}

// No field is pinned.
impl<T, B> Unpin for Push<'_, T, B> {}

impl<'a, T, B> Push<'a, T, B> {
    pub(crate) fn new(mailbox: &'a Mailbox<T, B>, item: T) -> Self {
        Push { mailbox, step: Step::New(item) }
    }

    /// The item, if it has not been let in. The push is over.
    pub(crate) fn take_back(&mut self) -> Option<T> {
        match mem::replace(&mut self.step, Step::Done) {
            Step::New(item) => Some(item),
            Step::Waiting(ticket) => self.mailbox.inner.lock().unblock(ticket),
            Step::Done => None,
        }
    }

    fn block(&mut self, item: T, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let waker = cx.waker().clone(); // foreign code, so before the lock
        match self.mailbox.push_or_block(item, waker) {
            Err(item) => Poll::Ready(Err(item)),
            Ok(Ok(())) => Poll::Ready(Ok(())),
            Ok(Err(ticket)) => {
                self.step = Step::Waiting(ticket);
                Poll::Pending
            }
        }
    }

    fn look_again(&mut self, ticket: u64, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let waker = cx.waker().clone();
        let mut inner = self.mailbox.inner.lock();
        if !inner.open {
            // Let in before the end, or not at all.
            return Poll::Ready(inner.unblock(ticket).map_or(Ok(()), Err));
        }
        let before = inner.still_blocked(ticket, waker);
        drop(inner);
        if before.is_none() {
            return Poll::Ready(Ok(()));
        }
        self.step = Step::Waiting(ticket);
        Poll::Pending
    }
}

impl<T, B> Future for Push<'_, T, B> {
    type Output = Result<(), T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let this = self.get_mut();
        match mem::replace(&mut this.step, Step::Done) {
            // The caller has found the mailbox full: one lock decides whether it still is.
            Step::New(item) => this.block(item, cx),
            Step::Waiting(ticket) => this.look_again(ticket, cx),
            Step::Done => panic!("a send was polled after it was over"),
        }
    }
}

impl<T, B> Drop for Push<'_, T, B> {
    fn drop(&mut self) {
        // Outside the lock: the item may run user code when it is dropped.
        drop(self.take_back());
    }
}
