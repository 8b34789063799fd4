//! What the programs of kameo and ractor need again and again.

use crate::work::CAPACITY;
use kameo::{
    Actor,
    actor::{ActorRef, Spawn},
    mailbox,
};

/// An actor of kameo, with as much room in its mailbox as one of this framework has by default.
pub(crate) fn kameo<A: Actor<Args = A>>(actor: A) -> ActorRef<A> {
    A::spawn_with_mailbox(actor, mailbox::bounded(CAPACITY))
}

/// An actor of kameo with room for everything.
pub(crate) fn kameo_unbounded<A: Actor<Args = A>>(actor: A) -> ActorRef<A> {
    A::spawn_with_mailbox(actor, mailbox::unbounded())
}

/// An actor of ractor. Its mailboxes have no limit.
///
/// # Panics
///
/// If it does not start.
pub(crate) async fn ractor<A>(actor: A, state: A::Arguments) -> ractor::ActorRef<A::Msg>
where
    A: ractor::Actor,
{
    ractor::Actor::spawn(None, actor, state).await.expect("nothing can fail").0
}
