use crate::{
    actor::{
        declare::{
            Actor, AskedBy, HandledBy, HandlesTerminated, PublishedBy, SpawnedBy, ToldBy, ToldToAnyBy,
        },
        send::{Ask, Publisher, Recipient, SendOrigin, Tell, TellAny, TellTimeout, try_tell},
        shared::{
            ActorRef, ActorState, AnyCell, Cell, DeadLetterMeta, Host, Lifecycle, Queued, SendError, Sent,
            Tag, Terminated, Watcher, name_of,
        },
        task::{ActorSource, Spawn, spawner_of},
    },
    broker::{Outcome, dead_letters::Reason},
    envelope::{Meta, PooledMeta},
    id::ActorId,
    mailbox::Intake,
    message::Message,
    reply::{Fault, Refusal, ReplySlot},
    rt::{self, Instant},
    sync::Arc,
};
use std::{
    collections::{HashMap, VecDeque},
    fmt,
    time::Duration,
};

/// The publisher inside one actor. It can do what `#[actor(..)]` declares, and no more.
///
/// The futures of `tell` and `ask` borrow the address, not the context, so two asks can be joined.
pub struct ActorContext<A: Actor> {
    pub(crate) cell: Arc<Cell<A>>,
    /// Published by the current handler. Kept from message to message; absent in an actor that has never published.
    #[allow(clippy::box_collection)] // 24 bytes less in each actor that publishes nothing
    outbox: Option<Box<VecDeque<A::Event>>>,
    /// Of the current message.
    tag: Tag,
    /// Absent while there is nothing in it.
    seen: Option<Box<Seen>>,
    /// Absent until one of what is in it is wanted.
    rare: Option<Box<Rare>>,
    variant: u16,
    answered: bool,
}

/// What is known about messages that somebody can see.
#[derive(Default)]
struct Seen {
    /// Of the current message.
    current: Option<PooledMeta>,
    /// Of those that follow it in the batch, in their order, and of none behind one without.
    ahead: VecDeque<PooledMeta>,
}

#[derive(Default)]
struct Rare {
    /// Whom the actor watches, by their place.
    watching: HashMap<usize, Arc<dyn AnyCell>>,
    /// When the current batch of messages was taken from the mailbox, once somebody has asked.
    last_message_at: Option<Instant>,
}

impl<A: Actor> ActorContext<A> {
    pub(crate) fn new(cell: Arc<Cell<A>>) -> Self {
        ActorContext {
            cell,
            outbox: None,
            tag: Tag::of_sender(None),
            seen: None,
            rare: None,
            variant: 0,
            answered: false,
        }
    }

    /// Who this actor is.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.cell.id
    }

    /// The name it was spawned with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.cell.name().map(|name| &**name)
    }

    /// A reference to this actor, to be passed on.
    #[must_use]
    pub fn actor_ref(&self) -> ActorRef<A> {
        ActorRef(self.cell.clone())
    }

    /// The publisher of this actor for a task that works for it, with the same permissions.
    #[must_use]
    pub fn publisher(&self) -> Publisher<A> {
        Publisher::new(self.cell.clone(), self.meta().map(Meta::correlation))
    }

    /// The actor that sent the message which is being handled; `None` if it came from outside. In a hook, the
    /// sender of the last message.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.meta().map_or(self.tag.sender(), Meta::sender)
    }

    /// What is known about the message which is being handled, if somebody can see it: a hook, a tap, a monitor.
    #[must_use]
    #[inline]
    pub fn meta(&self) -> Option<&Meta> {
        self.seen.as_deref()?.current.as_deref()
    }

    /// How many messages this actor has come to the end of, in whatever way.
    #[must_use]
    pub fn message_count(&self) -> u64 {
        self.cell.mailbox.progress().1
    }

    /// When the messages that are being handled now were taken from the mailbox, all at once. The runtime keeps it from
    /// the first time on that it is asked for, so an actor that never does pays for no clock; the first answer is the
    /// present.
    #[must_use]
    pub fn last_message_at(&mut self) -> std::time::Instant {
        (*self.rare.get_or_insert_default().last_message_at.get_or_insert_with(rt::now)).into()
    }

    /// A batch of messages was taken from the mailbox.
    #[inline]
    pub(crate) fn took_batch(&mut self) {
        if let Some(last) = self.rare.as_mut().and_then(|rare| rare.last_message_at.as_mut()) {
            *last = rt::now();
        }
    }

    /// Which life of this actor this is: 1 for the first, and one more with each restart.
    #[must_use]
    pub fn incarnation(&self) -> u32 {
        let life = self.cell.lifecycle();
        // In `pre_start` of a restart it does not run yet.
        life.incarnation().saturating_add(u32::from(life.state() == ActorState::Restarting))
    }

    /// Where this actor is in its life, and since when.
    #[must_use]
    pub fn lifecycle(&self) -> Lifecycle {
        self.cell.lifecycle()
    }

    /// From now on, when `other` has ended, the `#[on_terminated]` method of this actor hears of it: once, and after
    /// all that `other` had sent here. It hears so at once if `other` has ended already. The news needs no room in the
    /// mailbox. Watching twice is watching once.
    pub fn watch<T: Actor>(&mut self, other: &ActorRef<T>)
    where
        A: HandlesTerminated,
    {
        let target: Arc<dyn AnyCell> = other.0.clone();
        let watching = &mut self.rare.get_or_insert_default().watching;
        if watching.insert(target.identity(), target.clone()).is_some() {
            return;
        }
        let me = Arc::downgrade(&self.cell);
        let tell = move |terminated| {
            if let Some(me) = me.upgrade() {
                me.mailbox
                    .push_beyond_capacity(Queued { message: A::hear(terminated), tag: Tag::of_sender(None) });
            }
        };
        target.add_watcher(Watcher::Actor(self.cell.identity(), Box::new(tell)));
    }

    /// Takes [`watch`](Self::watch) back. News that is in the mailbox already is not heard any more.
    pub fn unwatch<T: Actor>(&mut self, other: &ActorRef<T>) {
        if let Some(target) = self.rare.as_mut().and_then(|rare| rare.watching.remove(&other.0.identity())) {
            target.remove_watcher(self.cell.identity());
        }
    }

    /// For generated code: whether this news is still wanted.
    #[doc(hidden)]
    pub fn wants(&mut self, terminated: &Terminated) -> bool {
        self.rare.as_mut().is_some_and(|rare| rare.watching.remove(&terminated.identity).is_some())
    }

    /// The actor ends: nobody need tell it anything any more.
    pub(crate) fn unwatch_all(&mut self) {
        let Some(rare) = &mut self.rare else { return };
        for (_, target) in rare.watching.drain() {
            target.remove_watcher(self.cell.identity());
        }
    }

    /// Stops this actor after the current message. What is left in the mailbox is dead.
    pub fn stop(&self) {
        self.cell.mailbox.stop_after_this();
    }

    /// Publishes an event. It waits in the outbox until the handler has returned and the answer is sent; a
    /// handler that fails has published nothing.
    #[inline]
    pub fn publish<E: PublishedBy<A>>(&mut self, event: E) {
        self.outbox.get_or_insert_default().push_back(event.wrap());
    }

    /// Sends a message to an actor in the `tells(..)` list, waiting for room if its mailbox is full; one to this actor
    /// itself comes back then. Nothing is sent until it is awaited.
    #[inline]
    pub fn tell<'t, T, M>(&self, to: &'t ActorRef<T>, message: M) -> Tell<'t, T, M>
    where
        T: Actor + ToldBy<A>,
        M: HandledBy<T>,
    {
        Tell::new(to, message, self.origin_to(to))
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
        TellTimeout::new(Tell::new(to, message, self.origin_to(to)), limit)
    }

    /// Sends a message to an actor in the `tells(..)` list, without ever waiting. A broker that takes its time goes on with
    /// it in the background; what is sent meanwhile may overtake it.
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

    /// Asks an actor in the `asks(..)` list, within the system's time limit for asks. Nothing is sent until it is
    /// awaited. This actor handles no other message meanwhile.
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

    /// Makes an actor in the `spawns(..)` list of `actor`, a child of this one: it is stopped before this one ends or is
    /// restarted, whoever was started last first. Nothing happens until it is awaited; before that, name and mailbox can
    /// be set.
    ///
    /// An actor that waits for the spawn handles no message meanwhile. One that is stopping has no more children.
    pub fn spawn<T: Actor + SpawnedBy<A>>(&self, actor: T) -> Spawn<T> {
        let host = self.cell.kind.host().and_then(|host| spawner_of::<A, T>(&*host));
        Spawn::child(host, ActorSource::Value(actor), self.cell.clone())
    }

    /// As [`spawn`](Self::spawn), with a factory, which makes the state of each incarnation: the child can be restarted.
    /// Nothing happens until it is awaited.
    pub fn spawn_with<T, F>(&self, mut factory: F) -> Spawn<T>
    where
        T: Actor + SpawnedBy<A>,
        F: FnMut() -> T + Send + 'static,
    {
        let host = self.cell.kind.host().and_then(|host| spawner_of::<A, T>(&*host));
        Spawn::child(host, ActorSource::Factory(Box::new(move || Some(factory()))), self.cell.clone())
    }

    /// By place, not by id: two systems may know the same id.
    #[inline]
    fn is<T: Actor>(&self, other: &ActorRef<T>) -> bool {
        self.cell.identity() == other.0.identity()
    }

    /// Sends a message to whoever takes it; the actor declares `tells(any M)`. Waits for room if the mailbox is full.
    /// Nothing is sent until it is awaited.
    #[inline]
    pub fn tell_any<M>(&self, to: &Recipient<M>, message: M) -> TellAny<M>
    where
        M: Message + ToldToAnyBy<A>,
    {
        to.tell(message, self.origin(), Some(self.cell.identity()))
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

    /// For generated code: sends the answer of a handler that cannot fail.
    #[doc(hidden)]
    #[inline]
    pub fn answer<R>(&mut self, slot: ReplySlot<R>, reply: R) {
        let asked = slot.is_asked();
        if slot.answer(reply) {
            self.answered = asked;
        } else {
            self.answer_was_late();
        }
    }

    #[cold]
    fn answer_was_late(&self) {
        if let Some(host) = self.cell.kind.host() {
            host.dead_letter(self.death(Reason::LateReply), None);
        }
    }

    /// What there is to say about the current message if it is dead.
    pub(crate) fn death(&self, reason: Reason) -> DeadLetterMeta {
        DeadLetterMeta {
            reason,
            id: self.meta().map(Meta::id),
            receiver: A::NAME,
            name: self.current(),
            sender: self.sender(),
            target: Some(self.cell.id),
        }
    }

    /// For generated code: sends the answer, or tells the asker of the fault, which goes on to `on_error`.
    #[doc(hidden)]
    #[inline]
    pub fn settle<R>(&mut self, mut slot: ReplySlot<R>, outcome: Result<R, Fault>) -> Result<(), Fault> {
        match outcome {
            Ok(reply) => {
                self.answer(slot, reply);
                Ok(())
            }
            Err(fault) => {
                let fault = fault.at(self.current());
                slot.refuse(Refusal::Failed(Some(fault.report())));
                Err(fault)
            }
        }
    }

    #[inline]
    pub(crate) fn begin(&mut self, tag: Tag, variant: u16) {
        self.tag = tag;
        self.variant = variant;
    }

    /// The current message can be seen: observers up what is known about it, and about some of what is behind it.
    pub(crate) fn look_up(&mut self, intake: &Intake<Queued<A::Message>>) -> Option<&Meta> {
        self.answered = false;
        let seen = self.seen.get_or_insert_default();
        seen.current = seen.ahead.pop_front().or_else(|| {
            let follow = intake.iter().map(|queued| queued.tag);
            self.cell.kind.metadata.remove_batch(self.tag, follow, &mut seen.ahead)
        });
        seen.current.as_deref()
    }

    /// What is known about the next message of the batch, which will not be handled.
    pub(crate) fn forget(&mut self, tag: Tag) -> Option<PooledMeta> {
        let ahead = self.seen.as_mut().filter(|_| tag.is_entry()).and_then(|seen| seen.ahead.pop_front());
        ahead.or_else(|| self.cell.kind.metadata.remove(tag))
    }

    /// The batch is over: an idle actor keeps no room for what is known about messages. Says whether there was any.
    #[inline]
    pub(crate) fn look_no_further(&mut self) -> bool {
        self.seen.take().is_some()
    }

    #[inline]
    pub(crate) fn is_seen(&self) -> bool {
        self.meta().is_some()
    }

    /// The current message is over; whoever observers is told.
    pub(crate) fn settled(&mut self, host: &dyn Host<A>, outcome: impl FnOnce(bool) -> Outcome) {
        let Some(seen) = self.seen.as_mut() else { return };
        if let Some(meta) = seen.current.take() {
            self.tag = Tag::of_sender(meta.sender());
            host.settled(&meta, outcome(self.answered));
        }
    }

    /// The name of the message that is, or was last, being handled.
    pub(crate) fn current(&self) -> &'static str {
        name_of::<A>(self.variant)
    }

    #[inline]
    pub(crate) fn has_published(&self) -> bool {
        self.outbox.as_ref().is_some_and(|outbox| !outbox.is_empty())
    }

    #[inline]
    pub(crate) fn next_published(&mut self) -> Option<A::Event> {
        self.outbox.as_mut()?.pop_front()
    }

    /// The incarnation is over: nothing of it is left for the next one.
    pub(crate) fn renew(&mut self) {
        rt::catch(|| self.discard_published());
        self.unwatch_all();
        self.rare = None;
    }

    /// The handler failed: it has published nothing.
    pub(crate) fn discard_published(&mut self) {
        if let Some(outbox) = &mut self.outbox {
            outbox.clear();
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
