//! Spawn functions for the programs of kameo and ractor.

use crate::work::CAPACITY;
use kameo::{
    Actor,
    actor::{ActorRef, Spawn},
    mailbox,
};

/// Spawns an actor of kameo with the default mailbox capacity of airssys-rt.
pub(crate) fn kameo<A: Actor<Args = A>>(actor: A) -> ActorRef<A> {
    A::spawn_with_mailbox(actor, mailbox::bounded(CAPACITY))
}

/// Spawns an actor of kameo with an unbounded mailbox.
pub(crate) fn kameo_unbounded<A: Actor<Args = A>>(actor: A) -> ActorRef<A> {
    A::spawn_with_mailbox(actor, mailbox::unbounded())
}

/// Spawns an actor of ractor. Its mailboxes are unbounded.
///
/// # Panics
///
/// Panics if the actor does not start.
pub(crate) async fn ractor<A>(actor: A, state: A::Arguments) -> ractor::ActorRef<A::Msg>
where
    A: ractor::Actor,
{
    ractor::Actor::spawn(None, actor, state).await.expect("the spawn succeeds").0
}
