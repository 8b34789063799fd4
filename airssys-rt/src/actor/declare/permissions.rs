//! The permission traits: which messages an actor may handle, tell, ask, publish and spawn, and to which actors.
//!
//! Each permission is a pair of traits. `#[actor]` implements the first (`Handles`, `Publishes`, `Asks`, `Tells`, ..) for the
//! actor. The actor is always a local type, so the orphan rule allows any argument, even a type parameter of a generic actor.
//! Methods are bounded by the second (`HandledBy`, `PublishedBy`, `AskedBy`, `ToldBy`, ..), which has the type of the
//! argument in `Self` position: type inference then waits for the argument, and the error is at it. `do_not_recommend` keeps the first
//! out of the error, except for messages: in generic code rustc suggests the bound `A: Handles<M>`.

use crate::{
    actor::{
        declare::{Actor, EventVariant, MessageVariant},
        shared::Terminated,
    },
    reply::ReplySlot,
};

/// The actor has a handler for `M`, which `#[actor]` implements: the bound of generic code that sends `M` to an actor of any type.
///
/// The type of the answer is [`Reply`](Handles::Reply), so `A: Handles<Total, Reply = u64>` bounds it as well.
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[message(reply = u64)]
/// pub struct Total;
///
/// async fn sum<S, A>(system: &ActorSystem<S>, actors: &[ActorRef<A>]) -> Result<u64, AskError>
/// where
///     S: airssys_rt::system::System,
///     A: HostedBy<S> + Handles<Total, Reply = u64>,
/// {
///     let mut sum = 0;
///     for actor in actors {
///         sum += system.ask(actor, Total).await?;
///     }
///     Ok(sum)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not handle `{M}`",
    label = "`{Self}` has no handler for `{M}`",
    note = "add a `#[handler]` method that takes `{M}` to the `#[actor] impl {Self}` block, or list its `Handler` impl: `#[actor(handles({M}))]`"
)]
pub trait Handles<M>: Actor {
    /// The type of the answer that the asking side receives.
    type Reply;
    /// The variant of the actor's message enum for `M`.
    #[doc(hidden)]
    const VARIANT: MessageVariant<Self::Message, M, Self::Reply>;
}

/// The actor declares that it publishes `E`.
#[doc(hidden)]
pub trait Publishes<E>: Actor {
    /// The variant of the actor's event enum for `E`.
    const VARIANT: EventVariant<Self::Event, E>;
}

/// The actor declares that it asks `T`.
#[doc(hidden)]
pub trait Asks<T> {}

/// The actor declares that it tells `T`, or tries to.
#[doc(hidden)]
pub trait Tells<T> {
    /// [`Waits`], [`ToItself`] or [`Tries`].
    type Kind;
}

/// `tells(A)`: a tell waits for capacity.
#[doc(hidden)]
#[derive(Debug)]
pub enum Waits {}

/// `tells(Self)`: a tell never waits for capacity; a message that does not fit comes back.
#[doc(hidden)]
#[derive(Debug)]
pub enum ToItself {}

/// `try_tells(A)`: `try_tell` only.
#[doc(hidden)]
#[derive(Debug)]
pub enum Tries {}

/// The kind of an edge permits `tell`.
#[doc(hidden)]
pub trait PermitsTell {
    /// Whether a tell waits for capacity.
    const WAITS: bool;
}

impl PermitsTell for Waits {
    const WAITS: bool = true;
}

impl PermitsTell for ToItself {
    const WAITS: bool = false;
}

/// The message has a handler in `A`: [`Handles`] with the message in `Self` position. Implied by `A: Handles<Self>`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not handle `{Self}`",
    label = "`{A}` has no handler for `{Self}`",
    note = "add a `#[handler]` method that takes `{Self}` to the `#[actor] impl {A}` block, or list its `Handler` impl: `#[actor(handles({Self}))]`"
)]
pub trait HandledBy<A: Actor>: Sized {
    /// The type of the answer that the asking side receives.
    type Reply;
    #[doc(hidden)]
    fn wrap(self, slot: ReplySlot<Self::Reply>) -> A::Message;
    #[doc(hidden)]
    fn unwrap(message: A::Message) -> Option<(Self, ReplySlot<Self::Reply>)>;
    #[doc(hidden)]
    fn peek(message: &A::Message) -> Option<&Self>;
}

impl<A: Handles<M>, M> HandledBy<A> for M {
    type Reply = A::Reply;

    #[inline]
    fn wrap(self, slot: ReplySlot<A::Reply>) -> A::Message {
        (A::VARIANT.wrap)(self, slot)
    }

    fn unwrap(message: A::Message) -> Option<(M, ReplySlot<A::Reply>)> {
        (A::VARIANT.unwrap)(message)
    }

    fn peek(message: &A::Message) -> Option<&M> {
        (A::VARIANT.peek)(message)
    }
}

/// The event is in the `publishes(..)` list of `A`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not publish `{Self}`",
    label = "not in the `publishes(..)` list of `{A}`",
    note = "declare it: `#[actor(publishes({Self}))]`"
)]
pub trait PublishedBy<A: Actor>: Sized {
    #[doc(hidden)]
    fn wrap(self) -> A::Event;
    #[doc(hidden)]
    fn unwrap(event: A::Event) -> Result<Self, A::Event>;
}

#[diagnostic::do_not_recommend]
impl<A: Publishes<E>, E> PublishedBy<A> for E {
    #[inline]
    fn wrap(self) -> A::Event {
        (A::VARIANT.wrap)(self)
    }

    fn unwrap(event: A::Event) -> Result<E, A::Event> {
        (A::VARIANT.unwrap)(event)
    }
}

/// The actor is in the `asks(..)` list of `A`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not ask `{Self}`",
    label = "not in the `asks(..)` list of `{A}`",
    note = "declare it: `#[actor(asks({Self}))]`"
)]
pub trait AskedBy<A> {}

#[diagnostic::do_not_recommend]
impl<A: Asks<T>, T> AskedBy<A> for T {}

/// The actor is in the `tells(..)` list of `A`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not tell `{Self}`",
    label = "not in the `tells(..)` list of `{A}`",
    note = "declare it: `#[actor(tells({Self}))]`"
)]
pub trait ToldBy<A> {
    /// Whether a tell waits for capacity.
    #[doc(hidden)]
    const WAITS: bool;
}

#[diagnostic::do_not_recommend]
impl<A: Tells<T>, T> ToldBy<A> for T
where
    A::Kind: PermitsTell,
{
    const WAITS: bool = <A::Kind as PermitsTell>::WAITS;
}

/// The actor is in the `tells(..)` or in the `try_tells(..)` list of `A`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not try to tell `{Self}`",
    label = "not in the `try_tells(..)` or `tells(..)` list of `{A}`",
    note = "declare it: `#[actor(try_tells({Self}))]`"
)]
pub trait TriedBy<A> {}

#[diagnostic::do_not_recommend]
impl<A: Tells<T>, T> TriedBy<A> for T {}

/// The actor declares that it spawns `T`.
#[doc(hidden)]
pub trait Spawns<T> {}

/// The actor is in the `spawns(..)` list of `A`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not spawn `{Self}`",
    label = "not in the `spawns(..)` list of `{A}`",
    note = "declare it: `#[actor(spawns({Self}))]`"
)]
pub trait SpawnedBy<A> {}

#[diagnostic::do_not_recommend]
impl<A: Spawns<T>, T> SpawnedBy<A> for T {}

/// The actor declares that it tells `M` to any actor.
#[doc(hidden)]
pub trait TellsAny<M> {}

/// The message is in the `tells(any ..)` list of `A`.
#[diagnostic::on_unimplemented(
    message = "`{A}` does not tell `{Self}` to any actor",
    label = "no `any {Self}` in the `tells(..)` list of `{A}`",
    note = "declare it: `#[actor(tells(any {Self}))]`"
)]
pub trait ToldToAnyBy<A> {}

#[diagnostic::do_not_recommend]
impl<A: TellsAny<M>, M> ToldToAnyBy<A> for M {}

/// The actor has an `#[on_terminated]` method.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot watch actors: it has no `#[on_terminated]` method",
    label = "requires an `#[on_terminated]` method",
    note = "add one to its `#[actor]` block: `#[on_terminated] fn gone(&mut self, terminated: Terminated)`"
)]
pub trait HandlesTerminated: Actor {
    /// Makes the message for a notification that a watched actor has terminated.
    #[doc(hidden)]
    fn wrap_terminated(terminated: Terminated) -> Self::Message;
}
