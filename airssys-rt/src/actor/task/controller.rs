//! The trait `IncarnationController`, which decides about restarts, with its directives and the events of a task.

use crate::{
    actor::{
        shared::{Exit, ExitReason, StartWaiter},
        spawn::SpawnError,
    },
    reply::{Fault, FaultReport},
    sync::Weak,
};
use std::{
    task::{Context, Poll, Waker},
    time::Duration,
};

/// Decides whether an actor has another incarnation: its supervisor, or the actor itself.
pub(crate) trait IncarnationController: Send {
    /// The next directive. Polled between two incarnations.
    fn poll_directive(&mut self, cx: &mut Context<'_>) -> Poll<Directive>;
    /// Takes an event of the task that the controller decides about.
    fn report(&mut self, event: IncarnationEvent);
    /// Takes the actor that waits for the start that was directed last, if one does.
    fn take_waiter(&mut self) -> Option<Weak<StartWaiter>> {
        None
    }
    /// Whether the next incarnation must stop before it begins.
    fn stop_requested(&self) -> bool {
        false
    }
}

/// The next directive of a controller, as the blocking pool of a waiting actor observes it.
pub(crate) trait PendingDirective: Send + Sync {
    /// Sets the waker that is woken when the next directive changes.
    fn set_waker(&self, waker: &Waker);
    /// Whether the next directive starts no incarnation.
    fn starts_nothing(&self) -> bool;
}

/// What the task of an actor does next, between two incarnations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Directive {
    /// Wait: another incarnation follows.
    Wait,
    /// Start the next incarnation now.
    Start,
    /// End: no incarnation follows.
    End,
}

/// What happens in a task that runs incarnations.
#[derive(Debug)]
pub(crate) enum IncarnationEvent {
    /// An incarnation has started: `pre_start` has returned.
    Started,
    /// The factory made no state: the actor is not wanted now.
    Declined,
    /// An incarnation did not start.
    StartFailed(StartFailure),
    /// An incarnation did not start because the system starts no more actors.
    Refused,
    /// An incarnation has ended.
    Ended(IncarnationEnd),
    /// The task has ended: nothing of the actor is left.
    TaskEnded,
}

/// How an incarnation ended, and what the actor requests.
#[derive(Debug)]
pub(crate) struct IncarnationEnd {
    pub(crate) exit: Exit,
    pub(crate) request: RestartRequest,
}

/// What an actor that ends requests of its supervisor or parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RestartRequest {
    None,
    Restart,
    Escalate,
}

/// Why an incarnation did not start.
#[derive(Debug, Clone)]
pub(crate) enum StartFailure {
    Failed(FaultReport),
    /// The factory panicked.
    Factory(FaultReport),
    Timeout(Duration),
    Killed,
}

impl IncarnationEnd {
    /// An end after which the actor requests nothing.
    pub(crate) fn of(reason: ExitReason) -> Self {
        IncarnationEnd { exit: Exit { reason, hook: None }, request: RestartRequest::None }
    }
}

impl StartFailure {
    /// The exit reason of an actor that did not start.
    pub(crate) fn reason(&self) -> ExitReason {
        match self {
            StartFailure::Failed(fault) | StartFailure::Factory(fault) => ExitReason::Failed(fault.clone()),
            StartFailure::Timeout(limit) => {
                let late = Fault::new(format!("`pre_start` was not done within {limit:?}"));
                ExitReason::Failed(late.report())
            }
            StartFailure::Killed => ExitReason::Killed,
        }
    }

    /// The error that the caller of a spawn gets.
    pub(crate) fn error(self, actor: &'static str) -> SpawnError {
        match self {
            StartFailure::Failed(fault) if fault.is_panic() => SpawnError::Panicked { actor, fault },
            StartFailure::Failed(fault) => SpawnError::Failed { actor, fault },
            StartFailure::Factory(fault) => SpawnError::FactoryPanicked { actor, fault },
            StartFailure::Timeout(limit) => SpawnError::Timeout { actor, limit },
            StartFailure::Killed => SpawnError::Killed { actor },
        }
    }
}
