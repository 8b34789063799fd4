use crate::{actor::shared::ExitReason, id::ActorId, reply::FaultReport, sync::Arc};
use std::{fmt, time::Duration};

/// Something that happened in the life of an actor or a supervisor:
/// [`ActorSystem::lives`](crate::system::ActorSystem::lives).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LifeEvent {
    /// Who, if it is an actor. A supervisor has no id.
    pub id: Option<ActorId>,
    /// The name of the actor's type, or `supervisor`.
    pub actor: &'static str,
    /// The name it was spawned with, or the supervisor's.
    pub name: Option<Arc<str>>,
    /// What.
    pub step: LifeStep,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifeStep {
    /// It runs: `pre_start` has returned.
    Started {
        /// 1 for the first life; more after restarts.
        incarnation: u32,
    },
    /// A handler failed. `on_error` has not decided yet.
    Failed(FaultReport),
    /// It will be started again.
    Restarting {
        /// How often in a row it has failed; 0 if it is restarted because another one failed.
        attempt: u32,
        /// How long until then, at least.
        after: Duration,
    },
    /// It could not be started.
    StartFailed(FaultReport),
    /// An incarnation has ended.
    Stopped(ExitReason),
    /// Of a supervisor: it gave up, and whoever is above it has to decide.
    Escalated(FaultReport),
    /// It did not stop in time and has not ended yet: its code does not let go of its thread.
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
