//! `ChildInfo` and `ChildState`: a snapshot of a child, as its supervisor knows it.

use crate::{id::ActorId, sync::Arc};
use std::{fmt, time::Duration};

/// A snapshot of a child, as its supervisor knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChildInfo {
    /// The id of the child in its supervisor.
    pub id: Arc<str>,
    /// The name of its type, or `supervisor`.
    pub actor: &'static str,
    /// The id of the actor, if the child is an actor and has been started.
    pub actor_id: Option<ActorId>,
    /// The state of the child.
    pub state: ChildState,
    /// Number of restarts since its supervisor was started.
    pub restarts: u32,
    /// Whether an actor that was this child, or a descendant of it, was given up and has not ended: its code blocks its thread.
    pub stuck: bool,
}

/// The state of a child in its supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChildState {
    /// The child is being started, or waits for earlier children to start.
    Starting,
    /// The child runs.
    Running,
    /// The child has ended and will be started again.
    Restarting {
        /// Number of consecutive failures.
        attempt: u32,
        /// Time until it may be started again.
        due_in: Duration,
    },
    /// The child was to be restarted, was killed, and has not ended: its code blocks its thread. It is started again when its thread is
    /// free, and the children of its group that come after it wait for that.
    Stuck,
    /// The child is being stopped.
    Stopping,
    /// The child was stopped from outside and is not restarted automatically.
    Stopped,
    /// The child has ended by itself, and its restart type does not restart it.
    Finished,
    /// The factory returned `None`: the child is not wanted now.
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
            ChildState::Stuck => f.write_str("stuck, restarts when its thread is free"),
            ChildState::Stopping => f.write_str("stopping"),
            ChildState::Stopped => f.write_str("stopped"),
            ChildState::Finished => f.write_str("finished"),
            ChildState::Idle => f.write_str("idle"),
        }
    }
}
