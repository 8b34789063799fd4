//! Watches: the notification `Terminated`, the future `Watch`, and the watchers of an actor.

use crate::{
    actor::shared::{ActorKey, Exit, ExitReason},
    id::ActorId,
    rt,
    sync::Arc,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The notification that an actor has ended. A watcher receives it once, after all messages that the actor sent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terminated {
    /// The id of the actor that has ended.
    pub id: ActorId,
    /// The name of its type.
    pub actor: &'static str,
    /// The name it was spawned with.
    pub name: Option<Arc<str>>,
    /// Why it ended, also if it had ended before it was watched.
    pub reason: ExitReason,
    /// Ids are unique in one system only. The address of its cell would not do: a notification may be queued for longer than
    /// the cell exists, and another actor may have that address by then.
    pub(crate) key: ActorKey,
}

/// The future of [`ActorSystem::watch`](crate::system::ActorSystem::watch): ready when the actor has ended.
///
/// # Panics
///
/// If a handler or a hook of the watched actor itself awaits it: it would wait for its own end.
///
/// # Cancel safety
///
/// Safe to cancel: dropping the future ends the watch.
#[must_use = "a watch is a future, which has to be awaited"]
pub struct Watch {
    /// The cell of the watched actor. If another cell has this identity, the watch is ready.
    pub(super) identity: usize,
    pub(super) actor: &'static str,
    pub(super) id: ActorId,
    pub(super) terminated: oneshot::AsyncReceiver<Terminated>,
}

impl Future for Watch {
    type Output = Terminated;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Terminated> {
        let terminated = Pin::new(&mut self.terminated).poll(cx);
        if terminated.is_pending() {
            rt::assert_other(self.identity, self.actor, self.id);
        }
        terminated.map(|terminated| terminated.expect("a cell announces its end before it is dropped"))
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// A receiver of the end of an actor.
pub(crate) enum Watcher {
    /// A caller that stopped the actor.
    Stopper(oneshot::Sender<Exit>),
    /// A watch from outside of the system.
    Outside(oneshot::Sender<Terminated>),
    /// The actor with that identity.
    Actor(usize, Box<dyn FnOnce(Terminated) + Send>),
}

impl Watcher {
    pub(crate) fn tell(self, terminated: Terminated, exit: &Exit) {
        // A receiver that was dropped needs no notification.
        match self {
            Watcher::Stopper(sender) => drop(sender.send(exit.clone())),
            Watcher::Outside(sender) => drop(sender.send(terminated)),
            Watcher::Actor(_, tell) => tell(terminated),
        }
    }

    /// Whether the receiver was dropped. An actor removes its own watches when it ends.
    pub(crate) fn has_gone(&self) -> bool {
        match self {
            Watcher::Stopper(sender) => sender.is_closed(),
            Watcher::Outside(sender) => sender.is_closed(),
            Watcher::Actor(..) => false,
        }
    }

    /// Whether it is an actor, which receives the notification in its mailbox.
    pub(crate) fn is_actor(&self) -> bool {
        matches!(self, Watcher::Actor(..))
    }

    /// Whether it waits for the end of an incarnation.
    pub(crate) fn is_stopper(&self) -> bool {
        matches!(self, Watcher::Stopper(_))
    }

    /// Whether it is the watch of the actor with that identity.
    pub(crate) fn is(&self, identity: usize) -> bool {
        matches!(self, Watcher::Actor(by, _) if *by == identity)
    }
}
