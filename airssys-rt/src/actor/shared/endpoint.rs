//! The trait `Endpoint`: what an `ActorRef` leads to. A send makes one virtual call of it.

use crate::{
    actor::{
        declare::Actor,
        shared::{Abandoned, AnyCell, Delivery, Host, Outgoing, SendProgress, SendResult},
    },
    sync::Weak,
};
use std::{task::Context, time::Duration};

/// What an [`ActorRef<A>`](crate::actor::ActorRef) leads to: the cell of a local actor.
///
/// The reference is a trait object for two reasons. rustc asks whether a message is `Send`, and how it is dropped, through the fields
/// of its type. With a concrete type behind the reference, that search went on through mailbox and messages to the next actor's
/// references, and ended at the recursion limit of rustc for a chain of ten actors. And an actor that is not a local one, such
/// as a pool or an actor of another process, is an `ActorRef<A>` with another implementation.
///
/// The trait has no bound `A: Actor`, so that a type that names an `ActorRef<A>` does not repeat the bound; its methods have it.
pub(crate) trait Endpoint<A>: AnyCell {
    /// Sends the message at the first call; continues the send at later calls.
    fn poll_send(&self, delivery: &mut Delivery<A>, cx: &mut Context<'_>) -> SendProgress
    where
        A: Actor;

    /// Ends a send before it is over, wherever the message is.
    fn abandon(&self, delivery: &mut Delivery<A>) -> Abandoned<A::Message>
    where
        A: Actor;

    /// Sends without waiting, whatever the overflow policy.
    fn try_send(&self, outgoing: Outgoing<A>) -> SendResult<A>
    where
        A: Actor;

    /// The system, for what an actor of this type publishes.
    fn weak_host(&self) -> Weak<dyn Host<A>>
    where
        A: Actor;

    /// The time limit of an ask that has none of its own.
    fn ask_timeout(&self) -> Duration;
}
