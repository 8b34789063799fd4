//! `Ask`, the future of an ask: sends the message, then waits for the answer. `rt/deadline.rs` is its time limit.

use crate::{
    actor::{
        declare::{Actor, HandledBy},
        send::{Delivery, SendOrigin},
        shared::{ActorRef, Cell, Sent, name_of},
    },
    reply::{self, Answer, AskError, Asked, Cause},
    rt::Deadline,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

pin_project_lite::pin_project! {
    /// The future of an `ask`: the answer.
    ///
    /// The time limit counts from the first poll and covers the wait for mailbox capacity. It never ends early. A limit below
    /// a second is as exact as the timers of the runtime; a longer one may end up to a 64th of a second late. On a paused
    /// clock (`start_paused` of tokio) each limit is exact. In a runtime with worker threads the first ask that has to wait
    /// starts a thread of the process, `airssys-rounds`, which sleeps while no ask waits.
    ///
    /// # Errors
    ///
    /// See [`AskError`].
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped after the mailbox has accepted the message, the message is handled and its answer is
    /// discarded. If it is dropped before that, the message is dropped with it.
    #[must_use = "nothing is sent until it is awaited"]
    pub struct Ask<'t, A: Actor, R> {
        to: &'t Cell<A>,
        step: Step<'t, A>,
        answer: Answer<R>,
        variant: u16,
        // `Duration::MAX` is no limit.
        limit: Duration,
        #[pin]
        late: Deadline,
    }
}

enum Step<'t, A: Actor> {
    Sending(Delivery<'t, A>),
    /// An actor asks itself: it would wait for its own answer.
    SelfAsk,
    Sent,
}

impl<'t, A: Actor, R: Send + 'static> Ask<'t, A, R> {
    #[inline]
    pub(crate) fn new<M: HandledBy<A, Reply = R>>(
        to: &'t ActorRef<A>,
        message: M,
        origin: SendOrigin,
    ) -> Self {
        let (slot, answer) = reply::pair();
        let message = message.wrap(slot);
        let variant = A::variant(&message);
        let step = Step::Sending(Delivery::new(message, origin, true));
        Ask { to: &to.0, step, answer, variant, limit: to.0.kind.settings.ask_timeout, late: Deadline::New }
    }
}

impl<A: Actor, R> Ask<'_, A, R> {
    /// Sets the age up to which the message may be handled. An older message becomes a dead letter, and the asker gets
    /// [`AskError::Expired`].
    pub fn ttl(mut self, ttl: Duration) -> Self {
        if let Step::Sending(delivery) = &mut self.step {
            delivery.set_ttl(ttl);
        }
        self
    }

    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    pub(crate) fn of_itself(mut self) -> Self {
        self.step = Step::SelfAsk;
        self
    }
}

/// The recipient and the message, for an error.
#[cold]
fn asked<A: Actor>(to: &Cell<A>, variant: u16, limit: Duration) -> Asked {
    let message = name_of::<A>(variant);
    Asked {
        actor: A::NAME,
        target: to.id.into(),
        message,
        timeout: (limit != Duration::MAX).then_some(limit),
    }
}

impl<'t, A: Actor> Step<'t, A> {
    /// Ready when the message is in the mailbox.
    #[inline]
    fn poll(&mut self, to: &'t Cell<A>, cx: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        let Step::Sending(delivery) = self else { return Poll::Ready(Ok(())) };
        match delivery.poll(to, cx) {
            Poll::Pending => Poll::Pending,
            // If it was dropped, the reply slot has the cause already.
            Poll::Ready(Ok(Sent::Queued | Sent::Dropped)) => {
                *self = Step::Sent;
                Poll::Ready(Ok(()))
            }
            // The transport lost the message and its reply slot.
            Poll::Ready(Err(error)) => Poll::Ready(Err(error.cause())),
        }
    }
}

impl<A: Actor, R> Future for Ask<'_, A, R> {
    type Output = Result<R, AskError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let (to, variant, limit) = (*this.to, *this.variant, *this.limit);
        if !matches!(this.step, Step::Sent) {
            if matches!(this.step, Step::SelfAsk) {
                return Poll::Ready(Err(AskError::SelfAsk(asked(to, variant, limit))));
            }
            if limit.is_zero() {
                return Poll::Ready(Err(AskError::Timeout(asked(to, variant, limit))));
            }
            match this.step.poll(to, cx) {
                Poll::Pending => {
                    let late = poll_limit(this.late, to, variant, limit, cx);
                    if late.is_ready() {
                        // Abandoned while it waited for capacity, the message is not sent any more.
                        *this.step = Step::Sent;
                    }
                    return late;
                }
                Poll::Ready(Err(cause)) => {
                    return Poll::Ready(Err(AskError::new(cause, asked(to, variant, limit))));
                }
                Poll::Ready(Ok(())) => {}
            }
        }
        match Pin::new(this.answer).poll(cx) {
            Poll::Ready(Ok(reply)) => Poll::Ready(Ok(reply)),
            Poll::Ready(Err(cause)) => Poll::Ready(Err(AskError::new(cause, asked(to, variant, limit)))),
            Poll::Pending => poll_limit(this.late, to, variant, limit, cx),
        }
    }
}

/// Polls the time limit, only once the ask has something to wait for.
#[inline]
fn poll_limit<A: Actor, R>(
    late: Pin<&mut Deadline>,
    to: &Cell<A>,
    variant: u16,
    limit: Duration,
    cx: &mut Context<'_>,
) -> Poll<Result<R, AskError>> {
    if limit == Duration::MAX {
        return Poll::Pending;
    }
    late.poll(limit, cx).map(|()| Err(AskError::Timeout(asked(to, variant, limit))))
}

impl<A: Actor, R> fmt::Debug for Ask<'_, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ask({} {})", A::NAME, self.to.id)
    }
}
