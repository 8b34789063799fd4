use crate::{id::ActorId, mailbox::ZeroCapacity, reply::FaultReport, sync::Arc};
use std::time::Duration;

/// Why an actor was not spawned. Nothing of it is left: no task, no name.
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
        /// The panic's text.
        #[source]
        fault: FaultReport,
    },
    /// `pre_start` was not done in time.
    #[error("`pre_start` of `{actor}` was not done within {limit:?}")]
    Timeout {
        /// The name of the actor's type.
        actor: &'static str,
        /// The time limit.
        limit: Duration,
    },
    /// A live actor has this name.
    #[error("the name `{name}` belongs to actor {holder}")]
    NameTaken {
        /// The name.
        name: Arc<str>,
        /// Who has it.
        holder: ActorId,
    },
    /// A name was given that has no letter.
    #[error("the name of an actor cannot be empty")]
    EmptyName,
    /// The mailbox was to hold nothing.
    #[error(transparent)]
    ZeroCapacity(#[from] ZeroCapacity),
    /// There are as many actors as the configuration allows, or as many of this type as can be told apart.
    #[error("there is no room for one more actor of type `{actor}`")]
    TooMany {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// It was killed while `pre_start` ran.
    #[error("`{actor}` was killed before it had started")]
    Killed {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// It was to have a thread of its own, and the operating system gave none.
    #[error("there is no thread for `{actor}`")]
    NoThread {
        /// The name of the actor's type.
        actor: &'static str,
        /// What the operating system said.
        #[source]
        fault: FaultReport,
    },
    /// An earlier incarnation, which was given up, has not come back from the factory: nobody else can use it meanwhile.
    #[error("the factory of `{actor}` is still at work for one that was given up")]
    FactoryBusy {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// The system is shutting down.
    #[error("the system is shutting down: it starts no more actors")]
    ShuttingDown,
    /// The actor that was to be its parent has stopped, or is about to.
    #[error("`{parent}` is stopping: it has no more children")]
    ParentStopped {
        /// The name of the parent's type.
        parent: &'static str,
    },
    /// What stands behind the parent hosts no actors of this type: a stand-in of the test kit, for instance.
    #[error("nobody here hosts actors of type `{actor}`")]
    NotHosted {
        /// The name of the actor's type.
        actor: &'static str,
    },
}

impl SpawnError {
    /// Whether the same may work a little later.
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

    /// Whether nothing will ever work in this system again.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(self, SpawnError::ShuttingDown)
    }
}
