//! `Tell` and `TellTimeout`, the futures of a tell: ready when the message is in the mailbox; and `try_tell`.

use crate::{
    actor::{
        declare::{Actor, HandledBy},
        send::Sending,
        shared::{Abandoned, ActorRef, Outgoing, SendError, SendOrigin, Sent},
    },
    reply::ReplySlot,
    rt::{self, Sleep},
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

// Named futures without the bounds of the methods that make them: an `impl Future` would repeat a violated bound at the call
// and at `.await`.

/// The future of a `tell`: ready when the message is in the mailbox.
///
/// A message that a mailbox has accepted and that will not be handled, and one that is [`Dropped`](crate::actor::Sent::Dropped), is a
/// [dead letter](crate::broker::dead_letters): the message is dropped there, with what it owns, unless its type has the key `keep_payload`.
///
/// # Errors
///
/// See [`SendError`]; the message comes back.
///
/// # Cancel safety
///
/// If the future is dropped before it is ready, the message has been sent or is dropped with it; nothing else is lost.
#[must_use = "nothing is sent until it is awaited"]
pub struct Tell<'t, A: Actor, M> {
    send: Sending<'t, A>,
    back: fn(A::Message) -> Option<M>,
}

// No field is pinned.
impl<A: Actor, M> Unpin for Tell<'_, A, M> {}

impl<'t, A: Actor, M> Tell<'t, A, M> {
    #[inline]
    pub(crate) fn new(to: &'t ActorRef<A>, message: M, origin: SendOrigin) -> Self
    where
        M: HandledBy<A>,
    {
        let send = Sending::new(to, message.wrap(ReplySlot::EMPTY), origin, false);
        Tell { send, back: back::<A, M> }
    }
}

/// Takes the message out; a tell has no reply slot.
fn back<A: Actor, M: HandledBy<A>>(message: A::Message) -> Option<M> {
    M::unwrap(message).map(|(message, _)| message)
}

impl<A: Actor, M> Tell<'_, A, M> {
    /// Sets the age up to which the message may be handled. An older message becomes a dead letter.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.send.set_ttl(ttl);
        self
    }
}

impl<A: Actor, M> Future for Tell<'_, A, M> {
    type Output = Result<Sent, SendError<M>>;

    // Always inlined: otherwise the message, which the caller has just written, is read back before the writes have
    // completed, and a tell takes half as long again.
    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.send.poll(cx).map_err(|error| error.and_then(this.back))
    }
}

impl<A: Actor, M> fmt::Debug for Tell<'_, A, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tell({} {})", A::NAME, self.send.recipient())
    }
}

#[inline]
pub(crate) fn try_tell<A: Actor, M: HandledBy<A>>(
    to: &ActorRef<A>,
    message: M,
    origin: SendOrigin,
) -> Result<Sent, SendError<M>> {
    let outgoing = Outgoing::new(message.wrap(ReplySlot::EMPTY), origin.waits(false), false);
    to.endpoint().try_send(outgoing).map_err(|error| error.and_then(back::<A, M>))
}

pin_project_lite::pin_project! {
    /// The future of a `tell_timeout`: waits for mailbox capacity for a limited time.
    ///
    /// # Errors
    ///
    /// [`SendError::Timeout`] if the mailbox stayed full for that long, and each error of a `tell`; the message comes back.
    ///
    /// # Cancel safety
    ///
    /// As [`Tell`].
    #[must_use = "nothing is sent until it is awaited"]
    pub struct TellTimeout<'t, A: Actor, M> {
        tell: Tell<'t, A, M>,
        limit: Duration,
        begun: bool,
        #[pin]
        timer: Option<Sleep>,
    }
}

impl<'t, A: Actor, M> TellTimeout<'t, A, M> {
    pub(crate) fn new(tell: Tell<'t, A, M>, limit: Duration) -> Self {
        TellTimeout { tell, limit, begun: false, timer: None }
    }
}

impl<A: Actor, M> Future for TellTimeout<'_, A, M> {
    type Output = Result<Sent, SendError<M>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if !std::mem::replace(this.begun, true) {
            if let Some(end) = rt::now().checked_add(*this.limit) {
                // On the path through a broker, the delivery gives the message back at that time.
                this.tell.send.set_end(end);
            }
        }
        let mut sent = Pin::new(&mut *this.tell).poll(cx);
        if sent.is_pending() && this.timer.is_none() {
            this.timer.set(Some(rt::sleep_in(|| this.tell.send.runtime(), *this.limit)));
        }
        let late = this.timer.as_mut().as_pin_mut().is_some_and(|timer| timer.poll(cx).is_ready());
        if late && sent.is_pending() {
            // The mailbox gives the message back at the same instant: it may have done so since the poll above.
            sent = Pin::new(&mut *this.tell).poll(cx);
        }
        match sent {
            Poll::Pending if late => Poll::Ready(match this.tell.send.abandon() {
                Abandoned::Returned(message) => {
                    Err((this.tell.back)(message).map_or(SendError::Lost, SendError::Timeout))
                }
                Abandoned::Accepted => Ok(Sent::Queued),
                // A broker that has taken the message does not give it back.
                Abandoned::WithBroker => Err(SendError::Lost),
            }),
            sent => sent,
        }
    }
}

impl<A: Actor, M> fmt::Debug for TellTimeout<'_, A, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TellTimeout").field("tell", &self.tell).field("limit", &self.limit).finish()
    }
}
