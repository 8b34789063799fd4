use crate::{
    actor::{
        declare::Actor,
        send::Waiting,
        shared::{Cell, Queued, SendError, Sent, Tag, name_of},
    },
    broker::{MaybeReady, dead_letters::Reason},
    envelope::{MetaFields, WaitPolicy},
    id::{ActorId, CorrelationId},
    mailbox::{Overflow, PushError},
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

/// Who sends, and what is said about the message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SendOrigin {
    /// `None`: not an actor of the system; refused once the system shuts down.
    sender: Option<ActorId>,
    /// The affair of the message that the sender is handling, if somebody can see that.
    correlation: Option<CorrelationId>,
    /// For room. An actor does not wait for itself.
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

pub(crate) type SendResult<A> = Result<Sent, SendError<<A as Actor>::Message>>;

/// The way of one message: a look at the flags, then the mailbox or the broker.
pub(crate) enum Delivery<'t, A: Actor> {
    /// `None` once it is over.
    Unsent(Option<Unsent<A>>),
    Waiting(Waiting<'t, A>),
    Broker(BoxFuture<'static, SendResult<A>>),
    /// Sent, but it is somebody else's turn.
    Yield,
}

/// Where a message is whose sender has given up.
pub(crate) enum Abandoned<M> {
    Returned(M),
    /// In the mailbox.
    Accepted,
    /// In the hands of a broker.
    WithBroker,
}

const OVER: &str = "a send was polled after it was over";

/// A message that has not left yet. Small: it is moved on the way of every message.
pub(crate) struct Unsent<A: Actor> {
    message: A::Message,
    sender: Option<ActorId>,
    /// Absent from a plain tell or ask.
    options: Option<Box<SendOptions>>,
    request: bool,
    /// For room, however long it is willing to.
    waits: bool,
}

/// What is said about a message apart from its sender.
#[derive(Default)]
struct SendOptions {
    correlation: Option<CorrelationId>,
    ttl: Option<Duration>,
    /// When a sender that waits gives up.
    end: Option<Instant>,
}

impl<A: Actor> Unsent<A> {
    fn wait(&self) -> WaitPolicy {
        if !self.waits {
            return WaitPolicy::Never;
        }
        self.options.as_ref().and_then(|options| options.end).map_or(WaitPolicy::Forever, WaitPolicy::Until)
    }

    fn draft(&self, to: &Cell<A>) -> MetaFields {
        let options = self.options.as_deref();
        MetaFields {
            sender: self.sender,
            recipient: Some(to.id),
            correlation: options.and_then(|options| options.correlation),
            ttl: options.and_then(|options| options.ttl),
            wait: self.wait(),
            request: self.request,
            unattended: None,
        }
    }

    /// On the direct way.
    fn queued(self, to: &Cell<A>) -> Queued<A::Message> {
        // While nobody observers, an age has to be known and nothing else.
        let aging = self.options.as_ref().is_some_and(|options| options.ttl.is_some());
        let tag = aging.then(|| to.kind.host()).flatten().map(|host| {
            let name = name_of::<A>(A::variant(&self.message));
            to.kind.metadata.insert(host.tag(name, self.draft(to)))
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
        if let Delivery::Unsent(Some(new)) = self {
            new.options.get_or_insert_default().end = Some(end);
        }
    }

    pub(crate) fn set_ttl(&mut self, ttl: Duration) {
        if let Delivery::Unsent(Some(new)) = self {
            new.options.get_or_insert_default().ttl = Some(ttl);
        }
    }

    // Always, as well as what it calls on the direct way: a call costs a tell 5 %.
    #[inline(always)]
    pub(crate) fn poll(&mut self, to: &'t Cell<A>, cx: &mut Context<'_>) -> Poll<SendResult<A>> {
        // Taken out, not replaced: what is moved is the message and no more.
        let Delivery::Unsent(new) = self else { return self.resume(cx) };
        let new = new.take().expect(OVER);
        if !to.kind.is_direct() || new.options.is_some() {
            return self.send_via_broker(to, new, cx);
        }
        let queued = Queued { message: new.message, tag: Tag::of_sender(new.sender) };
        let wait = if new.waits { WaitPolicy::Forever } else { WaitPolicy::Never };
        self.push_direct(to, queued, wait, new.request, cx)
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
            // A sender that never finds the mailbox full must still give way now and then.
            Ok(queued) if queued & 63 == 63 => {
                *self = Delivery::Yield;
                self.resume(cx)
            }
            Ok(_) => Poll::Ready(Ok(Sent::Queued)),
            Err(PushError::Closed(queued)) => Poll::Ready(stopped(to, queued, request)),
            Err(PushError::Full(queued)) => match overflow(to, queued, wait, request) {
                Ok(queued) => {
                    *self = Delivery::Waiting(Waiting::new(to, queued).for_request(request));
                    self.resume(cx)
                }
                Err(done) => Poll::Ready(done),
            },
        }
    }

    #[cold]
    fn send_via_broker(
        &mut self,
        to: &'t Cell<A>,
        new: Unsent<A>,
        cx: &mut Context<'_>,
    ) -> Poll<SendResult<A>> {
        if new.sender.is_none() && to.kind.is_closing() {
            let queued = Queued { tag: Tag::of_sender(None), message: new.message };
            return Poll::Ready(back(to, queued, new.request, SendError::ShuttingDown));
        }
        if !to.kind.is_via_broker() {
            let wait = new.wait();
            let request = new.request;
            return self.push_direct(to, new.queued(to), wait, request, cx);
        }
        let Some(host) = to.kind.host() else {
            let request = new.request;
            return Poll::Ready(stopped(to, new.queued(to), request));
        };
        match host.publish(to, new.draft(to), new.message) {
            MaybeReady::Ready(delivered) => Poll::Ready(delivered),
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
                    Err(queued) => stopped(to, queued, request),
                })
            }
            Delivery::Broker(future) => future.as_mut().poll(cx),
            Delivery::Yield => pin!(rt::consume_budget()).poll(cx).map(|()| Ok(Sent::Queued)),
            Delivery::Unsent(_) => panic!("{OVER}"),
        }
    }

    /// Ends the delivery, wherever the message is.
    pub(crate) fn give_up(&mut self) -> Abandoned<A::Message> {
        match mem::replace(self, Delivery::Unsent(None)) {
            Delivery::Unsent(Some(new)) => Abandoned::Returned(new.message),
            // Between its last poll and now it may have been let in.
            Delivery::Waiting(mut waiting) => {
                waiting.take_back().map_or(Abandoned::Accepted, Abandoned::Returned)
            }
            Delivery::Yield => Abandoned::Accepted,
            Delivery::Unsent(None) | Delivery::Broker(_) => Abandoned::WithBroker,
        }
    }
}

/// Gives the message back, and forgets what was kept about it. An asker gets no message back: it is told why, and the
/// message is dead.
#[cold]
#[inline(never)]
fn back<A: Actor>(
    to: &Cell<A>,
    queued: Queued<A::Message>,
    request: bool,
    error: fn(A::Message) -> SendError<A::Message>,
) -> SendResult<A> {
    if !request {
        drop(to.kind.metadata.remove(queued.tag));
        return Err(error(queued.message));
    }
    let error = error(queued.message);
    let reason = error.reason();
    let Some(message) = error.into_message() else { return Err(SendError::Lost) };
    to.kind.lose(reason, Queued { message, tag: queued.tag }, Some(to.id));
    Ok(Sent::Dropped)
}

#[cold]
#[inline(never)]
fn stopped<A: Actor>(to: &Cell<A>, queued: Queued<A::Message>, request: bool) -> SendResult<A> {
    back(to, queued, request, SendError::Stopped)
}

/// What a full mailbox does: `Ok` to wait with the message, else the end of it.
#[cold]
#[inline(never)]
fn overflow<A: Actor>(
    to: &Cell<A>,
    queued: Queued<A::Message>,
    wait: WaitPolicy,
    request: bool,
) -> Result<Queued<A::Message>, SendResult<A>> {
    match to.mailbox.overflow() {
        Overflow::Block if !matches!(wait, WaitPolicy::Never) => Ok(queued),
        Overflow::Block | Overflow::Error => Err(back(to, queued, request, SendError::Full)),
        Overflow::Drop => {
            to.kind.lose(Reason::MailboxFull, queued, Some(to.id));
            Err(Ok(Sent::Dropped))
        }
    }
}

/// Delivers without waiting, whatever the overflow policy.
pub(crate) fn try_deliver<A: Actor>(to: &Cell<A>, message: A::Message, origin: SendOrigin) -> SendResult<A> {
    let new =
        Unsent { message, sender: origin.sender, options: origin.options(), request: false, waits: false };
    if !to.kind.is_direct() {
        if new.sender.is_none() && to.kind.is_closing() {
            return Err(SendError::ShuttingDown(new.message));
        }
        if to.kind.is_via_broker() {
            return try_send_via_broker(to, new);
        }
    }
    match to.mailbox.try_push(new.queued(to)) {
        Ok(_) => Ok(Sent::Queued),
        Err(PushError::Closed(queued)) => stopped(to, queued, false),
        Err(PushError::Full(queued)) => match overflow(to, queued, WaitPolicy::Never, false) {
            Ok(queued) => back(to, queued, false, SendError::Full),
            Err(done) => done,
        },
    }
}

/// A broker that needs longer than one poll goes on in the background: it has taken the message over.
#[cold]
fn try_send_via_broker<A: Actor>(to: &Cell<A>, new: Unsent<A>) -> SendResult<A> {
    let Some(host) = to.kind.host() else { return Err(SendError::Stopped(new.message)) };
    let gone = Arc::new(AtomicBool::new(false));
    let draft = MetaFields { unattended: Some(gone.clone()), ..new.draft(to) };
    let mut in_broker = match host.clone().publish(to, draft, new.message) {
        MaybeReady::Ready(delivered) => return delivered,
        MaybeReady::Later(in_broker) => in_broker,
    };
    match in_broker.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(delivered) => delivered,
        Poll::Pending => {
            // Relaxed: the same future reads it, which is moved to another task with all that happened before.
            gone.store(true, Relaxed);
            host.spawn(Box::pin(async move {
                // What comes back is a dead letter already.
                let _ = in_broker.await;
            }));
            Ok(Sent::Queued)
        }
    }
}
