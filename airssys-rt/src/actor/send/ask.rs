use crate::{
    actor::{
        declare::{Actor, HandledBy},
        send::{Delivery, SendOrigin},
        shared::{ActorRef, Cell, Sent, name_of, refusal},
    },
    reply::{self, Answer, AskError, Asked, Refusal},
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
    /// The time limit counts from the first poll and covers the wait for room in the mailbox. It is never early. A limit
    /// below a second is as exact as the timers of the runtime, a longer one up to a 64th of a second late; on a clock
    /// that stands still (`start_paused` of tokio) each is exact. In a runtime with worker threads the first one that has to
    /// wait starts a thread of the program, `airssys-rounds`, which sleeps while nobody waits.
    ///
    /// # Errors
    ///
    /// See [`AskError`].
    ///
    /// # Cancel safety
    ///
    /// Once the message is in the mailbox it is handled all the same; its answer is dropped. Before, it is dropped
    /// with the future.
    #[must_use = "nothing is sent until it is awaited"]
    pub struct Ask<'t, A: Actor, R> {
        to: &'t Cell<A>,
        step: Step<'t, A>,
        answer: Answer<R>,
        variant: u16,
        // `Duration::MAX`: no limit
        limit: Duration,
        #[pin]
        late: Deadline,
    }
}

enum Step<'t, A: Actor> {
    Sending(Delivery<'t, A>),
    /// An actor that asks itself waits for itself.
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
    /// How old the message may be when it is handled. Older, it is a dead letter and the asker hears so.
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

/// Whom was asked what, for an error.
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
    fn poll(&mut self, to: &'t Cell<A>, cx: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        let Step::Sending(delivery) = self else { return Poll::Ready(Ok(())) };
        match delivery.poll(to, cx) {
            Poll::Pending => Poll::Pending,
            // Dropped, the slot already says why.
            Poll::Ready(Ok(Sent::Queued | Sent::Dropped)) => {
                *self = Step::Sent;
                Poll::Ready(Ok(()))
            }
            // The message is lost: there is nobody left who could refuse it.
            Poll::Ready(Err(error)) => Poll::Ready(Err(refusal(error.reason()))),
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
                        // Given up while it waited for room, the message is not sent any more.
                        *this.step = Step::Sent;
                    }
                    return late;
                }
                Poll::Ready(Err(refusal)) => {
                    return Poll::Ready(Err(AskError::new(refusal, asked(to, variant, limit))));
                }
                Poll::Ready(Ok(())) => {}
            }
        }
        match Pin::new(this.answer).poll(cx) {
            Poll::Ready(Ok(reply)) => Poll::Ready(Ok(reply)),
            Poll::Ready(Err(refusal)) => Poll::Ready(Err(AskError::new(refusal, asked(to, variant, limit)))),
            Poll::Pending => poll_limit(this.late, to, variant, limit, cx),
        }
    }
}

/// The time counts only once there is something to wait for.
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
