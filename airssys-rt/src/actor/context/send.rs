//! The methods of the actor context that send: `tell`, `try_tell`, `tell_any`, `ask` and `publish`.

use crate::{
    actor::{
        context::ActorContext,
        declare::{Actor, AskedBy, HandledBy, PublishedBy, ToldBy, ToldToAnyBy},
        send::{Ask, Recipient, SendOrigin, Tell, TellAny, TellTimeout, try_tell},
        shared::{ActorRef, SendError, Sent},
    },
    envelope::Meta,
    message::Message,
};
use std::time::Duration;

/// Sending.
impl<A: Actor> ActorContext<A> {
    /// Sends a message to an actor in the `tells(..)` list, and waits for capacity if its mailbox is full. A message to this actor
    /// itself comes back in that case. Nothing is sent until the future is awaited.
    #[inline]
    pub fn tell<'t, T, M>(&self, to: &'t ActorRef<T>, message: M) -> Tell<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        Tell::new(to, message, self.origin_to(to))
    }

    /// As [`tell`](Self::tell), but waits for capacity no longer than `limit`.
    #[inline]
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
        TellTimeout::new(Tell::new(to, message, self.origin_to(to)), limit)
    }

    /// Sends a message to an actor in the `tells(..)` list, and never waits. A broker that needs time continues in the background;
    /// later messages may overtake this one.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    #[inline]
    pub fn try_tell<T, M>(&self, to: &ActorRef<T>, message: M) -> Result<Sent, SendError<M>>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        try_tell(to, message, self.origin())
    }

    /// Sends a message to the actor behind a recipient; this actor declares `tells(any M)`. It waits for capacity if the mailbox is
    /// full. Nothing is sent until the future is awaited.
    #[inline]
    pub fn tell_any<M>(&self, to: &Recipient<M>, message: M) -> TellAny<M>
    where
        M: Message + ToldToAnyBy<A>,
    {
        to.tell(message, self.origin(), Some(self.cell.identity()))
    }

    /// Asks an actor in the `asks(..)` list, within the system's time limit for asks. Nothing is sent until the future is awaited.
    /// This actor handles no other message while it waits.
    #[inline]
    pub fn ask<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
        R: Send + 'static,
    {
        let ask = Ask::new(to, message, self.origin());
        if self.is(to) { ask.of_itself() } else { ask }
    }

    /// As [`ask`](Self::ask), with a time limit of its own; `Duration::MAX` is none.
    #[inline]
    pub fn ask_timeout<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M, limit: Duration) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
        R: Send + 'static,
    {
        self.ask(to, message).within(limit)
    }

    /// Publishes an event. The event waits in the outbox until the handler has returned and the answer is sent; the events of a
    /// handler that fails are discarded.
    #[inline]
    pub fn publish<E: PublishedBy<A>>(&mut self, event: E) {
        self.outbox.get_or_insert_default().push_back(event.wrap());
    }

    /// An actor whose own mailbox is full does not wait for itself: the message comes back.
    #[inline]
    fn origin_to<T: Actor>(&self, to: &ActorRef<T>) -> SendOrigin {
        self.origin().waits(!self.is(to))
    }

    #[inline]
    fn origin(&self) -> SendOrigin {
        SendOrigin::actor(self.cell.id, self.meta().map(Meta::correlation))
    }
}
