//! `Ask`, the future of an ask: sends the message, then waits for the answer. `rt/deadline.rs` is its time limit.

use crate::{
    actor::{
        declare::{Actor, HandledBy, Variants},
        send::Sending,
        shared::{
            ActorRef, AnyCell, SendOrigin, Sent, WatchedAsk, actor_waits, end_waits, name_of, start_waits,
        },
    },
    reply::{self, Answer, AskError, Asked, Cause, PanicText, Unanswered},
    rt::Deadline,
    sync::Arc,
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
        send: Sending<'t, A>,
        step: Step,
        answer: Answer<R>,
        variant: u16,
        // `Duration::MAX` is no limit. `None` is the limit of the system, which is read when the ask has to wait.
        limit: Option<Duration>,
        rest: Rest,
        #[pin]
        late: Deadline,
    }
}

/// What few asks have to keep while they wait.
#[derive(Default)]
struct Rest(Option<Box<RareState>>);

impl Drop for Rest {
    #[inline]
    fn drop(&mut self) {
        if self.0.is_some() {
            drop_rare(self);
        }
    }
}

#[cold]
fn drop_rare(rest: &mut Rest) {
    drop(rest.0.take());
}

#[derive(Default)]
struct RareState {
    /// The ask as an edge of the search for a circle of waits around a start.
    watched: Option<WatchedAsk>,
    /// The handler panicked: the ask waits for the text.
    panicked: Option<PanicText>,
}

enum Step {
    Sending,
    /// An actor asks itself: it would wait for its own answer.
    SelfAsk,
    Sent,
}

impl<'t, A: Actor, R> Ask<'t, A, R> {
    #[inline]
    pub(crate) fn new<M: HandledBy<A, Reply = R>>(
        to: &'t ActorRef<A>,
        message: M,
        origin: SendOrigin,
    ) -> Self {
        let (slot, answer) = reply::pair();
        let message = message.wrap(slot);
        let variant = message.number();
        let send = Sending::new(to, message, origin, true);
        Ask {
            send,
            step: Step::Sending,
            answer,
            variant,
            limit: None,
            rest: Rest::default(),
            late: Deadline::New,
        }
    }
}

impl<A: Actor, R> Ask<'_, A, R> {
    /// Sets the age up to which the message may be handled. An older message becomes a dead letter, and the asker gets
    /// [`AskError::Expired`].
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.send.set_ttl(ttl);
        self
    }

    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    pub(crate) fn of_itself(mut self) -> Self {
        self.step = Step::SelfAsk;
        self
    }
}

/// The recipient and the message, for an error.
#[cold]
fn asked<A: Actor>(send: &Sending<'_, A>, variant: u16, limit: Option<Duration>) -> Asked {
    let message = name_of::<A>(variant);
    let limit = limit.unwrap_or_else(|| send.ask_timeout());
    Asked {
        actor: A::NAME,
        target: send.recipient().into(),
        message,
        timeout: (limit != Duration::MAX).then_some(limit),
    }
}

/// Polls for the error of an ask without an answer. After a panic of the handler its text comes a moment later, in the same poll of the
/// actor; meanwhile the closed channel of the answer is polled again.
#[cold]
fn poll_unanswered<A: Actor>(
    unanswered: Unanswered,
    rest: &mut Rest,
    late: Pin<&mut Deadline>,
    send: &Sending<'_, A>,
    variant: u16,
    limit: Option<Duration>,
    cx: &mut Context<'_>,
) -> Poll<AskError> {
    let waits_for = &mut rest.0.get_or_insert_default().panicked;
    let cause = match (unanswered, waits_for) {
        (Unanswered::Panicked(text), waits_for) => Pin::new(waits_for.insert(text)).poll(cx),
        (Unanswered::Cause(_), Some(text)) => Pin::new(text).poll(cx),
        (Unanswered::Cause(cause), None) => Poll::Ready(cause),
    };
    match cause {
        Poll::Ready(cause) => Poll::Ready(no_answer(send, variant, limit, cause)),
        Poll::Pending => poll_limit(late, send, variant, limit, cx),
    }
}

/// See `start_waits::poll_ask`.
#[cold]
fn poll_watched(rest: &mut Rest, target: &dyn AnyCell, cx: &mut Context<'_>) -> Option<Arc<str>> {
    start_waits::poll_ask(&mut rest.0.get_or_insert_default().watched, target, cx)
}

/// The error of an ask that ended with `cause`.
#[cold]
fn no_answer<A: Actor>(
    send: &Sending<'_, A>,
    variant: u16,
    limit: Option<Duration>,
    cause: Cause,
) -> AskError {
    match AskError::new(cause, asked(send, variant, limit)) {
        AskError::Stopped(asked, None) => AskError::Stopped(asked, send.end_reason()),
        error => error,
    }
}

/// The error of an ask whose recipient waits for the end of the asker, or for its start, which `of_starts` looks for.
#[cold]
fn circle<A: Actor>(
    send: &Sending<'_, A>,
    variant: u16,
    limit: Option<Duration>,
    of_starts: &mut dyn FnMut(&dyn AnyCell) -> Option<Arc<str>>,
) -> Option<AskError> {
    let target = send.target();
    if end_waits::waits_for_current(target) {
        return Some(AskError::EndCycle(asked(send, variant, limit)));
    }
    of_starts(target).map(|circle| AskError::StartCycle(asked(send, variant, limit), circle))
}

impl<A: Actor, R> Future for Ask<'_, A, R> {
    type Output = Result<R, AskError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        // `variant` and `limit` are read where they are needed: the poll that finds the answer needs neither.
        if !matches!(this.step, Step::Sent) {
            if matches!(this.step, Step::SelfAsk) || this.send.is_to_itself() {
                return Poll::Ready(Err(AskError::SelfAsk(asked(this.send, *this.variant, *this.limit))));
            }
            if *this.limit == Some(Duration::ZERO) {
                return Poll::Ready(Err(AskError::Timeout(asked(this.send, *this.variant, *this.limit))));
            }
            if actor_waits::is_any() {
                let find = &mut start_waits::circle_of_starts;
                if let Some(error) = circle(this.send, *this.variant, *this.limit, find) {
                    return Poll::Ready(Err(error));
                }
            }
            match this.send.poll(cx) {
                Poll::Pending => {
                    if actor_waits::is_any() {
                        let find = &mut |target: &dyn AnyCell| poll_watched(this.rest, target, cx);
                        if let Some(error) = circle(this.send, *this.variant, *this.limit, find) {
                            *this.step = Step::Sent;
                            drop(this.send.abandon());
                            return Poll::Ready(Err(error));
                        }
                    }
                    let late = poll_limit(this.late, this.send, *this.variant, *this.limit, cx).map(Err);
                    if late.is_ready() {
                        // Abandoned while it waited for capacity, the message is not sent any more.
                        *this.step = Step::Sent;
                        drop(this.send.abandon());
                    }
                    return late;
                }
                // The transport lost the message and its reply slot.
                Poll::Ready(Err(error)) => {
                    return Poll::Ready(Err(no_answer(this.send, *this.variant, *this.limit, error.cause())));
                }
                // If it was dropped, the reply slot has the cause already.
                Poll::Ready(Ok(Sent::Queued | Sent::Dropped)) => *this.step = Step::Sent,
            }
        }
        match Pin::new(this.answer).poll(cx) {
            Poll::Ready(Ok(reply)) => Poll::Ready(Ok(reply)),
            Poll::Ready(Err(unanswered)) => {
                poll_unanswered(unanswered, this.rest, this.late, this.send, *this.variant, *this.limit, cx)
                    .map(Err)
            }
            Poll::Pending => {
                if actor_waits::is_any() {
                    let find = &mut |target: &dyn AnyCell| poll_watched(this.rest, target, cx);
                    if let Some(error) = circle(this.send, *this.variant, *this.limit, find) {
                        return Poll::Ready(Err(error));
                    }
                }
                poll_limit(this.late, this.send, *this.variant, *this.limit, cx).map(Err)
            }
        }
    }
}

/// Polls the time limit, only once the ask has something to wait for.
#[inline]
fn poll_limit<A: Actor>(
    late: Pin<&mut Deadline>,
    send: &Sending<'_, A>,
    variant: u16,
    limit: Option<Duration>,
    cx: &mut Context<'_>,
) -> Poll<AskError> {
    let end = limit.unwrap_or_else(|| send.ask_timeout());
    if end == Duration::MAX {
        return Poll::Pending;
    }
    late.poll(end, || send.runtime(), cx).map(|()| AskError::Timeout(asked(send, variant, limit)))
}

impl<A: Actor, R> fmt::Debug for Ask<'_, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ask({} {})", A::NAME, self.send.recipient())
    }
}
