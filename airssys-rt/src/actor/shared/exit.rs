//! `Exit` and `ExitReason`: how and why an actor ended (stopped, drained, killed, failed).

use crate::reply::FaultReport;
use std::fmt;

/// How an actor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    pub(crate) reason: ExitReason,
    pub(crate) hook: Option<FaultReport>,
}

/// Why an actor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExitReason {
    /// It was stopped, through the system's handle or by itself.
    Stopped,
    /// It was drained: it handled all queued messages, then stopped.
    Drained,
    /// It was stopped by its parent, its supervisor or the system.
    Shutdown,
    /// It was ended at an await: by a kill, by a shutdown that reached its time limit, with the last handle to its system, or
    /// with its runtime.
    Killed,
    /// A handler returned a fault or panicked, and `on_error` did not return `Resume`.
    Failed(FaultReport),
    /// As `Failed`: `on_error` returned `Restart`, but the actor has no factory. It was made by `spawn`; only
    /// [`spawn_with`](crate::system::ActorSystem::spawn_with) has a factory.
    NoFactory(FaultReport),
}

/// An exit without a fault, which fits into a byte. Most exits are of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlainExit {
    Stopped,
    Drained,
    Shutdown,
    Killed,
}

impl From<PlainExit> for Exit {
    fn from(plain: PlainExit) -> Self {
        let reason = match plain {
            PlainExit::Stopped => ExitReason::Stopped,
            PlainExit::Drained => ExitReason::Drained,
            PlainExit::Shutdown => ExitReason::Shutdown,
            PlainExit::Killed => ExitReason::Killed,
        };
        Exit { reason, hook: None }
    }
}

impl ExitReason {
    /// The fault, if the actor failed.
    #[must_use]
    pub fn fault(&self) -> Option<&FaultReport> {
        match self {
            ExitReason::Failed(fault) | ExitReason::NoFactory(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether the actor failed or was killed.
    pub(crate) fn is_abnormal(&self) -> bool {
        self.fault().is_some() || *self == ExitReason::Killed
    }
}

impl Exit {
    /// The exit without faults; `None` if it has one.
    pub(crate) fn plain(&self) -> Option<PlainExit> {
        match (&self.reason, &self.hook) {
            (ExitReason::Stopped, None) => Some(PlainExit::Stopped),
            (ExitReason::Drained, None) => Some(PlainExit::Drained),
            (ExitReason::Shutdown, None) => Some(PlainExit::Shutdown),
            (ExitReason::Killed, None) => Some(PlainExit::Killed),
            _ => None,
        }
    }

    /// Why it ended. A failing `post_stop` does not change that.
    #[must_use]
    pub fn reason(&self) -> &ExitReason {
        &self.reason
    }

    /// The fault of `post_stop`, if it failed.
    #[must_use]
    pub fn post_stop_fault(&self) -> Option<&FaultReport> {
        self.hook.as_ref()
    }
}

impl fmt::Display for ExitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExitReason::Stopped => f.write_str("stopped"),
            ExitReason::Drained => f.write_str("drained"),
            ExitReason::Shutdown => f.write_str("stopped with the system"),
            ExitReason::Killed => f.write_str("killed"),
            ExitReason::NoFactory(report) => {
                write!(f, "failed and was spawned without a factory that could restart it: {report}")
            }
            ExitReason::Failed(report) if report.is_panic() => write!(f, "panicked: {report}"),
            ExitReason::Failed(report) => write!(f, "failed: {report}"),
        }
    }
}
