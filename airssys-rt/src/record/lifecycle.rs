//! `LifecycleRecord`: a change in the lifecycle of an actor or a supervisor.

use crate::{
    actor::{ExitReason, LifecycleEvent, LifecycleStep},
    id::ActorId,
    record::FaultRecord,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A change in the lifecycle of an actor or a supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LifecycleRecord {
    /// The id of the actor. A supervisor has none.
    pub id: Option<ActorId>,
    /// The name of the actor's type, or `supervisor`.
    pub actor: String,
    /// The name that the actor was spawned with, or the name of the supervisor.
    pub name: Option<String>,
    /// The change.
    pub step: StepRecord,
    /// When it happened, on the wall clock.
    pub time: DateTime<Utc>,
}

/// What changed: a [`LifecycleStep`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StepRecord {
    /// It has started.
    Started {
        /// 1 for the first incarnation; one more after each restart.
        incarnation: u32,
    },
    /// A handler failed.
    Failed(FaultRecord),
    /// It will be restarted.
    Restarting {
        /// Number of consecutive failures; 0 if it is restarted because another child failed.
        attempt: u32,
        /// Minimum time until the restart.
        after: Duration,
    },
    /// It did not start.
    StartFailed(FaultRecord),
    /// An incarnation has ended.
    Stopped(ExitRecord),
    /// The supervisor gave up.
    Escalated(FaultRecord),
    /// It was killed and has not ended within its time limit.
    Stuck,
}

/// How an actor ended: an [`ExitReason`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExitRecord {
    /// It was stopped.
    Stopped,
    /// It handled all its messages before it was stopped.
    Drained,
    /// The system was shut down.
    Shutdown,
    /// It was killed.
    Killed,
    /// It failed.
    Failed(FaultRecord),
    /// It failed, and there was no factory to restart it.
    NoFactory(FaultRecord),
}

impl From<&LifecycleEvent> for LifecycleRecord {
    fn from(event: &LifecycleEvent) -> Self {
        LifecycleRecord {
            id: event.id,
            actor: event.actor.to_owned(),
            name: event.name.as_deref().map(str::to_owned),
            step: StepRecord::from(&event.step),
            time: event.time,
        }
    }
}

impl From<&LifecycleStep> for StepRecord {
    fn from(step: &LifecycleStep) -> Self {
        match step {
            LifecycleStep::Started { incarnation } => StepRecord::Started { incarnation: *incarnation },
            LifecycleStep::Failed(fault) => StepRecord::Failed(fault.into()),
            LifecycleStep::Restarting { attempt, after } => {
                StepRecord::Restarting { attempt: *attempt, after: *after }
            }
            LifecycleStep::StartFailed(fault) => StepRecord::StartFailed(fault.into()),
            LifecycleStep::Stopped(reason) => StepRecord::Stopped(reason.into()),
            LifecycleStep::Escalated(fault) => StepRecord::Escalated(fault.into()),
            LifecycleStep::Stuck => StepRecord::Stuck,
        }
    }
}

impl From<&ExitReason> for ExitRecord {
    fn from(reason: &ExitReason) -> Self {
        match reason {
            ExitReason::Stopped => ExitRecord::Stopped,
            ExitReason::Drained => ExitRecord::Drained,
            ExitReason::Shutdown => ExitRecord::Shutdown,
            ExitReason::Killed => ExitRecord::Killed,
            ExitReason::Failed(fault) => ExitRecord::Failed(fault.into()),
            ExitReason::NoFactory(fault) => ExitRecord::NoFactory(fault.into()),
        }
    }
}
