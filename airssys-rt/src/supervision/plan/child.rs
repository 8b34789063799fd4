use crate::{backoff::BackoffState, supervisor::Restart};
use std::time::Instant;

/// A child, as far as the plan is concerned.
#[derive(Debug)]
pub(super) struct Kid {
    pub(super) restart: Restart,
    pub(super) significant: bool,
    pub(super) backoff: Option<BackoffState>,
    pub(super) attempts: u32,
    pub(super) state: State,
    /// It has to be stopped because of another one.
    pub(super) stale: bool,
}

/// Where a child is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::supervision) enum State {
    /// It will be started then, when its turn comes. `again`: it ran before.
    Waiting {
        due: Instant,
        again: bool,
    },
    Starting {
        again: bool,
    },
    Running,
    /// It was told to stop, for good or until it is started again.
    Stopping {
        for_good: bool,
    },
    /// It was stopped from outside, or has never started.
    Stopped,
    /// It ended by itself and need not run.
    Finished,
    /// Its factory did not want it.
    Idle,
}

/// What happens to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::supervision) enum Happened {
    Started,
    NotWanted,
    StartFailed,
    /// The system starts nobody any more.
    Refused,
    /// `abnormal`: it failed or was killed. `hopeless`: no restart would help, it says.
    Ended {
        abnormal: bool,
        hopeless: bool,
    },
}

impl Kid {
    /// It runs, or is about to.
    pub(super) fn is_up(&self) -> bool {
        matches!(self.state, State::Running | State::Starting { .. })
    }
}

impl State {
    /// It has something that will still report its end.
    pub(super) fn is_alive(self) -> bool {
        matches!(self, State::Running | State::Starting { .. } | State::Stopping { .. })
    }
}
