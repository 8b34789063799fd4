//! Catches a panic or a kill of user code: the guard around each poll of an actor.

use crate::{
    actor::{
        declare::Actor,
        shared::{Cell, CurrentActor, Exit},
    },
    observe::SuspendedSpan,
    reply::{Fault, KilledHandlerScope, PanicAskers},
    rt::{self, BoxFuture, PollEnd},
};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

pin_project_lite::pin_project! {
    /// A guard around user code: it catches a panic, and ends the code at its next poll after a kill.
    ///
    /// While the code waits, the guard releases the capacity of handled messages. It drops the code inside the guard as well,
    /// because dropping runs user code, too. It guards the poll of the whole run loop, not each message, so a message costs
    /// nothing more.
    pub(crate) struct Guarded<'a, F, C: ?Sized> {
        #[pin]
        future: Option<F>,
        cell: &'a C,
        // Of the message that the code handles, while it waits.
        span: SuspendedSpan,
    }

    impl<F, C: ?Sized> PinnedDrop for Guarded<'_, F, C> {
        // The task is dropped, with its runtime: to an asker this is a kill.
        fn drop(this: Pin<&mut Self>) {
            let mut future = this.project().future;
            if future.is_some() {
                let _given_up = KilledHandlerScope::begin();
                rt::catch(|| future.set(None));
            }
        }
    }
}

/// The guard around a hook, which is boxed: compiled once, not for each actor type.
pub(crate) type GuardedHook<'a, T> = Guarded<'a, BoxFuture<'a, T>, dyn GuardedCell + 'a>;

/// What the guard needs of the cell of the actor.
pub(crate) trait GuardedCell: Sync {
    /// See `Cell::identity`.
    fn identity(&self) -> usize;
    fn is_killed(&self) -> bool;
    /// See `Mailbox::release_capacity`.
    fn release_capacity(&self, waker: &Waker);
    fn set_waker(&self, waker: Option<&Waker>);
    /// Sets the waker that a stop wakes between two incarnations. A stop that has arrived is answered: no incarnation runs.
    fn poll_between_incarnations(&self, waker: &Waker, idle: bool);
}

impl<A: Actor> GuardedCell for Cell<A> {
    #[inline]
    fn identity(&self) -> usize {
        Cell::identity(self)
    }

    #[inline]
    fn is_killed(&self) -> bool {
        self.mailbox.is_killed()
    }

    #[inline]
    fn release_capacity(&self, waker: &Waker) {
        self.mailbox.release_capacity(waker);
    }

    fn set_waker(&self, waker: Option<&Waker>) {
        self.mailbox.set_waker(waker);
    }

    fn poll_between_incarnations(&self, waker: &Waker, idle: bool) {
        if self.mailbox.poll_between_incarnations(waker, idle) {
            let reason = self.stop_reason();
            self.mailbox.reopen();
            self.incarnation_ended(&Exit { reason, hook: None });
        }
    }
}

/// A cell whose code a kill does not end: `post_stop` runs after a kill as well.
pub(crate) struct Unkillable<'a>(pub(crate) &'a dyn GuardedCell);

impl GuardedCell for Unkillable<'_> {
    fn identity(&self) -> usize {
        self.0.identity()
    }

    fn is_killed(&self) -> bool {
        false
    }

    fn release_capacity(&self, waker: &Waker) {
        self.0.release_capacity(waker);
    }

    fn set_waker(&self, waker: Option<&Waker>) {
        self.0.set_waker(waker);
    }

    fn poll_between_incarnations(&self, waker: &Waker, idle: bool) {
        self.0.poll_between_incarnations(waker, idle);
    }
}

/// The reason why guarded code did not run to its end.
pub(crate) enum Interrupt {
    Panicked(Fault),
    Killed,
}

/// Leaves the span of the message. If the code has ended without a panic, it has caught the panic itself for whose text askers wait:
/// they are notified without it.
#[cold]
fn end_poll(span: &mut SuspendedSpan, identity: usize, succeeded: bool) {
    span.leave(identity);
    if succeeded {
        drop(PanicAskers::take(identity));
    }
}

impl<'a, F, C: ?Sized> Guarded<'a, F, C> {
    pub(crate) fn new(future: F, cell: &'a C) -> Self {
        Guarded { future: Some(future), cell, span: SuspendedSpan::default() }
    }
}

impl<F: Future, C: GuardedCell + ?Sized> Future for Guarded<'_, F, C> {
    type Output = Result<F::Output, Interrupt>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if this.cell.is_killed() {
            let _given_up = KilledHandlerScope::begin();
            rt::catch(|| this.future.set(None));
            return Poll::Ready(Err(Interrupt::Killed));
        }
        let Some(mut future) = this.future.as_mut().as_pin_mut() else { return Poll::Pending };
        let mut poll = Poll::Pending;
        let identity = this.cell.identity();
        let current = CurrentActor::enter(identity);
        this.span.enter(identity);
        let caught = rt::catch_unwind(&mut || poll = future.as_mut().poll(cx));
        if PollEnd::has_work() {
            end_poll(this.span, identity, caught.is_ok());
        }
        drop(current);
        let interrupt = match (caught, poll) {
            (Ok(()), Poll::Pending) => {
                this.cell.release_capacity(cx.waker());
                return Poll::Pending;
            }
            (Ok(()), Poll::Ready(output)) => Ok(output),
            (Err(payload), _) => {
                Err(Interrupt::Panicked(Fault::from_panic(payload, PanicAskers::take(identity))))
            }
        };
        rt::catch(|| this.future.set(None));
        Poll::Ready(interrupt)
    }
}
