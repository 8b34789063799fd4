use crate::{actor::SpawnError, reply::FaultReport, supervisor::IntensityError, sync::Arc};
use std::{fmt, time::Duration};

/// A spec makes no sense. Nothing of it was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpecError {
    /// A child, or a supervisor, has no id.
    #[error("a child of supervisor `{supervisor}` has an empty id")]
    EmptyId {
        /// Whose child.
        supervisor: Arc<str>,
    },
    /// Two children have the same id.
    #[error("supervisor `{supervisor}` has two children with the id `{id}`")]
    DuplicateId {
        /// Whose children.
        supervisor: Arc<str>,
        /// The id.
        id: Arc<str>,
    },
    /// The restarts that it grants make no sense.
    #[error("the restarts of supervisor `{supervisor}` make no sense")]
    Intensity {
        /// Whose.
        supervisor: Arc<str>,
        /// Why.
        #[source]
        source: IntensityError,
    },
    /// A permanent child is always started again: its end cannot be that of its supervisor.
    #[error("child `{id}` of supervisor `{supervisor}` is significant, but permanent")]
    PermanentSignificant {
        /// Whose child.
        supervisor: Arc<str>,
        /// The id.
        id: Arc<str>,
    },
    /// `pre_start` was to take no time at all.
    #[error("child `{id}` of supervisor `{supervisor}` has no time to start")]
    ZeroStartTimeout {
        /// Whose child.
        supervisor: Arc<str>,
        /// The id.
        id: Arc<str>,
    },
}

/// A supervisor was not started. What it had started was stopped again, the last one first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SuperviseError {
    /// The spec makes no sense.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A child did not start.
    #[error("supervisor `{supervisor}` did not start: its child `{child}` did not")]
    Child {
        /// Which supervisor.
        supervisor: Arc<str>,
        /// Which child.
        child: Arc<str>,
        /// Why.
        #[source]
        cause: SpawnError,
    },
    /// The system, or the supervisor above, is shutting down.
    #[error("the system is shutting down: it starts no more supervisors")]
    ShuttingDown,
}

/// Why a supervisor did not do what it was asked for. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such child.
    #[error("there is no child `{0}`")]
    NotFound(Arc<str>),
    /// A child with this id runs.
    #[error("child `{0}` runs already")]
    AlreadyStarted(Arc<str>),
    /// There is a child with this id, which does not run: it can be restarted or deleted.
    #[error("there is a child `{0}` already, which does not run")]
    AlreadyPresent(Arc<str>),
    /// The child runs.
    #[error("child `{0}` runs")]
    Running(Arc<str>),
    /// The child is about to be restarted anyway.
    #[error("child `{0}` is being restarted")]
    Restarting(Arc<str>),
    /// The child's factory says that it is not wanted now.
    #[error("child `{0}` is not wanted now")]
    NotWanted(Arc<str>),
    /// Somebody else had the child stopped before it had started.
    #[error("child `{0}` was stopped before it had started")]
    Stopped(Arc<str>),
    /// It did not start.
    #[error("child `{id}` did not start")]
    Start {
        /// Which child.
        id: Arc<str>,
        /// Why.
        #[source]
        cause: SpawnError,
    },
    /// The spec of the child makes no sense.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// The supervisor is shutting down, or has.
    #[error("the supervisor is shutting down")]
    ShuttingDown,
}

/// A supervisor gave up. It has stopped its children; whoever is above it has to decide.
///
/// Its `source()` is what the child failed of; for a child that is a supervisor, that this gave up, and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Escalated {
    /// Which supervisor.
    pub supervisor: Arc<str>,
    /// Which child was the last one to fail.
    pub child: Arc<str>,
    /// How many restarts it grants within which time; `None` if the child's failure was to be escalated.
    pub used_up: Option<(u32, Duration)>,
    /// What the child failed of.
    pub cause: FaultReport,
}

impl fmt::Display for Escalated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "supervisor `{}` gave up: child `{}` failed", self.supervisor, self.child)?;
        match self.used_up {
            Some((max, period)) => write!(f, ", and {max} restarts within {period:?} were used up"),
            None => f.write_str(" and wanted no restart"),
        }
    }
}

impl std::error::Error for Escalated {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
