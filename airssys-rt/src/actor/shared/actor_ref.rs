//! `ActorRef`: the typed reference to one actor, cheap to clone, without methods that send.

use crate::{
    actor::{
        declare::Actor,
        shared::{AnyCell, Cell, Endpoint, Watch, Watcher},
    },
    id::{ActorId, Printable},
    sync::Arc,
};
use std::{
    fmt,
    hash::{Hash, Hasher},
};

/// The typed address of one actor. Cheap to clone.
///
/// It has no methods that send: messages are sent through an [`ActorContext`](crate::actor::ActorContext) inside an actor or
/// an [`ActorSystem`](crate::system::ActorSystem) or [`ActorHandle`](crate::actor::ActorHandle) outside. It may outlive the
/// actor: a send then returns an error, which gives the message back.
///
/// It is `Send` and `Sync` for every `A`, so messages may hold references to actors whose messages hold references, to any depth.
///
/// It leads to one actor of one running system. A program may run several systems of one type, and rustc does not tell their
/// references apart. Whichever of them sends, the message reaches the actor of the reference, and the system of that actor accepts,
/// counts or refuses it. The [id](Self::id) is unique in that system only.
///
/// ```
/// use airssys_rt::prelude::*;
/// # #[message(reply = u64)] pub struct Take;
///
/// #[derive(Default)]
/// pub struct Tickets(u64);
///
/// #[actor]
/// impl Tickets {
///     #[handler]
///     fn take(&mut self, _: Take) -> u64 { self.0 += 1; self.0 }
/// }
///
/// /// A message that tells its receiver whom to ask.
/// #[message(reply = u64)]
/// pub struct Enter { pub tickets: ActorRef<Tickets> }
///
/// pub struct Door;
///
/// #[actor(asks(Tickets))]
/// impl Door {
///     #[handler]
///     async fn enter(&mut self, Enter { tickets }: Enter, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
///         Ok(ctx.ask(&tickets, Take).await?)
///     }
/// }
///
/// #[actor_system(actors(Tickets, Door))]
/// pub struct Fair;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fair = ActorSystem::<Fair>::start(SystemConfig::default()).await?;
/// let tickets: ActorRef<Tickets> = fair.spawn(Tickets::default()).await?;
/// let door = fair.spawn(Door).await?;
/// assert_eq!(fair.ask(&door, Enter { tickets: tickets.clone() }).await?, 1);
///
/// fair.stop(&tickets).await; // the reference stays, and its sends are errors
/// assert!(!tickets.is_alive());
/// assert!(matches!(fair.tell(&tickets, Take).await, Err(SendError::Stopped(Take))));
/// # Ok(()) }
/// ```
pub struct ActorRef<A>(Arc<dyn Endpoint<A>>);

impl<A> ActorRef<A> {
    /// The id of the actor.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.0.id()
    }

    /// The name that the actor was spawned with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name().map(|name| &**name)
    }

    /// Whether the actor accepts messages. It may stop right after the call.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.0.is_open()
    }

    /// Number of messages that are queued or being handled.
    #[must_use]
    pub fn queue_depth(&self) -> usize {
        let (accepted, done) = self.0.progress();
        usize::try_from(accepted - done).unwrap_or(usize::MAX)
    }

    #[inline]
    pub(crate) fn endpoint(&self) -> &dyn Endpoint<A> {
        &*self.0
    }

    /// The same, without the type of the actor.
    pub(crate) fn any_cell(&self) -> Arc<dyn AnyCell> {
        self.0.clone().into_any_cell()
    }

    /// Distinguishes the actor from all others whose cells exist, without a call of its endpoint.
    #[inline]
    pub(crate) fn identity(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    pub(crate) fn watch(&self) -> Watch {
        let (sender, receiver) = oneshot::async_channel();
        self.0.add_watcher(Watcher::Outside(sender));
        Watch { identity: self.identity(), actor: self.0.actor(), id: self.id(), terminated: receiver }
    }
}

impl<A: Actor> ActorRef<A> {
    #[inline]
    pub(crate) fn new(cell: Arc<Cell<A>>) -> Self {
        ActorRef(cell)
    }
}

impl<A> Clone for ActorRef<A> {
    fn clone(&self) -> Self {
        ActorRef(self.0.clone())
    }
}

/// Two references are equal if they refer to the same actor.
impl<A> PartialEq for ActorRef<A> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl<A> Eq for ActorRef<A> {}

impl<A> Hash for ActorRef<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl<A> fmt::Display for ActorRef<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.actor(), self.id())?;
        self.name().map_or(Ok(()), |name| write!(f, " ({})", Printable(name)))
    }
}

impl<A> fmt::Debug for ActorRef<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorRef({self})")
    }
}
