//! `SpawnError`: why an actor was not spawned.

use crate::{
    id::{ActorId, Printable},
    mailbox::ZeroCapacity,
    reply::FaultReport,
    sync::Arc,
};
use std::time::Duration;

/// The error of a spawn. Nothing of the actor is left: no task, no name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpawnError {
    /// `pre_start` returned a fault.
    #[error("`pre_start` of `{actor}` failed")]
    Failed {
        /// The name of the actor's type.
        actor: &'static str,
        /// The fault.
        #[source]
        fault: FaultReport,
    },
    /// `pre_start` panicked.
    #[error("`pre_start` of `{actor}` panicked")]
    Panicked {
        /// The name of the actor's type.
        actor: &'static str,
        /// The message of the panic.
        #[source]
        fault: FaultReport,
    },
    /// The factory panicked.
    #[error("the factory of `{actor}` panicked")]
    FactoryPanicked {
        /// The name of the actor's type.
        actor: &'static str,
        /// The message of the panic.
        #[source]
        fault: FaultReport,
    },
    /// `pre_start` did not finish within its time limit.
    #[error("`pre_start` of `{actor}` was not done within {limit:?}")]
    Timeout {
        /// The name of the actor's type.
        actor: &'static str,
        /// The time limit.
        limit: Duration,
    },
    /// A live actor has the name already.
    #[error("the name `{}` belongs to actor {holder}", Printable(name))]
    NameTaken {
        /// The name.
        name: Arc<str>,
        /// The actor that has it.
        holder: ActorId,
    },
    /// The name is empty.
    #[error("the name of an actor cannot be empty")]
    EmptyName,
    /// The mailbox capacity is zero.
    #[error(transparent)]
    ZeroCapacity(#[from] ZeroCapacity),
    /// The configured number of actors, or the largest number of actors of this type, is reached.
    #[error("the maximum number of actors is reached: actor of type `{actor}` was not spawned")]
    TooMany {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// The actor was killed while `pre_start` ran.
    #[error("`{actor}` was killed before it had started")]
    Killed {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// The operating system did not create a thread for the actor.
    #[error("no thread could be created for `{actor}`")]
    NoThread {
        /// The name of the actor's type.
        actor: &'static str,
        /// The error of the operating system.
        #[source]
        fault: FaultReport,
    },
    /// The factory still runs for an earlier incarnation, which was abandoned. It cannot be called until it has returned.
    #[error("the factory of `{actor}` still runs for an earlier incarnation that was abandoned")]
    FactoryBusy {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// The system is shutting down.
    #[error("the system is shutting down: it starts no more actors")]
    ShuttingDown,
    /// The tokio runtime that the system was started in has ended.
    #[error("the runtime of the system has ended: it starts no more actors")]
    RuntimeEnded,
    /// The parent has stopped or is stopping.
    #[error("`{parent}` is stopping: it has no more children")]
    ParentStopped {
        /// The name of the parent's type.
        parent: &'static str,
    },
    /// The system behind the parent does not host actors of this type. A stand-in of the test kit hosts none.
    #[error("the system behind this actor does not host actors of type `{actor}`")]
    NotHosted {
        /// The name of the actor's type.
        actor: &'static str,
    },
}

impl SpawnError {
    /// Whether the same spawn may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            SpawnError::Timeout { .. }
                | SpawnError::NameTaken { .. }
                | SpawnError::TooMany { .. }
                | SpawnError::NoThread { .. }
                | SpawnError::FactoryBusy { .. }
        )
    }

    /// Whether no spawn can ever succeed in this system again.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(self, SpawnError::ShuttingDown | SpawnError::RuntimeEnded)
    }
}
