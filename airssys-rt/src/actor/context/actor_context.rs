//! `ActorContext`: what a handler can do (publish, spawn, watch, stop) and read (id, sender, metadata, state).

use crate::{
    actor::{
        declare::{
            Actor, AskedBy, HandledBy, HandlesTerminated, PublishedBy, SpawnedBy, ToldBy, ToldToAnyBy,
            TriedBy,
        },
        send::{Ask, Publisher, Recipient, Tell, TellAny, TellTimeout, try_tell},
        shared::{
            ActorKey, ActorRef, ActorState, AnyCell, Cell, Lifecycle, Queued, SendError, SendOrigin, Sent,
            Tag, Terminated, Watcher,
        },
        spawn::{ActorSource, Spawn, spawner_of},
    },
    envelope::{Meta, PooledMeta},
    id::ActorId,
    message::Message,
    rt::{self, Instant},
    sync::Arc,
};
use std::{
    collections::{HashMap, VecDeque},
    fmt,
    time::Duration,
};

/// What a handler can do as its actor: send, publish, spawn children, watch, stop, and read the state of the actor.
///
/// It can do what `#[actor(..)]` declares, and no more. The futures of `tell` and `ask` borrow the reference, not the context, so
/// two asks can be joined.
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[message(reply = u64)]
/// pub struct Price(pub u32);
///
/// #[message(reply = u64)]
/// pub struct Total(pub Vec<u32>);
///
/// #[event]
/// #[derive(Clone)]
/// pub struct Priced(pub u64);
///
/// pub struct Catalog;
///
/// #[actor]
/// impl Catalog {
///     #[handler]
///     fn price(&self, Price(article): Price) -> u64 { u64::from(article) * 100 }
/// }
///
/// pub struct Checkout { catalog: ActorRef<Catalog> }
///
/// #[actor(asks(Catalog), publishes(Priced))]
/// impl Checkout {
///     #[handler]
///     async fn total(&mut self, Total(articles): Total, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
///         let mut total = 0;
///         for article in articles {
///             total += ctx.ask(&self.catalog, Price(article)).await?;
///         }
///         ctx.publish(Priced(total)); // after the handler has returned
///         Ok(total)
///     }
/// }
///
/// #[actor_system(actors(Catalog, Checkout), events(Priced))]
/// pub struct Shop;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let shop = ActorSystem::<Shop>::start(SystemConfig::default()).await?;
/// let catalog = shop.spawn(Catalog).await?;
/// let checkout = shop.spawn(Checkout { catalog }).await?;
/// assert_eq!(shop.ask(&checkout, Total(vec![1, 2])).await?, 300);
/// # Ok(()) }
/// ```
pub struct ActorContext<A: Actor> {
    pub(crate) cell: Arc<Cell<A>>,
    /// The events that the current handler has published. The buffer is kept from message to message; it is absent in an actor
    /// that has never published.
    #[allow(clippy::box_collection)] // 24 bytes less in each actor that publishes nothing
    pub(super) outbox: Option<Box<VecDeque<A::Event>>>,
    /// Of the current message.
    pub(super) tag: Tag,
    /// Absent while no message of the batch is observed.
    pub(super) observed: Option<Box<ObservedBatch>>,
    /// Absent until one of its fields is used.
    pub(super) rare: Option<Box<RareState>>,
    pub(super) variant: u16,
    pub(super) answered: bool,
}

/// The metadata of the observed messages in the current batch.
#[derive(Default)]
pub(super) struct ObservedBatch {
    /// Of the current message.
    pub(super) current: Option<PooledMeta>,
    /// Of the messages that follow it in the batch, in their order, up to the first that is not observed.
    pub(super) ahead: VecDeque<PooledMeta>,
}

/// What few actors use.
#[derive(Default)]
pub(super) struct RareState {
    /// The watched actors.
    watching: HashMap<ActorKey, Arc<dyn AnyCell>>,
    /// When the current batch of messages was taken from the mailbox, once a handler has asked.
    last_message_at: Option<Instant>,
}

/// The actor and its current message.
impl<A: Actor> ActorContext<A> {
    pub(crate) fn new(cell: Arc<Cell<A>>) -> Self {
        ActorContext {
            cell,
            outbox: None,
            tag: Tag::of_sender(None),
            observed: None,
            rare: None,
            variant: 0,
            answered: false,
        }
    }

    /// Returns the id of this actor.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.cell.id
    }

    /// Returns the name this actor was spawned with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.cell.name().map(|name| &**name)
    }

    /// Returns a reference to this actor, for messages and replies.
    #[must_use]
    pub fn actor_ref(&self) -> ActorRef<A> {
        ActorRef::new(self.cell.clone())
    }

    /// Returns a publisher for a task that works for this actor, with the same permissions.
    #[must_use]
    pub fn publisher(&self) -> Publisher<A> {
        Publisher::new(self.actor_ref(), self.meta().map(Meta::correlation))
    }

    /// Returns the actor that sent the current message; `None` if it came from outside the actors. In a hook it is the sender of the
    /// last message.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.meta().map_or(self.tag.sender(), Meta::sender)
    }

    /// Returns the metadata of the current message, if a hook, a tap or a monitor observes it.
    #[must_use]
    #[inline]
    pub fn meta(&self) -> Option<&Meta> {
        self.pooled_meta().map(|meta| &**meta)
    }

    #[inline]
    pub(super) fn pooled_meta(&self) -> Option<&PooledMeta> {
        self.observed.as_ref()?.current.as_ref()
    }

    /// Returns the number of messages that this actor has finished, successfully or not.
    #[must_use]
    pub fn message_count(&self) -> u64 {
        self.cell.mailbox.progress().1
    }

    /// Returns when the current batch of messages was taken from the mailbox. The runtime keeps this time from the first call on, so
    /// an actor that never calls it reads no clock; the first call returns the present time.
    #[must_use]
    pub fn last_message_at(&mut self) -> std::time::Instant {
        (*self.rare.get_or_insert_default().last_message_at.get_or_insert_with(rt::now)).into()
    }

    /// Notes that a batch of messages was taken from the mailbox.
    #[inline]
    pub(crate) fn took_batch(&mut self) {
        if let Some(last) = self.rare.as_mut().and_then(|rare| rare.last_message_at.as_mut()) {
            *last = rt::now();
        }
    }

    /// Returns the number of this incarnation: 1 for the first, and one more after each restart.
    #[must_use]
    pub fn incarnation(&self) -> u32 {
        let lifecycle = self.cell.lifecycle();
        // In `pre_start` of a restart the new incarnation does not run yet.
        lifecycle.incarnation().saturating_add(u32::from(lifecycle.state() == ActorState::Restarting))
    }

    /// Returns the lifecycle state of this actor, and since when it has it.
    #[must_use]
    pub fn lifecycle(&self) -> Lifecycle {
        self.cell.lifecycle()
    }

    /// Stops this actor after the current message. Messages that are left in the mailbox become dead letters.
    pub fn stop(&self) {
        self.cell.mailbox.stop_after_this();
    }

    /// Whether `other` is this actor. By identity, not by id: two systems may use the same id.
    #[inline]
    pub(super) fn is<T: Actor>(&self, other: &ActorRef<T>) -> bool {
        self.cell.identity() == other.identity()
    }
}

// In this file, so that rustc calls these methods `ActorContext::<A>::tell` in its errors.
/// Sending.
impl<A: Actor> ActorContext<A> {
    /// Sends a message to an actor in the `tells(..)` list, and waits for capacity if its mailbox is full. A message to this actor
    /// itself comes back in that case, and so does one to any actor of its type if the list has `Self`. Nothing is sent until the
    /// future is awaited.
    ///
    /// # Errors
    ///
    /// [`SendError`], which gives the message back: the actor has stopped, its mailbox is full and does not make senders wait, or the
    /// system shuts down.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the message has been sent or is dropped with it; nothing else is lost.
    #[inline]
    pub fn tell<'t, T, M>(&self, to: &'t ActorRef<T>, message: M) -> Tell<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        Tell::new(to, message, self.origin_to(to, T::WAITS))
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
        TellTimeout::new(Tell::new(to, message, self.origin_to(to, T::WAITS)), limit)
    }

    /// Sends a message to an actor in the `try_tells(..)` or the `tells(..)` list, and never waits. A broker that needs time continues
    /// in the background; later messages may overtake this one.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    #[inline]
    pub fn try_tell<T, M>(&self, to: &ActorRef<T>, message: M) -> Result<Sent, SendError<M>>
    where
        T: Actor + TriedBy<A>,
        M: HandledBy<T>,
    {
        try_tell(to, message, self.origin())
    }

    /// Sends a message to the actor behind a recipient; this actor declares `tells(any M)`. It waits for capacity if the mailbox is
    /// full. Nothing is sent until the future is awaited.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell).
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    #[inline]
    pub fn tell_any<M>(&self, to: &Recipient<M>, message: M) -> TellAny<M>
    where
        M: Message + ToldToAnyBy<A>,
    {
        to.tell_from(message, self.origin(), Some(self.cell.identity()))
    }

    /// Asks an actor in the `asks(..)` list, within the system's time limit for asks. Nothing is sent until the future is awaited.
    /// This actor handles no other message while it waits.
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
    #[inline]
    pub fn ask<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
    {
        let ask = Ask::new(to, message, self.origin());
        if self.is(to) { ask.of_itself() } else { ask }
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
    #[inline]
    pub fn ask_timeout<'t, T, M, R>(&self, to: &'t ActorRef<T>, message: M, limit: Duration) -> Ask<'t, T, R>
    where
        T: Actor + AskedBy<A>,
        M: HandledBy<T, Reply = R>,
    {
        self.ask(to, message).within(limit)
    }

    /// Publishes an event. The event waits in the outbox until the handler has returned and the answer is sent; the events of a
    /// handler that fails are discarded.
    #[inline]
    pub fn publish<E: PublishedBy<A>>(&mut self, event: E) {
        self.outbox.get_or_insert_default().push_back(event.wrap());
    }

    /// An actor whose own mailbox is full does not wait for itself: the message comes back. `waits`: whether the edge permits a wait.
    #[inline]
    fn origin_to<T: Actor>(&self, to: &ActorRef<T>, waits: bool) -> SendOrigin {
        self.origin().waits(waits && !self.is(to))
    }

    #[inline]
    fn origin(&self) -> SendOrigin {
        SendOrigin::actor(self.cell.id, self.meta().map(Meta::correlation))
    }
}

/// Other actors: children and watched actors.
impl<A: Actor> ActorContext<A> {
    /// Spawns an actor in the `spawns(..)` list as a child of this one. The child is stopped before this actor ends or is restarted;
    /// of several children the youngest is stopped first, each completely before the next. Nothing happens until the future is
    /// awaited; before that, name and mailbox can be set.
    ///
    /// Each child has the system's [`stop_timeout`](crate::system::SystemConfig::with_stop_timeout) to end, without the time in which it
    /// waits for its own children; then it is killed. A child that does not end then blocks its thread: it is given up, which is the
    /// lifecycle event [`Stuck`](crate::actor::LifecycleStep::Stuck), its name is free, and its children are stopped in its place.
    ///
    /// This actor handles no message while it waits for the spawn. An actor that is stopping cannot spawn children.
    ///
    /// # Errors
    ///
    /// [`SpawnError`](crate::actor::SpawnError): `pre_start` fails, panics or takes too long, the name is taken, or the system shuts down.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, nothing of the actor is left. If it was never polled, nothing has happened.
    pub fn spawn<T: Actor + SpawnedBy<A>>(&self, actor: T) -> Spawn<T> {
        let spawner = self.cell.kind.host().and_then(|host| spawner_of::<A, T>(&*host));
        Spawn::child(spawner, ActorSource::Value(actor), self.cell.clone())
    }

    /// As [`spawn`](Self::spawn), with a factory that makes the state of each incarnation, so that the child can be restarted.
    /// Nothing happens until the future is awaited.
    ///
    /// # Errors
    ///
    /// As for [`spawn`](Self::spawn).
    ///
    /// # Cancel safety
    ///
    /// As for [`spawn`](Self::spawn).
    pub fn spawn_with<T, F>(&self, mut factory: F) -> Spawn<T>
    where
        T: Actor + SpawnedBy<A>,
        F: FnMut() -> T + Send + 'static,
    {
        let spawner = self.cell.kind.host().and_then(|host| spawner_of::<A, T>(&*host));
        Spawn::child(spawner, ActorSource::Factory(Box::new(move || Some(factory()))), self.cell.clone())
    }

    /// Watches `other`: when it has ended, the `#[on_terminated]` method of this actor is called, once, after all messages that
    /// `other` had sent to this actor. It is called soon if `other` has ended already. The notification needs no capacity in
    /// the mailbox. A second watch of the same actor has no effect.
    pub fn watch<T: Actor>(&mut self, other: &ActorRef<T>)
    where
        A: HandlesTerminated,
    {
        let target: Arc<dyn AnyCell> = other.any_cell();
        let watching = &mut self.rare.get_or_insert_default().watching;
        if watching.insert(target.key(), target.clone()).is_some() {
            return;
        }
        let watcher = Arc::downgrade(&self.cell);
        let tell = move |terminated| {
            if let Some(watcher) = watcher.upgrade() {
                let message = A::wrap_terminated(terminated);
                watcher.mailbox.push_beyond_capacity(Queued { message, tag: Tag::of_sender(None) });
            }
        };
        target.add_watcher(Watcher::Actor(self.cell.identity(), Box::new(tell)));
    }

    /// Ends a [`watch`](Self::watch). A notification that is in the mailbox already is discarded.
    pub fn unwatch<T: Actor>(&mut self, other: &ActorRef<T>) {
        if let Some(target) =
            self.rare.as_mut().and_then(|rare| rare.watching.remove(&other.endpoint().key()))
        {
            target.remove_watcher(self.cell.identity());
        }
    }

    /// For generated code: whether this actor still watches the actor that has ended.
    #[doc(hidden)]
    pub fn wants(&mut self, terminated: &Terminated) -> bool {
        self.rare.as_mut().is_some_and(|rare| rare.watching.remove(&terminated.key).is_some())
    }

    /// Ends all watches, because this actor or its incarnation ends.
    pub(crate) fn unwatch_all(&mut self) {
        let Some(rare) = &mut self.rare else { return };
        for (_, target) in rare.watching.drain() {
            target.remove_watcher(self.cell.identity());
        }
    }
}

impl<A: Actor> fmt::Debug for ActorContext<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActorContext")
            .field("actor", &self.actor_ref())
            .field("sender", &self.sender())
            .field("published", &self.outbox.as_ref().map_or(0, |outbox| outbox.len()))
            .finish()
    }
}
