use crate::{
    actor::shared::{ActorState, Exit, ExitReason},
    id::ActorId,
    sync::Arc,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The news that an actor has ended. It comes once, after everything that the actor had sent to who watches it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terminated {
    /// Who has ended.
    pub id: ActorId,
    /// The name of its type.
    pub actor: &'static str,
    /// The name it was spawned with.
    pub name: Option<Arc<str>>,
    /// Why. For one that had ended before it was watched: why it had.
    pub reason: ExitReason,
    /// Where it was in memory: two systems may know the same id.
    pub(crate) identity: usize,
}

/// The future of [`ActorSystem::watch`](crate::system::ActorSystem::watch): ready when the actor has ended.
///
/// # Cancel safety
///
/// It only observers: dropping it is the end of watching.
#[must_use = "the end is told to whoever awaits it"]
pub struct Watch(pub(crate) oneshot::AsyncReceiver<Terminated>);

impl Future for Watch {
    type Output = Terminated;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Terminated> {
        Pin::new(&mut self.0).poll(cx).map(|told| told.expect("a cell announces its end before it goes"))
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// Whoever is to be told of an end.
pub(crate) enum Watcher {
    /// Whoever told the actor to stop.
    Stopper(oneshot::Sender<Exit>),
    /// Somebody outside.
    Outside(oneshot::Sender<Terminated>),
    /// The actor at that place.
    Actor(usize, Box<dyn FnOnce(Terminated) + Send>),
}

impl Watcher {
    pub(crate) fn tell(self, terminated: Terminated, exit: &Exit) {
        // Who has gone does not want to know.
        match self {
            Watcher::Stopper(sender) => drop(sender.send(exit.clone())),
            Watcher::Outside(sender) => drop(sender.send(terminated)),
            Watcher::Actor(_, tell) => tell(terminated),
        }
    }

    /// Whether nobody waits any more. An actor that goes takes its watches back by itself.
    pub(crate) fn has_gone(&self) -> bool {
        match self {
            Watcher::Stopper(sender) => sender.is_closed(),
            Watcher::Outside(sender) => sender.is_closed(),
            Watcher::Actor(..) => false,
        }
    }

    /// Whether the end of an incarnation is what it waits for.
    pub(crate) fn is_stopper(&self) -> bool {
        matches!(self, Watcher::Stopper(_))
    }

    pub(crate) fn is(&self, place: usize) -> bool {
        matches!(self, Watcher::Actor(by, _) if *by == place)
    }
}

impl ExitReason {
    /// The state in which an actor ends for this reason.
    pub(crate) fn state(&self) -> ActorState {
        match self {
            ExitReason::Failed(_) | ExitReason::NoFactory(_) => ActorState::Failed,
            _ => ActorState::Stopped,
        }
    }
}
