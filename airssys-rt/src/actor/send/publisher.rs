use crate::{
    actor::{
        declare::{Actor, AskedBy, HandledBy, PublishedBy, ToldBy, ToldToAnyBy},
        send::{Ask, Recipient, SendOrigin, Tell, TellAny, TellTimeout, try_tell},
        shared::{ActorRef, Cell, SendError, Sent},
    },
    id::{ActorId, CorrelationId},
    message::Message,
    rt::BoxFuture,
    sync::Arc,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// The publisher of an actor, for tasks that work for it. It can do what `#[actor(..)]` declares, and no more, so the
/// graph stays true. From [`ActorContext::publisher`](crate::actor::ActorContext::publisher).
///
/// What it sends has the actor as its sender, and belongs to the affair of the message that was being handled when it was
/// made. It keeps no actor alive, and still sends when its actor has ended; an actor that stops its helpers in
/// `#[post_stop]` leaves none behind.
pub struct Publisher<A: Actor> {
    cell: Arc<Cell<A>>,
    correlation: Option<CorrelationId>,
}

impl<A: Actor> Publisher<A> {
    pub(crate) fn new(cell: Arc<Cell<A>>, correlation: Option<CorrelationId>) -> Self {
        Publisher { cell, correlation }
    }

    /// The actor that it sends for.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.cell.id
    }

    /// A reference to the actor that it sends for: a helper tells it what came out.
    #[must_use]
    pub fn actor_ref(&self) -> ActorRef<A> {
        ActorRef(self.cell.clone())
    }

    /// Publishes an event when it is awaited, and is ready when all who subscribe have it, except those who do not let a sender
    /// wait. Nor is its own actor waited for: if that subscribes and is full, what it does not get is a dead letter, as when
    /// it publishes itself.
    ///
    /// # Cancel safety
    ///
    /// Never polled, nothing is published. Dropped later, some subscribers may not have it.
    pub fn publish<E: PublishedBy<A>>(&self, event: E) -> Publishing {
        let (cell, correlation, event) = (self.cell.clone(), self.correlation, event.wrap());
        Publishing(Box::pin(async move {
            // Without a system there are no subscribers.
            if let Some(host) = cell.kind.host() {
                host.publish_event(event, cell.id, correlation).done().await;
            }
        }))
    }

    /// Sends a message to an actor in the `tells(..)` list, waiting for room if its mailbox is full. Nothing is sent until
    /// it is awaited.
    pub fn tell<'t, T, M>(&self, to: &'t ActorRef<T>, message: M) -> Tell<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        Tell::new(to, message, self.origin())
    }

    /// As [`tell`](Self::tell), but waits for room no longer than `limit`.
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

    /// Sends a message to an actor in the `tells(..)` list, without ever waiting.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    pub fn try_tell<T, M>(&self, to: &ActorRef<T>, message: M) -> Result<Sent, SendError<M>>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        try_tell(to, message, self.origin())
    }

    /// Sends a message to whoever takes it; the actor declares `tells(any M)`.
    pub fn tell_any<M>(&self, to: &Recipient<M>, message: M) -> TellAny<M>
    where
        M: Message + ToldToAnyBy<A>,
    {
        to.tell(message, self.origin(), None)
    }

    /// Asks an actor in the `asks(..)` list, within the system's time limit for asks. The actor itself goes on handling
    /// messages meanwhile.
    pub fn ask<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
        R: Send + 'static,
    {
        Ask::new(to, message, self.origin())
    }

    /// As [`ask`](Self::ask), within a time limit of its own; `Duration::MAX` is none.
    pub fn ask_timeout<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M, limit: Duration) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
        R: Send + 'static,
    {
        self.ask(to, message).within(limit)
    }

    fn origin(&self) -> SendOrigin {
        SendOrigin::actor(self.cell.id, self.correlation)
    }
}

impl<A: Actor> Clone for Publisher<A> {
    fn clone(&self) -> Self {
        Publisher { cell: self.cell.clone(), correlation: self.correlation }
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
