use crate::{
    actor::{
        Actor, ActorRef, Ask, AskedBy, Cell, HandledBy, PublishedBy, SendError, Sent, Tell, TellTimeout,
        ToldBy, deliver::Origin, tell,
    },
    id::ActorId,
    reply::{Fault, Refusal, ReplySlot},
    sync::Arc,
};
use std::{collections::VecDeque, fmt, time::Duration};

/// The publisher inside one actor. It can do what `#[actor(..)]` declares, and no more.
///
/// The futures of `tell` and `ask` borrow the address, not the context, so two asks can be joined.
pub struct ActorContext<A: Actor> {
    pub(crate) cell: Arc<Cell<A>>,
    /// Published by the current handler. A deque, so that its room is kept from message to message.
    outbox: VecDeque<A::Event>,
    sender: Option<ActorId>,
    variant: u16,
}

impl<A: Actor> ActorContext<A> {
    pub(crate) fn new(cell: Arc<Cell<A>>) -> Self {
        ActorContext { cell, outbox: VecDeque::new(), sender: None, variant: 0 }
    }

    /// Who this actor is.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.cell.id
    }

    /// The name it was spawned with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.cell.name.as_deref()
    }

    /// A reference to this actor, to be passed on.
    #[must_use]
    pub fn actor_ref(&self) -> ActorRef<A> {
        ActorRef(self.cell.clone())
    }

    /// The actor that sent the message which is being handled; `None` if it came from outside. In a hook, the
    /// sender of the last message.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.sender
    }

    /// Stops this actor after the current message. What is left in the mailbox is dead.
    pub fn stop(&self) {
        self.cell.mailbox.stop();
    }

    /// Publishes an event. It waits in the outbox until the handler has returned and the answer is sent; a
    /// handler that fails has published nothing.
    #[inline]
    pub fn publish<E: PublishedBy<A>>(&mut self, event: E) {
        self.outbox.push_back(event.wrap());
    }

    /// Sends a message to an actor in the `tells(..)` list, waiting for room if its mailbox is full. Nothing is
    /// sent until it is awaited.
    #[inline]
    pub fn tell<'t, T, M>(&self, to: &'t ActorRef<T>, message: M) -> Tell<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        Tell::new(to, message, Origin::Actor(self.cell.id))
    }

    /// As [`tell`](Self::tell), but waits for room no longer than `limit`.
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
        TellTimeout::new(Tell::new(to, message, Origin::Actor(self.cell.id)), limit)
    }

    /// Sends a message to an actor in the `tells(..)` list, without ever waiting.
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
        tell::try_tell(to, message, Origin::Actor(self.cell.id))
    }

    /// Asks an actor in the `asks(..)` list, within the system's time limit for asks. Nothing is sent until it is
    /// awaited. This actor handles no other message meanwhile.
    #[inline]
    pub fn ask<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
        R: Send + 'static,
    {
        let ask = Ask::new(to, message, Origin::Actor(self.cell.id));
        if self.is(to) { ask.of_itself() } else { ask }
    }

    /// As [`ask`](Self::ask), within a time limit of its own; `Duration::MAX` is none.
    #[inline]
    pub fn ask_timeout<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M, limit: Duration) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
        R: Send + 'static,
    {
        self.ask(to, message).within(limit)
    }

    /// By place, not by id: two systems may know the same id.
    #[inline]
    fn is<T: Actor>(&self, other: &ActorRef<T>) -> bool {
        Arc::as_ptr(&self.cell).cast::<()>() == Arc::as_ptr(&other.0).cast::<()>()
    }

    /// For generated code: sends the answer of a handler that cannot fail.
    #[doc(hidden)]
    #[inline]
    pub fn answer<R>(&mut self, slot: ReplySlot<R>, reply: R) {
        // A late answer is dropped: whoever asked has gone.
        let _ = slot.answer(reply);
    }

    /// For generated code: sends the answer, or tells the asker of the fault, which goes on to `on_error`.
    #[doc(hidden)]
    #[inline]
    pub fn settle<R>(&mut self, slot: ReplySlot<R>, outcome: Result<R, Fault>) -> Result<(), Fault> {
        match outcome {
            Ok(reply) => {
                self.answer(slot, reply);
                Ok(())
            }
            Err(fault) => {
                slot.refuse(Refusal::Failed(Some(Arc::new(fault.report()))));
                Err(fault)
            }
        }
    }

    #[inline]
    pub(crate) fn begin(&mut self, sender: Option<ActorId>, variant: u16) {
        self.sender = sender;
        self.variant = variant;
    }

    /// The name of the message that is, or was last, being handled.
    pub(crate) fn current(&self) -> &'static str {
        A::VARIANTS.get(usize::from(self.variant)).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn has_published(&self) -> bool {
        !self.outbox.is_empty()
    }

    #[inline]
    pub(crate) fn next_published(&mut self) -> Option<A::Event> {
        self.outbox.pop_front()
    }

    /// The handler failed: it has published nothing.
    pub(crate) fn discard_published(&mut self) {
        self.outbox.clear();
    }
}

impl<A: Actor> fmt::Debug for ActorContext<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActorContext")
            .field("actor", &self.actor_ref())
            .field("sender", &self.sender)
            .field("published", &self.outbox.len())
            .finish()
    }
}
