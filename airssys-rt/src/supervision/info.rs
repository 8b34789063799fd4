use crate::{id::ActorId, sync::Arc};
use std::{fmt, time::Duration};

/// What a supervisor knows of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChildInfo {
    /// How its supervisor knows it.
    pub id: Arc<str>,
    /// The name of its type, or `supervisor`.
    pub actor: &'static str,
    /// Who it is, if it is an actor and has been started.
    pub actor_id: Option<ActorId>,
    /// Where it is.
    pub state: ChildState,
    /// How often it was restarted since its supervisor has started.
    pub restarts: u32,
}

/// Where a child of a supervisor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChildState {
    /// It is being started, or its turn has not come yet.
    Starting,
    /// It runs.
    Running,
    /// It has ended and will be started again.
    Restarting {
        /// How often in a row it has failed.
        attempt: u32,
        /// How long until it may be started again.
        due_in: Duration,
    },
    /// It is being stopped.
    Stopping,
    /// It was stopped from outside and is not started again by itself.
    Stopped,
    /// It has ended by itself and need not run.
    Finished,
    /// Its factory said that it is not wanted now.
    Idle,
}

impl fmt::Display for ChildState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChildState::Starting => f.write_str("starting"),
            ChildState::Running => f.write_str("running"),
            ChildState::Restarting { attempt, due_in } if due_in.is_zero() => {
                write!(f, "restarting, attempt {attempt}")
            }
            ChildState::Restarting { attempt, due_in } => {
                write!(f, "restarting in {due_in:.1?}, attempt {attempt}")
            }
            ChildState::Stopping => f.write_str("stopping"),
            ChildState::Stopped => f.write_str("stopped"),
            ChildState::Finished => f.write_str("finished"),
            ChildState::Idle => f.write_str("idle"),
        }
    }
}
