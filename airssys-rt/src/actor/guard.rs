use crate::{mailbox::Mailbox, reply::Fault};
use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

/// Runs code of the user's: a panic is caught, a kill ends it at its next wait, and while it waits the mailbox
/// announces its room.
///
/// It stands around the poll of the whole loop, not around each message, so it costs nothing there.
pub(crate) struct Guarded<'a, F, T> {
    future: Pin<&'a mut F>,
    mailbox: &'a Mailbox<T>,
    /// Not in `post_stop`, which runs after a kill as well.
    may_be_killed: bool,
}

/// Why guarded code did not come to its end.
pub(crate) enum Interrupt {
    Panicked(Fault),
    Killed,
}

impl<'a, F, T> Guarded<'a, F, T> {
    pub(crate) fn new(future: Pin<&'a mut F>, mailbox: &'a Mailbox<T>) -> Self {
        Guarded { future, mailbox, may_be_killed: true }
    }

    pub(crate) fn last(future: Pin<&'a mut F>, mailbox: &'a Mailbox<T>) -> Self {
        Guarded { future, mailbox, may_be_killed: false }
    }
}

impl<F: Future, T> Future for Guarded<'_, F, T> {
    type Output = Result<F::Output, Interrupt>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.may_be_killed && self.mailbox.is_killed() {
            return Poll::Ready(Err(Interrupt::Killed));
        }
        match catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(cx))) {
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Ok(Poll::Pending) => {
                self.mailbox.pause();
                Poll::Pending
            }
            Err(payload) => Poll::Ready(Err(Interrupt::Panicked(Fault::from_panic(&*payload)))),
        }
    }
}
