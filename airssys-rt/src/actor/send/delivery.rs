use crate::{
    actor::{
        declare::Actor,
        send::Waiting,
        shared::{Cell, Queued, SendError, Sent, Tag, name_of},
    },
    broker::{Soon, dead_letters::Reason},
    envelope::{Draft, Patience},
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
pub(crate) struct Origin {
    /// `None`: not an actor of the system; refused once the system shuts down.
    sender: Option<ActorId>,
    /// The affair of the message that the sender is handling, if somebody can see that.
    correlation: Option<CorrelationId>,
    /// For room. An actor does not wait for itself.
    waits: bool,
}

impl Origin {
    pub(crate) const OUTSIDE: Self = Origin { sender: None, correlation: None, waits: true };

    #[inline]
    fn extra(self) -> Option<Box<Extra>> {
        self.correlation
            .map(|correlation| Box::new(Extra { correlation: Some(correlation), ..Extra::default() }))
    }

    #[inline]
    pub(crate) fn actor(id: ActorId, correlation: Option<CorrelationId>) -> Self {
        Origin { sender: Some(id), correlation, waits: true }
    }

    #[inline]
    pub(crate) fn waits(self, waits: bool) -> Self {
        Origin { waits, ..self }
    }
}

pub(crate) type Delivered<A> = Result<Sent, SendError<<A as Actor>::Message>>;

/// The way of one message: a look at the flags, then the mailbox or the broker.
pub(crate) enum Delivery<'t, A: Actor> {
    /// `None` once it is over.
    New(Option<New<A>>),
    Waiting(Waiting<'t, A>),
    Detour(BoxFuture<'static, Delivered<A>>),
    /// Sent, but it is somebody else's turn.
    Yield,
}

/// Where a message is whose sender has given up.
pub(crate) enum GivenUp<M> {
    Back(M),
    /// In the mailbox.
    LetIn,
    /// In the hands of a broker.
    Away,
}

const OVER: &str = "a send was polled after it was over";

/// A message that has not left yet. Small: it is moved on the way of every message.
pub(crate) struct New<A: Actor> {
    message: A::Message,
    sender: Option<ActorId>,
    /// Absent from a plain tell or ask.
    extra: Option<Box<Extra>>,
    request: bool,
    /// For room, however long it is willing to.
    waits: bool,
}

/// What is said about a message apart from its sender.
#[derive(Default)]
struct Extra {
    correlation: Option<CorrelationId>,
    ttl: Option<Duration>,
    /// When a sender that waits gives up.
    end: Option<Instant>,
}

impl<A: Actor> New<A> {
    fn patience(&self) -> Patience {
        if !self.waits {
            return Patience::None;
        }
        self.extra.as_ref().and_then(|extra| extra.end).map_or(Patience::Endless, Patience::Until)
    }

    fn draft(&self, to: &Cell<A>) -> Draft {
        let extra = self.extra.as_deref();
        Draft {
            sender: self.sender,
            recipient: Some(to.id),
            correlation: extra.and_then(|extra| extra.correlation),
            ttl: extra.and_then(|extra| extra.ttl),
            patience: self.patience(),
            request: self.request,
            unattended: None,
        }
    }

    /// On the direct way.
    fn queued(self, to: &Cell<A>) -> Queued<A::Message> {
        // While nobody looks, an age has to be known and nothing else.
        let aging = self.extra.as_ref().is_some_and(|extra| extra.ttl.is_some());
        let tag = aging.then(|| to.kind.host()).flatten().map(|host| {
            let name = name_of::<A>(A::variant(&self.message));
            to.kind.tags.enter(host.tag(name, self.draft(to)))
        });
        Queued { tag: tag.unwrap_or(Tag::of_sender(self.sender)), message: self.message }
    }
}

impl<'t, A: Actor> Delivery<'t, A> {
    #[inline]
    pub(crate) fn new(message: A::Message, origin: Origin, request: bool) -> Self {
        let Origin { sender, waits, .. } = origin;
        Delivery::New(Some(New { message, sender, extra: origin.extra(), request, waits }))
    }

    pub(crate) fn set_end(&mut self, end: Instant) {
        if let Delivery::New(Some(new)) = self {
            new.extra.get_or_insert_default().end = Some(end);
        }
    }

    pub(crate) fn set_ttl(&mut self, ttl: Duration) {
        if let Delivery::New(Some(new)) = self {
            new.extra.get_or_insert_default().ttl = Some(ttl);
        }
    }

    // Always, as well as what it calls on the direct way: a call costs a tell 5 %.
    #[inline(always)]
    pub(crate) fn poll(&mut self, to: &'t Cell<A>, cx: &mut Context<'_>) -> Poll<Delivered<A>> {
        // Taken out, not replaced: what is moved is the message and no more.
        let Delivery::New(new) = self else { return self.resume(cx) };
        let new = new.take().expect(OVER);
        if !to.kind.is_direct() || new.extra.is_some() {
            return self.go_round(to, new, cx);
        }
        let queued = Queued { message: new.message, tag: Tag::of_sender(new.sender) };
        let patience = if new.waits { Patience::Endless } else { Patience::None };
        self.go_straight(to, queued, patience, new.request, cx)
    }

    #[inline(always)]
    fn go_straight(
        &mut self,
        to: &'t Cell<A>,
        queued: Queued<A::Message>,
        patience: Patience,
        request: bool,
        cx: &mut Context<'_>,
    ) -> Poll<Delivered<A>> {
        match to.mailbox.try_push(queued) {
            // A sender that never finds the mailbox full must still give way now and then.
            Ok(queued) if queued & 63 == 63 => {
                *self = Delivery::Yield;
                self.resume(cx)
            }
            Ok(_) => Poll::Ready(Ok(Sent::Queued)),
            Err(PushError::Closed(queued)) => Poll::Ready(stopped(to, queued, request)),
            Err(PushError::Full(queued)) => match overflow(to, queued, patience, request) {
                Ok(queued) => {
                    *self = Delivery::Waiting(Waiting::new(to, queued).for_request(request));
                    self.resume(cx)
                }
                Err(done) => Poll::Ready(done),
            },
        }
    }

    #[cold]
    fn go_round(&mut self, to: &'t Cell<A>, new: New<A>, cx: &mut Context<'_>) -> Poll<Delivered<A>> {
        if new.sender.is_none() && to.kind.is_closing() {
            let queued = Queued { tag: Tag::of_sender(None), message: new.message };
            return Poll::Ready(back(to, queued, new.request, SendError::ShuttingDown));
        }
        if !to.kind.is_armed() {
            let patience = new.patience();
            let request = new.request;
            return self.go_straight(to, new.queued(to), patience, request, cx);
        }
        let Some(host) = to.kind.host() else {
            let request = new.request;
            return Poll::Ready(stopped(to, new.queued(to), request));
        };
        match host.publish(to, new.draft(to), new.message) {
            Soon::Now(delivered) => Poll::Ready(delivered),
            Soon::Later(detour) => {
                *self = Delivery::Detour(detour);
                self.resume(cx)
            }
        }
    }

    #[inline(never)]
    fn resume(&mut self, cx: &mut Context<'_>) -> Poll<Delivered<A>> {
        match self {
            Delivery::Waiting(waiting) => {
                let (to, request) = (waiting.cell(), waiting.is_request());
                Pin::new(waiting).poll(cx).map(|pushed| match pushed {
                    Ok(()) => Ok(Sent::Queued),
                    Err(queued) => stopped(to, queued, request),
                })
            }
            Delivery::Detour(future) => future.as_mut().poll(cx),
            Delivery::Yield => pin!(rt::consume_budget()).poll(cx).map(|()| Ok(Sent::Queued)),
            Delivery::New(_) => panic!("{OVER}"),
        }
    }

    /// Ends the delivery, wherever the message is.
    pub(crate) fn give_up(&mut self) -> GivenUp<A::Message> {
        match mem::replace(self, Delivery::New(None)) {
            Delivery::New(Some(new)) => GivenUp::Back(new.message),
            // Between its last poll and now it may have been let in.
            Delivery::Waiting(mut waiting) => waiting.take_back().map_or(GivenUp::LetIn, GivenUp::Back),
            Delivery::Yield => GivenUp::LetIn,
            Delivery::New(None) | Delivery::Detour(_) => GivenUp::Away,
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
) -> Delivered<A> {
    if !request {
        drop(to.kind.tags.leave(queued.tag));
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
fn stopped<A: Actor>(to: &Cell<A>, queued: Queued<A::Message>, request: bool) -> Delivered<A> {
    back(to, queued, request, SendError::Stopped)
}

/// What a full mailbox does: `Ok` to wait with the message, else the end of it.
#[cold]
#[inline(never)]
fn overflow<A: Actor>(
    to: &Cell<A>,
    queued: Queued<A::Message>,
    patience: Patience,
    request: bool,
) -> Result<Queued<A::Message>, Delivered<A>> {
    match to.mailbox.overflow() {
        Overflow::Block if !matches!(patience, Patience::None) => Ok(queued),
        Overflow::Block | Overflow::Error => Err(back(to, queued, request, SendError::Full)),
        Overflow::Drop => {
            to.kind.lose(Reason::MailboxFull, queued, Some(to.id));
            Err(Ok(Sent::Dropped))
        }
    }
}

/// Delivers without waiting, whatever the overflow policy.
pub(crate) fn try_deliver<A: Actor>(to: &Cell<A>, message: A::Message, origin: Origin) -> Delivered<A> {
    let new = New { message, sender: origin.sender, extra: origin.extra(), request: false, waits: false };
    if !to.kind.is_direct() {
        if new.sender.is_none() && to.kind.is_closing() {
            return Err(SendError::ShuttingDown(new.message));
        }
        if to.kind.is_armed() {
            return try_go_round(to, new);
        }
    }
    match to.mailbox.try_push(new.queued(to)) {
        Ok(_) => Ok(Sent::Queued),
        Err(PushError::Closed(queued)) => stopped(to, queued, false),
        Err(PushError::Full(queued)) => match overflow(to, queued, Patience::None, false) {
            Ok(queued) => back(to, queued, false, SendError::Full),
            Err(done) => done,
        },
    }
}

/// A broker that needs longer than one poll goes on in the background: it has taken the message over.
#[cold]
fn try_go_round<A: Actor>(to: &Cell<A>, new: New<A>) -> Delivered<A> {
    let Some(host) = to.kind.host() else { return Err(SendError::Stopped(new.message)) };
    let gone = Arc::new(AtomicBool::new(false));
    let draft = Draft { unattended: Some(gone.clone()), ..new.draft(to) };
    let mut detour = match host.clone().publish(to, draft, new.message) {
        Soon::Now(delivered) => return delivered,
        Soon::Later(detour) => detour,
    };
    match detour.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(delivered) => delivered,
        Poll::Pending => {
            // Relaxed: the same future reads it, which is moved to another task with all that happened before.
            gone.store(true, Relaxed);
            host.spawn(Box::pin(async move {
                // What comes back is a dead letter already.
                let _ = detour.await;
            }));
            Ok(Sent::Queued)
        }
    }
}
