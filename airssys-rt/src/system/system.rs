//! The trait `System`: the actors and events that run together, and the traits of its members.

use crate::{
    actor::{
        Actor, ActorSource, AnyTypeState, FanOut, Host, Queued, Spawn, TypeState, Variants, name_of,
        one_of::ConfiguredOut,
    },
    broker::{MaybeReady, MessageBroker, Published, Undelivered},
    envelope::Envelope,
    graph::{Edges, Node, Routed},
    message::{Event, LetterContent},
    sync::{Arc, Weak},
    system::{Core, SystemConfig},
};
use std::{any::Any, fmt};

/// A list of actors and events that run together, implemented by [`#[actor_system]`](macro@crate::actor_system).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an actor system",
    label = "annotate it with `#[actor_system(actors(..))]`"
)]
pub trait System: Sized + Send + Sync + 'static {
    /// An enum of all messages of all actors of the system.
    type Message: Send + 'static;
    /// An enum of all events that the system routes.
    type Event: Send + 'static;
    #[doc(hidden)]
    type Registry: Send + Sync + 'static;
    /// The name of the system.
    const NAME: &'static str;
    /// The actors, in the order of `actors(..)`.
    #[doc(hidden)]
    const NODES: &'static [Node];
    /// The events, in the order of `events(..)`.
    #[doc(hidden)]
    const EVENTS: &'static [Routed];

    #[doc(hidden)]
    fn registry<B: MessageBroker<Self::Message>>(
        core: &Weak<Core<Self, B>>,
        config: &SystemConfig,
    ) -> Self::Registry;
    #[doc(hidden)]
    fn kinds(registry: &Self::Registry, visit: &mut dyn FnMut(&dyn AnyTypeState));
    /// Returns what is known about a message or an event.
    #[doc(hidden)]
    fn about(message: &Self::Message) -> About<'_>;
    #[doc(hidden)]
    fn event(event: Self::Event) -> Self::Message;
    #[doc(hidden)]
    fn into_event(message: Self::Message) -> Option<Self::Event>;
    /// Returns the message of the actor, or the event.
    #[doc(hidden)]
    fn inside(message: &Self::Message) -> &dyn Any;
    /// Delivers an envelope from a broker into the recipient's mailbox, or into the mailboxes of all subscribers.
    #[doc(hidden)]
    fn deliver(
        registry: &Self::Registry,
        envelope: Envelope<Self::Message>,
    ) -> MaybeReady<Result<Published, Undelivered<Self::Message>>>;
    #[doc(hidden)]
    fn fan_out(registry: &Self::Registry, event: &Self::Event, fan: &mut FanOut);
}

/// Makes the graph node of an actor, which has `name` in the system.
// No `MemberOf` bound: the code that passes the edges checks that, once.
#[doc(hidden)]
#[must_use]
pub const fn node<A: Actor>(name: &'static str, entry: bool, edges: &'static Edges) -> Node {
    Node {
        name,
        entry,
        handles: A::MESSAGES,
        edges,
        start_waits: A::START_WAITS,
        mailbox: A::MAILBOX,
        slot: size_of::<Queued<A::Message>>,
        list: None,
    }
}

/// The type is in the `actors(..)` list of `S`. Generic code uses [`HostedBy`], which implies it.
///
/// It is the bound of `spawn`, and apart from `HostedBy` so that one mistake is one error. What `spawn` returns is a projection of
/// this trait: for a type that is not listed it is an error type, whose uses rustc does not report. And it does not require
/// [`Actor`], so that it can be implemented for a listed type that lacks its `#[actor]`, which is reported in the list.
#[diagnostic::on_unimplemented(
    message = "the actor system `{S}` does not host `{Self}`",
    label = "not in the `actors(..)` list of `{S}`",
    note = "add it: `#[actor_system(actors(.., {Self}))]`"
)]
pub trait Listed<S: System>: Sized {
    /// [`Spawn<Self>`](crate::actor::Spawn).
    type Spawn: SpawnIn<S, Self>;
}

/// What spawns an actor of the type `A` in the system `S`: [`Spawn<A>`](crate::actor::Spawn).
#[doc(hidden)]
pub trait SpawnIn<S: System, A> {
    fn from_source(registry: &S::Registry, source: ActorSource<A>) -> Self;
}

impl<S: System, A: HostedBy<S>> SpawnIn<S, A> for Spawn<A> {
    // A call that is not inlined copies the state of the actor once more.
    #[inline(always)]
    fn from_source(registry: &S::Registry, source: ActorSource<A>) -> Self {
        Spawn::new(A::kind(registry).host().map(Host::spawner), source)
    }
}

/// Stands for an entry of `actors(..)` that is the type of an earlier entry, so that rustc reports one conflict of the two.
#[doc(hidden)]
#[derive(Debug)]
pub struct Duplicate<const NUMBER: usize>;

impl<S: System, const NUMBER: usize> SpawnIn<S, Self> for Duplicate<NUMBER> {
    fn from_source(_: &S::Registry, _: ActorSource<Self>) -> Self {
        Duplicate
    }
}

/// For generated code: what is known about a message or an event.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct About<'m> {
    /// The name of its type, as its actor or the system declares it.
    pub(crate) name: &'static str,
    /// What a dead letter may keep of it.
    pub(crate) content: Option<&'m dyn LetterContent>,
}

impl<'m> About<'m> {
    #[inline]
    #[must_use]
    pub fn message<A: Actor>(message: &'m A::Message) -> Self {
        About { name: name_of::<A>(message.number()), content: message.content() }
    }

    #[inline]
    #[must_use]
    pub fn event<E: Event>(name: &'static str, event: &'m E) -> Self {
        About { name, content: Some(event) }
    }
}

impl fmt::Debug for About<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("About").field("name", &self.name).finish_non_exhaustive()
    }
}

/// For generated code: offers an event to the actors of one type, if they subscribe to any.
#[doc(hidden)]
#[inline]
pub fn offer<A: MemberOf<S>, S: System>(kind: &TypeState<A>, event: &S::Event, fan: &mut FanOut) {
    if !A::EDGES.subscribes.is_empty() {
        kind.offer(fan, || A::accept(event));
    }
}

/// For generated code: asserts that a system has the actors and events that one of its actors names.
#[doc(hidden)]
pub const fn member<A: MemberOf<S>, S: System>() {}

/// The actor is in the `actors(..)` list of `S`.
#[diagnostic::on_unimplemented(
    message = "the actor system `{S}` does not host `{Self}`",
    label = "not in the `actors(..)` list of `{S}`",
    note = "an actor of this system: add it to the list, `#[actor_system(actors(.., {Self}))]`",
    note = "an actor of another system: use the handle of its own system, in place of that of `{S}`"
)]
pub trait HostedBy<S: System>: Actor + Send + Listed<S, Spawn = Spawn<Self>> {
    /// The position of the actor in `actors(..)`.
    #[doc(hidden)]
    const INDEX: usize;
    #[doc(hidden)]
    fn kind(registry: &S::Registry) -> &Arc<TypeState<Self>>;
    #[doc(hidden)]
    fn wrap(message: Self::Message) -> S::Message;
    /// Returns the message of this actor type; `Err` with the value if it is another message.
    #[doc(hidden)]
    fn unwrap(message: S::Message) -> Result<Self::Message, S::Message>;
    #[doc(hidden)]
    fn route(event: Self::Event) -> S::Event;
}

/// The counterpart of [`HostedBy`] with the system in `Self` position.
///
/// As a bound of an impl it implies nothing about `A`. A bound `A: HostedBy<S>` implies `A: Actor`, and for a generic actor rustc
/// then resolves `A::Message` from that bound instead of the actor's impl.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the actor system `{Self}` does not host `{A}`",
    label = "not in the `actors(..)` list of `{Self}`",
    note = "add it: `#[actor_system(actors(.., {A}))]`"
)]
pub trait Hosts<A> {
    const INDEX: usize;
}

#[diagnostic::do_not_recommend]
impl<S: System, A: HostedBy<S>> Hosts<A> for S {
    const INDEX: usize = <A as HostedBy<S>>::INDEX;
}

/// The event is in the `events(..)` list of `S`.
#[diagnostic::on_unimplemented(
    message = "the actor system `{S}` does not route the event `{Self}`",
    label = "`{Self}` is not in the `events(..)` list of `{S}`",
    note = "add it: `#[actor_system(.., events({Self}))]`"
)]
pub trait RoutedBy<S: System>: Sized {
    /// The position of the event in `events(..)`.
    #[doc(hidden)]
    const INDEX: usize;
    #[doc(hidden)]
    fn wrap(self) -> S::Event;
    /// Returns a clone of the event, if the value is this event.
    #[doc(hidden)]
    fn get(event: &S::Event) -> Option<Self>;
    #[doc(hidden)]
    fn unwrap(event: S::Event) -> Option<Self>;
}

impl<S: System> RoutedBy<S> for ConfiguredOut {
    const INDEX: usize = usize::MAX;

    fn wrap(self) -> S::Event {
        match self {}
    }

    fn get(_: &S::Event) -> Option<Self> {
        None
    }

    fn unwrap(_: S::Event) -> Option<Self> {
        None
    }
}

/// An actor as a member of a system: its edges in the graph, and conversions of its events.
///
/// `#[actor]` implements it for every system that hosts all actors and routes all events that the actor names.
#[doc(hidden)]
#[diagnostic::on_unimplemented(message = "`{Self}` is not an actor", label = "not an actor")]
// With the message type as a parameter, the impls of two `#[actor]` blocks of one type do not conflict: those of `Actor` do, which is one error.
pub trait MemberOf<S: System, M = <Self as Actor>::Message>: Actor {
    const EDGES: &'static Edges = &Edges::NONE;
    /// The event as one of the system. The default is that of an actor that publishes none.
    fn route(_event: Self::Event) -> S::Event {
        unreachable!("the actor publishes no events")
    }
    /// The message of an event, if the actor subscribes to it.
    #[inline]
    fn accept(_event: &S::Event) -> Option<Self::Message> {
        None
    }
}
