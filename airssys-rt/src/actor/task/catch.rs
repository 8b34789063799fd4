//! Catches a panic or a kill of user code: the guard around each poll of an actor.

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
    /// A guard around user code: it catches a panic, and ends the code at its next poll after a kill.
    ///
    /// While the code waits, the guard releases the capacity of handled messages. It drops the code inside the guard as well,
    /// because dropping runs user code, too. It guards the poll of the whole run loop, not each message, so a message costs
    /// nothing more.
    pub(crate) struct Guarded<'a, F, A: Actor> {
        #[pin]
        future: Option<F>,
        cell: &'a Cell<A>,
        // `false` for `post_stop`, which runs after a kill as well.
        killable: bool,
    }
}

/// The reason why guarded code did not run to its end.
pub(crate) enum Interrupt {
    Panicked(Fault),
    Killed,
}

impl<'a, F, A: Actor> Guarded<'a, F, A> {
    pub(crate) fn new(future: F, cell: &'a Cell<A>) -> Self {
        Guarded { future: Some(future), cell, killable: true }
    }

    /// Guards code that a kill does not end.
    pub(crate) fn unkillable(future: F, cell: &'a Cell<A>) -> Self {
        Guarded { future: Some(future), cell, killable: false }
    }
}

impl<F: Future, A: Actor> Future for Guarded<'_, F, A> {
    type Output = Result<F::Output, Interrupt>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if *this.killable && this.cell.mailbox.is_killed() {
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
