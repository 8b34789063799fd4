//! The delivery of one tell or ask: the choice between the direct path into the mailbox and the broker.

use crate::{
    actor::{
        declare::Actor,
        send::{NotAdmitted, SendResult, Waiting, yields},
        shared::{Cell, Queued, SendError, Sent, Tag, name_of},
    },
    broker::{MaybeReady, Undeliverable},
    envelope::{MetaFields, WaitPolicy},
    id::{ActorId, CorrelationId},
    reply::Cause,
    rt::{self, BoxFuture, Instant},
    sync::{Arc, AtomicBool, Relaxed},
};
use std::{
    future::Future,
    mem,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

/// The sender of a message, and how it sends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SendOrigin {
    /// `None`: outside the actors. Such a message is refused once the system shuts down.
    sender: Option<ActorId>,
    /// The conversation of the message that the sender handles, if that message is observed.
    correlation: Option<CorrelationId>,
    /// Whether the sender waits for capacity. An actor does not wait for itself.
    waits: bool,
}

impl SendOrigin {
    pub(crate) const OUTSIDE: Self = SendOrigin { sender: None, correlation: None, waits: true };

    #[inline]
    fn options(self) -> Option<Box<SendOptions>> {
        self.correlation.map(|correlation| {
            Box::new(SendOptions { correlation: Some(correlation), ..SendOptions::default() })
        })
    }

    #[inline]
    pub(crate) fn actor(id: ActorId, correlation: Option<CorrelationId>) -> Self {
        SendOrigin { sender: Some(id), correlation, waits: true }
    }

    #[inline]
    pub(crate) fn waits(self, waits: bool) -> Self {
        SendOrigin { waits, ..self }
    }
}

/// The state of one send: it takes the direct path into the mailbox, or the path through the broker.
pub(crate) enum Delivery<'t, A: Actor> {
    /// `None` once the send is over.
    Unsent(Option<Unsent<A>>),
    Waiting(Waiting<'t, A>),
    Broker(BoxFuture<'static, SendResult<A>>),
    /// The message is in the mailbox, and the sender yields to other tasks.
    Yield,
}

/// Where the message of an abandoned send is.
pub(crate) enum Abandoned<M> {
    Returned(M),
    /// In the mailbox.
    Accepted,
    WithBroker,
}

const OVER: &str = "a send was polled after it was over";

/// A message before it is sent. Small: it is moved in every send.
pub(crate) struct Unsent<A: Actor> {
    message: A::Message,
    sender: Option<ActorId>,
    /// Absent in a plain tell or ask.
    options: Option<Box<SendOptions>>,
    request: bool,
    /// Whether the sender waits for capacity, with or without a limit.
    waits: bool,
}

/// What a sender says about a message besides its own id.
#[derive(Default)]
struct SendOptions {
    correlation: Option<CorrelationId>,
    ttl: Option<Duration>,
    /// When a waiting sender gives up.
    end: Option<Instant>,
}

impl<A: Actor> Unsent<A> {
    fn wait(&self) -> WaitPolicy {
        if !self.waits {
            return WaitPolicy::Never;
        }
        self.options.as_ref().and_then(|options| options.end).map_or(WaitPolicy::Forever, WaitPolicy::Until)
    }

    fn meta_fields(&self, to: &Cell<A>) -> MetaFields {
        let options = self.options.as_deref();
        MetaFields {
            sender: self.sender,
            recipient: Some(to.id),
            correlation: options.and_then(|options| options.correlation),
            ttl: options.and_then(|options| options.ttl),
            wait: self.wait(),
            request: self.request,
            detached: None,
        }
    }

    /// The entry for the mailbox, on the direct path.
    fn queued(self, to: &Cell<A>) -> Queued<A::Message> {
        // Without observers only a message with a TTL needs metadata: its age.
        let ages = self.options.as_ref().is_some_and(|options| options.ttl.is_some());
        let tag = ages.then(|| to.kind.host()).flatten().map(|host| {
            let name = name_of::<A>(A::variant(&self.message));
            to.kind.metadata.insert(host.metadata(name, self.meta_fields(to)))
        });
        Queued { tag: tag.unwrap_or(Tag::of_sender(self.sender)), message: self.message }
    }
}

impl<'t, A: Actor> Delivery<'t, A> {
    #[inline]
    pub(crate) fn new(message: A::Message, origin: SendOrigin, request: bool) -> Self {
        let SendOrigin { sender, waits, .. } = origin;
        Delivery::Unsent(Some(Unsent { message, sender, options: origin.options(), request, waits }))
    }

    pub(crate) fn set_end(&mut self, end: Instant) {
        if let Delivery::Unsent(Some(unsent)) = self {
            unsent.options.get_or_insert_default().end = Some(end);
        }
    }

    pub(crate) fn set_ttl(&mut self, ttl: Duration) {
        if let Delivery::Unsent(Some(unsent)) = self {
            unsent.options.get_or_insert_default().ttl = Some(ttl);
        }
    }

    // Always inlined, as is what it calls on the direct path: a call costs a tell 5 %.
    #[inline(always)]
    pub(crate) fn poll(&mut self, to: &'t Cell<A>, cx: &mut Context<'_>) -> Poll<SendResult<A>> {
        // Taken out, not replaced: only the message is moved.
        let Delivery::Unsent(unsent) = self else { return self.resume(cx) };
        let unsent = unsent.take().expect(OVER);
        if !to.kind.is_direct() || unsent.options.is_some() {
            return self.send_indirect(to, unsent, cx);
        }
        let queued = Queued { message: unsent.message, tag: Tag::of_sender(unsent.sender) };
        let wait = if unsent.waits { WaitPolicy::Forever } else { WaitPolicy::Never };
        self.push_direct(to, queued, wait, unsent.request, cx)
    }

    #[inline(always)]
    fn push_direct(
        &mut self,
        to: &'t Cell<A>,
        queued: Queued<A::Message>,
        wait: WaitPolicy,
        request: bool,
        cx: &mut Context<'_>,
    ) -> Poll<SendResult<A>> {
        match to.mailbox.try_push(queued) {
            Ok(queued) if yields(queued) => {
                *self = Delivery::Yield;
                self.resume(cx)
            }
            Ok(_) => Poll::Ready(Ok(Sent::Queued)),
            Err(error) => match to.not_admitted(error, wait) {
                NotAdmitted::Wait(queued) => {
                    *self = Delivery::Waiting(Waiting::new(to, queued).for_request(request));
                    self.resume(cx)
                }
                NotAdmitted::Refused(reason, queued) => {
                    let returns = !request && !reason.is_dropped();
                    Poll::Ready(to.kind.reject(reason.cause(), queued, Some(to.id), returns))
                }
            },
        }
    }

    /// Sends through the broker, or a message with options into the mailbox, or refuses a message because the system shuts down.
    #[cold]
    fn send_indirect(
        &mut self,
        to: &'t Cell<A>,
        unsent: Unsent<A>,
        cx: &mut Context<'_>,
    ) -> Poll<SendResult<A>> {
        let request = unsent.request;
        if unsent.sender.is_none() && to.kind.is_closing() {
            let queued = Queued { tag: Tag::of_sender(None), message: unsent.message };
            return Poll::Ready(to.kind.reject(Cause::ShuttingDown, queued, Some(to.id), !request));
        }
        if !to.kind.is_via_broker() {
            let wait = unsent.wait();
            return self.push_direct(to, unsent.queued(to), wait, request, cx);
        }
        let Some(host) = to.kind.host() else {
            return Poll::Ready(to.kind.reject(Cause::Stopped, unsent.queued(to), Some(to.id), !request));
        };
        match host.publish(to, unsent.meta_fields(to), unsent.message) {
            MaybeReady::Ready(sent) => Poll::Ready(sent),
            MaybeReady::Later(in_broker) => {
                *self = Delivery::Broker(in_broker);
                self.resume(cx)
            }
        }
    }

    #[inline(never)]
    fn resume(&mut self, cx: &mut Context<'_>) -> Poll<SendResult<A>> {
        match self {
            Delivery::Waiting(waiting) => {
                let (to, request) = (waiting.cell(), waiting.is_request());
                Pin::new(waiting).poll(cx).map(|pushed| match pushed {
                    Ok(()) => Ok(Sent::Queued),
                    Err(queued) => to.kind.reject(Cause::Stopped, queued, Some(to.id), !request),
                })
            }
            Delivery::Broker(future) => future.as_mut().poll(cx),
            Delivery::Yield => pin!(rt::consume_budget()).poll(cx).map(|()| Ok(Sent::Queued)),
            Delivery::Unsent(_) => panic!("{OVER}"),
        }
    }

    /// Abandons the send, wherever the message is.
    pub(crate) fn abandon(&mut self) -> Abandoned<A::Message> {
        match mem::replace(self, Delivery::Unsent(None)) {
            Delivery::Unsent(Some(unsent)) => Abandoned::Returned(unsent.message),
            // The mailbox may have accepted it since the last poll.
            Delivery::Waiting(mut waiting) => {
                waiting.take_back().map_or(Abandoned::Accepted, Abandoned::Returned)
            }
            Delivery::Yield => Abandoned::Accepted,
            Delivery::Unsent(None) | Delivery::Broker(_) => Abandoned::WithBroker,
        }
    }
}

/// Sends without waiting, whatever the overflow policy.
pub(crate) fn try_send<A: Actor>(to: &Cell<A>, message: A::Message, origin: SendOrigin) -> SendResult<A> {
    let options = origin.options();
    let unsent = Unsent { message, sender: origin.sender, options, request: false, waits: false };
    if !to.kind.is_direct() {
        if unsent.sender.is_none() && to.kind.is_closing() {
            return Err(SendError::ShuttingDown(unsent.message));
        }
        if to.kind.is_via_broker() {
            return try_send_via_broker(to, unsent);
        }
    }
    let error = match to.mailbox.try_push(unsent.queued(to)) {
        Ok(_) => return Ok(Sent::Queued),
        Err(error) => error,
    };
    let (reason, queued) = match to.not_admitted(error, WaitPolicy::Never) {
        NotAdmitted::Refused(reason, queued) => (reason, queued),
        NotAdmitted::Wait(queued) => (Undeliverable::Full, queued), // never: this sender does not wait
    };
    to.kind.reject(reason.cause(), queued, Some(to.id), !reason.is_dropped())
}

/// A broker that needs longer than one poll has taken the message over and continues in the background.
#[cold]
fn try_send_via_broker<A: Actor>(to: &Cell<A>, unsent: Unsent<A>) -> SendResult<A> {
    let Some(host) = to.kind.host() else { return Err(SendError::Stopped(unsent.message)) };
    let detached = Arc::new(AtomicBool::new(false));
    let fields = MetaFields { detached: Some(detached.clone()), ..unsent.meta_fields(to) };
    let mut in_broker = match host.clone().publish(to, fields, unsent.message) {
        MaybeReady::Ready(sent) => return sent,
        MaybeReady::Later(in_broker) => in_broker,
    };
    match in_broker.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(sent) => sent,
        Poll::Pending => {
            // Relaxed: the same future reads it; moving that future to another task orders the accesses.
            detached.store(true, Relaxed);
            host.spawn(Box::pin(async move {
                // A message that comes back is a dead letter already.
                let _ = in_broker.await;
            }));
            Ok(Sent::Queued)
        }
    }
}
