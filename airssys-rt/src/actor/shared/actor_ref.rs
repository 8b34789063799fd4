//! `ActorRef`: the typed reference to one actor, cheap to clone, without methods that send.

use crate::{
    actor::{declare::Actor, shared::Cell},
    id::ActorId,
    sync::Arc,
};
use std::{
    fmt,
    hash::{Hash, Hasher},
};

/// The typed address of one actor. Cheap to clone.
///
/// It has no methods that send: messages are sent through an [`ActorContext`](crate::actor::ActorContext) inside an actor or
/// an [`ActorSystem`](crate::system::ActorSystem) outside. It may outlive the actor: a send then returns an error, which
/// gives the message back.
pub struct ActorRef<A: Actor>(pub(crate) Arc<Cell<A>>);

impl<A: Actor> ActorRef<A> {
    /// The id of the actor.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.0.id
    }

    /// The name that the actor was spawned with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name().map(|name| &**name)
    }

    /// Whether the actor accepts messages. It may stop right after the call.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.0.mailbox.is_open()
    }

    /// Number of messages that are queued or being handled.
    #[must_use]
    pub fn queue_depth(&self) -> usize {
        let (accepted, done) = self.0.mailbox.progress();
        usize::try_from(accepted - done).unwrap_or(usize::MAX)
    }
}

impl<A: Actor> Clone for ActorRef<A> {
    fn clone(&self) -> Self {
        ActorRef(self.0.clone())
    }
}

/// Two references are equal if they refer to the same actor.
impl<A: Actor> PartialEq for ActorRef<A> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<A: Actor> Eq for ActorRef<A> {}

impl<A: Actor> Hash for ActorRef<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl<A: Actor> fmt::Display for ActorRef<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", A::NAME, self.id())?;
        self.name().map_or(Ok(()), |name| write!(f, " ({name})"))
    }
}

impl<A: Actor> fmt::Debug for ActorRef<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorRef({self})")
    }
}
