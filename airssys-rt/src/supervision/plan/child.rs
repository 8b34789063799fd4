//! A child as the plan knows it: its restart type, its backoff and its phase.

use crate::{backoff::BackoffState, supervision::Restart};
use std::time::Instant;

/// The part of a child that the plan needs.
#[derive(Debug)]
pub(super) struct PlannedChild {
    pub(super) restart: Restart,
    pub(super) significant: bool,
    pub(super) backoff: Option<BackoffState>,
    /// Number of consecutive failures.
    pub(super) attempts: u32,
    pub(super) phase: ChildPhase,
    /// Whether the child must be stopped and started again because another child of its group failed.
    pub(super) group_restart: bool,
}

/// The phase of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::supervision) enum ChildPhase {
    /// The child waits for `due`, and for the children before it. `restart`: it ran before.
    Waiting {
        due: Instant,
        restart: bool,
    },
    /// The child is starting. `restart`: it ran before.
    Starting {
        restart: bool,
    },
    Running,
    /// The child was told to stop. `for_good`: it is not started again.
    Stopping {
        for_good: bool,
    },
    /// The child was stopped from outside, or has never started.
    Stopped,
    /// The child ended by itself and is not started again.
    Finished,
    /// The factory declined.
    Idle,
}

impl PlannedChild {
    /// Whether the child runs or is starting.
    pub(super) fn is_up(&self) -> bool {
        self.phase.is_up()
    }
}

impl ChildPhase {
    /// Whether the child runs or is starting.
    pub(super) fn is_up(self) -> bool {
        self == ChildPhase::Running || self.is_starting()
    }

    pub(super) fn is_starting(self) -> bool {
        matches!(self, ChildPhase::Starting { .. })
    }

    pub(super) fn is_stopping(self) -> bool {
        matches!(self, ChildPhase::Stopping { .. })
    }

    /// Whether the child has a task that will still report its end.
    pub(super) fn is_alive(self) -> bool {
        self.is_up() || self.is_stopping()
    }

    /// Whether the child runs, or will run without a request: it starts, or is being restarted.
    pub(super) fn is_wanted(self) -> bool {
        self != ChildPhase::Stopping { for_good: true } && !self.is_inactive()
    }

    /// Whether the child has ended and is not started again automatically.
    pub(in crate::supervision) fn is_inactive(self) -> bool {
        matches!(self, ChildPhase::Stopped | ChildPhase::Finished | ChildPhase::Idle)
    }
}
