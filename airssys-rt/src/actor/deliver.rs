use crate::{
    actor::{Actor, Cell, SendError, Sent, cell::Queued},
    envelope::Meta,
    id::ActorId,
    mailbox::{Overflow, Push, PushError},
    rt::{self, BoxFuture},
};
use std::{
    future::Future,
    mem,
    pin::{Pin, pin},
    task::{Context, Poll},
};

/// Who sends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    Actor(ActorId),
    /// Not an actor of the system; refused once the system shuts down.
    Outside,
}

impl Origin {
    #[inline]
    fn sender(self) -> Option<ActorId> {
        match self {
            Origin::Actor(id) => Some(id),
            Origin::Outside => None,
        }
    }
}

type Delivered<A> = Result<Sent, SendError<<A as Actor>::Message>>;

/// The way of one message: a look at the flags, then the mailbox or the broker.
pub(crate) enum Delivery<'t, A: Actor> {
    New(Queued<A::Message>),
    Waiting(Push<'t, Queued<A::Message>>),
    Detour(BoxFuture<'static, Delivered<A>>),
    /// Sent, but it is somebody else's turn.
    Yield,
    Done,
}

impl<'t, A: Actor> Delivery<'t, A> {
    #[inline]
    pub(crate) fn new(message: A::Message, origin: Origin) -> Self {
        Delivery::New(Queued { message, sender: origin.sender() })
    }

    #[inline]
    pub(crate) fn poll(&mut self, to: &'t Cell<A>, cx: &mut Context<'_>) -> Poll<Delivered<A>> {
        if !matches!(self, Delivery::New(_)) {
            return self.resume(cx);
        }
        let Delivery::New(queued) = mem::replace(self, Delivery::Done) else { return Poll::Pending };
        if !to.kind.is_direct() {
            return self.go_round(to, queued, cx);
        }
        self.go_straight(to, queued, cx)
    }

    #[inline]
    fn go_straight(
        &mut self,
        to: &'t Cell<A>,
        queued: Queued<A::Message>,
        cx: &mut Context<'_>,
    ) -> Poll<Delivered<A>> {
        match to.mailbox.try_push(queued) {
            // A sender that never finds the mailbox full must still give way now and then.
            Ok(queued) if queued & 63 == 63 => {
                *self = Delivery::Yield;
                self.resume(cx)
            }
            Ok(_) => Poll::Ready(Ok(Sent::Queued)),
            Err(PushError::Closed(queued)) => Poll::Ready(Err(SendError::Stopped(queued.message))),
            Err(PushError::Full(queued)) => match overflow(to, queued) {
                Ok(queued) => {
                    *self = Delivery::Waiting(Push::new(&to.mailbox, queued));
                    self.resume(cx)
                }
                Err(done) => Poll::Ready(done),
            },
        }
    }

    #[cold]
    fn go_round(
        &mut self,
        to: &'t Cell<A>,
        queued: Queued<A::Message>,
        cx: &mut Context<'_>,
    ) -> Poll<Delivered<A>> {
        if queued.sender.is_none() && to.kind.is_closing() {
            return Poll::Ready(Err(SendError::ShuttingDown(queued.message)));
        }
        if !to.kind.is_armed() {
            return self.go_straight(to, queued, cx);
        }
        let Some(host) = to.kind.host() else { return Poll::Ready(Err(SendError::Stopped(queued.message))) };
        let meta = Meta { sender: queued.sender, recipient: Some(to.id), waits: true };
        *self = Delivery::Detour(host.publish(meta, queued.message));
        self.resume(cx)
    }

    #[inline(never)]
    fn resume(&mut self, cx: &mut Context<'_>) -> Poll<Delivered<A>> {
        match self {
            Delivery::Waiting(push) => Pin::new(push).poll(cx).map(|pushed| match pushed {
                Ok(()) => Ok(Sent::Queued),
                Err(queued) => Err(SendError::Stopped(queued.message)),
            }),
            Delivery::Detour(future) => future.as_mut().poll(cx),
            Delivery::Yield => pin!(rt::consume_budget()).poll(cx).map(|()| Ok(Sent::Queued)),
            Delivery::New(_) | Delivery::Done => panic!("a send was polled after it was over"),
        }
    }

    /// The message, if it has not left yet. The delivery is over.
    pub(crate) fn take_back(&mut self) -> Option<A::Message> {
        match mem::replace(self, Delivery::Done) {
            Delivery::New(queued) => Some(queued.message),
            Delivery::Waiting(mut push) => push.take_back().map(|queued| queued.message),
            Delivery::Detour(_) | Delivery::Yield | Delivery::Done => None,
        }
    }

    /// Whether the message is in the mailbox and only the sender's task still waits.
    pub(crate) fn is_sent(&self) -> bool {
        matches!(self, Delivery::Yield)
    }
}

/// What a full mailbox does: `Ok` to wait with the message, else the end of it.
#[cold]
fn overflow<A: Actor>(to: &Cell<A>, queued: Queued<A::Message>) -> Result<Queued<A::Message>, Delivered<A>> {
    match to.mailbox.overflow() {
        Overflow::Block => Ok(queued),
        Overflow::Error => Err(Err(SendError::Full(queued.message))),
        Overflow::Drop => {
            to.kind.count_dead();
            A::refuse(queued.message, crate::reply::Refusal::MailboxFull);
            Err(Ok(Sent::Dropped))
        }
    }
}

/// Delivers without waiting, whatever the overflow policy.
pub(crate) fn try_deliver<A: Actor>(to: &Cell<A>, message: A::Message, origin: Origin) -> Delivered<A> {
    let queued = Queued { message, sender: origin.sender() };
    if !to.kind.is_direct() {
        if queued.sender.is_none() && to.kind.is_closing() {
            return Err(SendError::ShuttingDown(queued.message));
        }
        if to.kind.is_armed() {
            return try_go_round(to, queued);
        }
    }
    match to.mailbox.try_push(queued) {
        Ok(_) => Ok(Sent::Queued),
        Err(PushError::Closed(queued)) => Err(SendError::Stopped(queued.message)),
        Err(PushError::Full(queued)) => match overflow(to, queued) {
            Ok(queued) => Err(SendError::Full(queued.message)),
            Err(done) => done,
        },
    }
}

/// A broker that needs longer than one poll goes on in the background: it has taken the message over.
#[cold]
fn try_go_round<A: Actor>(to: &Cell<A>, queued: Queued<A::Message>) -> Delivered<A> {
    let Some(host) = to.kind.host() else { return Err(SendError::Stopped(queued.message)) };
    let meta = Meta { sender: queued.sender, recipient: Some(to.id), waits: false };
    let mut detour = host.clone().publish(meta, queued.message);
    match detour.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(delivered) => delivered,
        Poll::Pending => {
            let kind = to.kind.clone();
            host.spawn(Box::pin(async move {
                if detour.await.is_err() {
                    kind.count_dead();
                }
            }));
            Ok(Sent::Queued)
        }
    }
}
