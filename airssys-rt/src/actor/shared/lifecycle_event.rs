//! `LifecycleEvent`: the start, failure, restart or end of an actor or a supervisor, for subscribers.

use crate::{
    actor::shared::ExitReason,
    id::{ActorId, Printable},
    reply::FaultReport,
    rt,
    sync::Arc,
};
use chrono::{DateTime, Utc};
use std::{fmt, time::Duration};

/// A change in the lifecycle of an actor or a supervisor:
/// an item of [`ActorSystem::lifecycle_events`](crate::system::ActorSystem::lifecycle_events).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LifecycleEvent {
    /// The id of the actor. A supervisor has none.
    pub id: Option<ActorId>,
    /// The name of the actor's type, or `supervisor`.
    pub actor: &'static str,
    /// The name that the actor was spawned with, or the name of the supervisor.
    pub name: Option<Arc<str>>,
    /// The change.
    pub step: LifecycleStep,
    /// When it happened, on the wall clock.
    pub time: DateTime<Utc>,
}

impl LifecycleEvent {
    /// Creates the event of a change that happens now.
    pub(crate) fn new(
        id: Option<ActorId>,
        actor: &'static str,
        name: Option<Arc<str>>,
        step: LifecycleStep,
    ) -> Self {
        LifecycleEvent { id, actor, name, step, time: rt::wall_clock().into() }
    }
}

/// What changed in the lifecycle of an actor or a supervisor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifecycleStep {
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

impl fmt::Display for LifecycleEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.actor)?;
        if let Some(id) = self.id {
            write!(f, " {id}")?;
        }
        if let Some(name) = &self.name {
            write!(f, " ({})", Printable(name))?;
        }
        write!(f, ": {}", self.step)
    }
}

impl fmt::Display for LifecycleStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LifecycleStep::Started { incarnation: 1 } => f.write_str("started"),
            LifecycleStep::Started { incarnation } => write!(f, "restarted, incarnation {incarnation}"),
            LifecycleStep::Failed(fault) => write!(f, "failed: {fault}"),
            LifecycleStep::Restarting { attempt: 0, .. } => f.write_str("restarting with another one"),
            LifecycleStep::Restarting { attempt, after: Duration::ZERO } => {
                write!(f, "restarting at once, attempt {attempt}")
            }
            LifecycleStep::Restarting { attempt, after } => {
                write!(f, "restarting in {after:?}, attempt {attempt}")
            }
            LifecycleStep::StartFailed(fault) => write!(f, "did not start: {fault}"),
            LifecycleStep::Stopped(reason) => write!(f, "{reason}"),
            LifecycleStep::Escalated(fault) => write!(f, "gave up: {fault}"),
            LifecycleStep::Stuck => f.write_str("stuck"),
        }
    }
}
