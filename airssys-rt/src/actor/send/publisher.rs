//! `Publisher`: sends and publishes for an actor from a helper task, with the permissions of the actor.

use crate::{
    actor::{
        declare::{Actor, AskedBy, HandledBy, PublishedBy, ToldBy, ToldToAnyBy, TriedBy},
        send::{Ask, Recipient, Tell, TellAny, TellTimeout, try_tell},
        shared::{ActorRef, SendError, SendOrigin, Sent},
    },
    id::{ActorId, CorrelationId},
    message::Message,
    rt::BoxFuture,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// Sends for an actor from a task that works for it, with the permissions of the actor. Made by
/// [`ActorContext::publisher`](crate::actor::ActorContext::publisher).
///
/// It can do what `#[actor(..)]` declares, and no more, so the message graph stays complete. What it sends has the actor as
/// its sender, and belongs to the conversation of the message that was handled when the publisher was made. It does not keep
/// the actor alive, and it still sends after the actor has ended; an actor that needs its tasks to end with it stops them in
/// `#[post_stop]`.
///
/// A task may wait for the actor that it works for; the handlers and hooks of the actor may not. There an ask of the own actor returns
/// [`SelfAsk`](crate::reply::AskError::SelfAsk) at once, and a message to its own full mailbox comes back, as with the context.
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[message]
/// pub struct Start;
///
/// #[event]
/// #[derive(Clone)]
/// pub struct Done(pub u64);
///
/// #[derive(Default)]
/// pub struct Worker;
///
/// #[actor(publishes(Done))]
/// impl Worker {
///     #[handler]
///     fn start(&mut self, _: Start, ctx: &mut ActorContext<Self>) {
///         let publisher = ctx.publisher();
///         tokio::spawn(async move { publisher.publish(Done(42)).await });
///     }
/// }
///
/// #[actor_system(actors(Worker), events(Done))]
/// pub struct Lab;
/// ```
pub struct Publisher<A: Actor> {
    actor: ActorRef<A>,
    correlation: Option<CorrelationId>,
}

impl<A: Actor> Publisher<A> {
    pub(crate) fn new(actor: ActorRef<A>, correlation: Option<CorrelationId>) -> Self {
        Publisher { actor, correlation }
    }

    /// Returns the id of the actor it sends for.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.actor.id()
    }

    /// Returns a reference to the actor it sends for, so that the task can tell the actor its result.
    #[must_use]
    pub fn actor_ref(&self) -> ActorRef<A> {
        self.actor.clone()
    }

    /// Publishes an event when the future is awaited. Ready when each subscriber has the event, except subscribers whose
    /// mailbox is full and whose overflow policy does not wait. The publisher does not wait for its own actor either: if that
    /// actor subscribes and its mailbox is full, the event becomes a dead letter.
    ///
    /// # Cancel safety
    ///
    /// If the future is never polled, nothing is published. If it is dropped later, some subscribers may not have the event.
    pub fn publish<E: PublishedBy<A>>(&self, event: E) -> Publishing {
        let (actor, correlation, event) = (self.actor.clone(), self.correlation, event.wrap());
        Publishing(Box::pin(async move {
            // Without a system there are no subscribers.
            if let Some(host) = actor.endpoint().weak_host().upgrade() {
                host.publish_event(event, actor.id(), correlation).done().await;
            }
        }))
    }

    /// Sends a message to an actor in the `tells(..)` list, and waits for capacity if its mailbox is full. Nothing is sent
    /// until the future is awaited.
    ///
    /// # Errors
    ///
    /// [`SendError`], which gives the message back: the actor has stopped, its mailbox is full and does not make senders wait, or the
    /// system shuts down.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the message has been sent or is dropped with it; nothing else is lost.
    pub fn tell<'t, T, M>(&self, to: &'t ActorRef<T>, message: M) -> Tell<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        Tell::new(to, message, self.origin())
    }

    /// As [`tell`](Self::tell), but waits for capacity no longer than `limit`.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell), and [`SendError::Timeout`] at the limit.
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    pub fn tell_timeout<'t, T, M>(
        &self,
        to: &'t ActorRef<T>,
        message: M,
        limit: Duration,
    ) -> TellTimeout<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        TellTimeout::new(Tell::new(to, message, self.origin()), limit)
    }

    /// Sends a message to an actor in the `try_tells(..)` or the `tells(..)` list, and never waits.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    pub fn try_tell<T, M>(&self, to: &ActorRef<T>, message: M) -> Result<Sent, SendError<M>>
    where
        T: Actor + TriedBy<A>,
        M: HandledBy<T>,
    {
        try_tell(to, message, self.origin())
    }

    /// Sends a message to the actor behind a recipient; the actor declares `tells(any M)`.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell).
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    pub fn tell_any<M>(&self, to: &Recipient<M>, message: M) -> TellAny<M>
    where
        M: Message + ToldToAnyBy<A>,
    {
        to.tell_from(message, self.origin(), None)
    }

    /// Asks an actor in the `asks(..)` list, within the system's time limit for asks. The actor itself handles other messages
    /// meanwhile.
    ///
    /// # Errors
    ///
    /// [`AskError`](crate::reply::AskError): the actor has stopped or fails, its mailbox is full and does not make senders wait, or the time limit
    /// has passed. The message does not come back.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped after the mailbox has accepted the message, the message is handled and its answer is discarded. If it is
    /// dropped before that, the message is dropped with it.
    pub fn ask<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
    {
        Ask::new(to, message, self.origin())
    }

    /// As [`ask`](Self::ask), with a time limit of its own; `Duration::MAX` is none.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask).
    ///
    /// # Cancel safety
    ///
    /// As for [`ask`](Self::ask).
    pub fn ask_timeout<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M, limit: Duration) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
    {
        self.ask(to, message).within(limit)
    }

    fn origin(&self) -> SendOrigin {
        SendOrigin::actor(self.id(), self.correlation)
    }
}

impl<A: Actor> Clone for Publisher<A> {
    fn clone(&self) -> Self {
        Publisher { actor: self.actor.clone(), correlation: self.correlation }
    }
}

impl<A: Actor> fmt::Debug for Publisher<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Publisher({:?})", self.actor_ref())
    }
}

/// The future of [`Publisher::publish`].
#[must_use = "nothing is published until it is awaited"]
pub struct Publishing(BoxFuture<'static, ()>);

impl Future for Publishing {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for Publishing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Publishing")
    }
}
