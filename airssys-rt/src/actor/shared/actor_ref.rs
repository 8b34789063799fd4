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
/// It sends nothing by itself: sending goes through an [`ActorContext`](crate::actor::ActorContext) inside an actor or
/// an [`ActorSystem`](crate::system::ActorSystem) outside. It may outlive the actor; a send is then an error that
/// gives the message back.
pub struct ActorRef<A: Actor>(pub(crate) Arc<Cell<A>>);

impl<A: Actor> ActorRef<A> {
    /// Who it is.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.0.id
    }

    /// The name it was spawned with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name().map(|name| &**name)
    }

    /// Whether it still takes messages. It may stop right after the answer.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.0.mailbox.is_open()
    }

    /// How many messages wait in its mailbox or are being handled at this moment.
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

/// Two references are equal if they lead to the same actor.
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
