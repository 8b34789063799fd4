use crate::{
    actor::{declare::Actor, shared::Cell},
    reply::{Fault, KilledHandlerScope},
};
use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

pin_project_lite::pin_project! {
    /// Runs code of the user's: a panic is caught, a kill ends it at its next wait, and while it waits the mailbox
    /// gives its room back. The code is dropped in here as well, for that is code of the user's, too.
    ///
    /// It stands around the poll of the whole loop, not around each message, so it costs nothing there.
    pub(crate) struct Guarded<'a, F, A: Actor> {
        #[pin]
        future: Option<F>,
        cell: &'a Cell<A>,
        // Not in `post_stop`, which runs after a kill as well.
        may_be_killed: bool,
    }
}

/// Why guarded code did not come to its end.
pub(crate) enum Interrupt {
    Panicked(Fault),
    Killed,
}

impl<'a, F, A: Actor> Guarded<'a, F, A> {
    pub(crate) fn new(future: F, cell: &'a Cell<A>) -> Self {
        Guarded { future: Some(future), cell, may_be_killed: true }
    }

    pub(crate) fn last(future: F, cell: &'a Cell<A>) -> Self {
        Guarded { future: Some(future), cell, may_be_killed: false }
    }
}

impl<F: Future, A: Actor> Future for Guarded<'_, F, A> {
    type Output = Result<F::Output, Interrupt>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if *this.may_be_killed && this.cell.mailbox.is_killed() {
            let _given_up = KilledHandlerScope::begin();
            let _ = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
            return Poll::Ready(Err(Interrupt::Killed));
        }
        let Some(future) = this.future.as_mut().as_pin_mut() else { return Poll::Pending };
        let interrupt = match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(Poll::Pending) => {
                this.cell.mailbox.release_capacity(cx.waker());
                return Poll::Pending;
            }
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(Interrupt::Panicked(Fault::from_panic(payload))),
        };
        let _ = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
        Poll::Ready(interrupt)
    }
}
