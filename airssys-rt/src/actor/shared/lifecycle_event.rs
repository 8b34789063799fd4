use crate::{actor::shared::ExitReason, id::ActorId, reply::FaultReport, sync::Arc};
use std::{fmt, time::Duration};

/// A change in the lifecycle of an actor or a supervisor:
/// an item of [`ActorSystem::lives`](crate::system::ActorSystem::lives).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LifeEvent {
    /// The id of the actor. A supervisor has none.
    pub id: Option<ActorId>,
    /// The name of the actor's type, or `supervisor`.
    pub actor: &'static str,
    /// The name that the actor was spawned with, or the name of the supervisor.
    pub name: Option<Arc<str>>,
    /// The change.
    pub step: LifeStep,
}

/// What changed in the lifecycle of an actor or a supervisor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifeStep {
    /// It has started: `pre_start` has returned.
    Started {
        /// 1 for the first incarnation; one more after each restart.
        incarnation: u32,
    },
    /// A handler failed. `on_error` has not run yet.
    Failed(FaultReport),
    /// It will be restarted.
    Restarting {
        /// Number of consecutive failures; 0 if it is restarted because another child failed.
        attempt: u32,
        /// Minimum time until the restart.
        after: Duration,
    },
    /// It did not start.
    StartFailed(FaultReport),
    /// An incarnation has ended.
    Stopped(ExitReason),
    /// The supervisor gave up. The supervisor above it decides, or the system.
    Escalated(FaultReport),
    /// It was killed and has not ended within its time limit: its code blocks its thread.
    Stuck,
}

impl fmt::Display for LifeEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.actor)?;
        if let Some(id) = self.id {
            write!(f, " {id}")?;
        }
        if let Some(name) = &self.name {
            write!(f, " ({name})")?;
        }
        write!(f, ": {}", self.step)
    }
}

impl fmt::Display for LifeStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LifeStep::Started { incarnation: 1 } => f.write_str("started"),
            LifeStep::Started { incarnation } => write!(f, "restarted, incarnation {incarnation}"),
            LifeStep::Failed(fault) => write!(f, "failed: {fault}"),
            LifeStep::Restarting { attempt: 0, .. } => f.write_str("restarting with another one"),
            LifeStep::Restarting { attempt, after: Duration::ZERO } => {
                write!(f, "restarting at once, attempt {attempt}")
            }
            LifeStep::Restarting { attempt, after } => {
                write!(f, "restarting in {after:?}, attempt {attempt}")
            }
            LifeStep::StartFailed(fault) => write!(f, "did not start: {fault}"),
            LifeStep::Stopped(reason) => write!(f, "{reason}"),
            LifeStep::Escalated(fault) => write!(f, "gave up: {fault}"),
            LifeStep::Stuck => f.write_str("stuck"),
        }
    }
}
