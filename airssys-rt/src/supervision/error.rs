//! The errors of supervisors: an invalid spec, a failed start, a refused request, an escalation.

use crate::{actor::SpawnError, id::Printable, reply::FaultReport, supervision::IntensityError, sync::Arc};
use std::{fmt, time::Duration};

/// An invalid spec of a supervisor or a child. Nothing was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpecError {
    /// The id of a child or a supervisor is empty.
    #[error("a child of supervisor `{}` has an empty id", Printable(supervisor))]
    EmptyId {
        /// The supervisor of the child.
        supervisor: Arc<str>,
    },
    /// Two children have the same id.
    #[error("supervisor `{}` has two children with the id `{}`", Printable(supervisor), Printable(id))]
    DuplicateId {
        /// The supervisor of the children.
        supervisor: Arc<str>,
        /// The id.
        id: Arc<str>,
    },
    /// The restart limit is invalid.
    #[error("the restart limit of supervisor `{}` is invalid", Printable(supervisor))]
    Intensity {
        /// The supervisor.
        supervisor: Arc<str>,
        /// The cause.
        #[source]
        source: IntensityError,
    },
    /// A permanent child is always started again, so its end cannot end its supervisor.
    #[error(
        "child `{}` of supervisor `{}` is permanent and cannot be significant",
        Printable(id),
        Printable(supervisor)
    )]
    PermanentSignificant {
        /// The supervisor of the child.
        supervisor: Arc<str>,
        /// The id.
        id: Arc<str>,
    },
    /// The time limit of `pre_start` is zero.
    #[error(
        "the start timeout of child `{}` of supervisor `{}` is zero",
        Printable(id),
        Printable(supervisor)
    )]
    ZeroStartTimeout {
        /// The supervisor of the child.
        supervisor: Arc<str>,
        /// The id.
        id: Arc<str>,
    },
}

/// The error of a supervisor that did not start. The children that it had started were stopped again, the last one first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SuperviseError {
    /// The spec is invalid.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A child did not start.
    #[error("supervisor `{}` did not start: its child `{}` did not", Printable(supervisor), Printable(child))]
    Child {
        /// The supervisor.
        supervisor: Arc<str>,
        /// The child.
        child: Arc<str>,
        /// The cause.
        #[source]
        cause: SpawnError,
    },
    /// The system or the supervisor above is shutting down.
    #[error("the system is shutting down: it starts no more supervisors")]
    ShuttingDown,
    /// The tokio runtime that the system was started in has ended.
    #[error("the runtime of the system has ended: it starts no more supervisors")]
    RuntimeEnded,
}

/// The error of a request to a supervisor. Nothing has changed, except with [`NotWanted`](Self::NotWanted), [`Stopped`](Self::Stopped) and
/// [`Stuck`](Self::Stuck).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such child.
    #[error("there is no child `{}`", Printable(.0))]
    NotFound(Arc<str>),
    /// A child with this id runs.
    #[error("child `{}` is already running", Printable(.0))]
    AlreadyStarted(Arc<str>),
    /// A child with this id exists and does not run: it can be restarted or deleted.
    #[error("child `{}` already exists and does not run", Printable(.0))]
    AlreadyPresent(Arc<str>),
    /// The child runs.
    #[error("child `{}` is running", Printable(.0))]
    Running(Arc<str>),
    /// The child is being restarted already.
    #[error("child `{}` is being restarted", Printable(.0))]
    Restarting(Arc<str>),
    /// The factory of the child returned `None`: the child is not wanted now. The supervisor keeps it, and a restart asks the factory again.
    #[error("child `{}` is not wanted now: its factory returned `None`", Printable(.0))]
    NotWanted(Arc<str>),
    /// The child was stopped, by another request, before it had started. The supervisor keeps it as a stopped one.
    #[error("child `{}` was stopped before it had started", Printable(.0))]
    Stopped(Arc<str>),
    /// The child, or a descendant of it, was killed and has not ended: its code blocks its thread. The supervisor has given it up and does
    /// not start it again, and a restart would start another one beside it. [`ChildInfo::stuck`](super::ChildInfo::stuck) says whether it
    /// still runs.
    #[error("child `{}` was killed and has not ended: its code blocks its thread", Printable(.0))]
    Stuck(Arc<str>),
    /// Code of the child itself, or of an actor below it, waits for its stop: it would wait for itself.
    /// [`ActorContext::stop`](crate::actor::ActorContext::stop) ends an actor after its message; a task that works for the actor may wait.
    #[error("child `{}` waits for its own stop in its own code", Printable(.0))]
    SelfStop(Arc<str>),
    /// The child did not start. A start adds no child then; after a restart the child is stopped, as before.
    #[error("child `{}` did not start", Printable(id))]
    Start {
        /// The child.
        id: Arc<str>,
        /// The cause.
        #[source]
        cause: SpawnError,
    },
    /// The spec of the child is invalid.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// The supervisor is shutting down, or has ended.
    #[error("the supervisor is shutting down")]
    ShuttingDown,
}

/// The error of a supervisor that gave up and has stopped its children. The supervisor above decides, or the system.
///
/// Its `source()` is the fault of the child. If that child is a supervisor, the fault is its `Escalated`, and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Escalated {
    /// The supervisor.
    pub supervisor: Arc<str>,
    /// The child that failed last.
    pub child: Arc<str>,
    /// The restart limit that was used up: number of restarts and period. `None` if the child requested the escalation.
    pub used_up: Option<(u32, Duration)>,
    /// The fault of the child.
    pub cause: FaultReport,
}

impl fmt::Display for Escalated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (supervisor, child) = (Printable(&self.supervisor), Printable(&self.child));
        write!(f, "supervisor `{supervisor}` gave up: child `{child}` failed")?;
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
