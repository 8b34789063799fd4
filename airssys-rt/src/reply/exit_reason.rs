//! `ExitReason`: why an actor ended (stopped, drained, killed, failed).

use crate::reply::FaultReport;
use std::fmt;

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

impl fmt::Display for ExitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExitReason::Stopped => f.write_str("stopped"),
            ExitReason::Drained => f.write_str("drained"),
            ExitReason::Shutdown => f.write_str("shut down"),
            ExitReason::Killed => f.write_str("killed"),
            ExitReason::NoFactory(report) => {
                write!(f, "failed and was spawned without a factory that could restart it: {report}")
            }
            ExitReason::Failed(report) if report.is_panic() => write!(f, "panicked: {report}"),
            ExitReason::Failed(report) => write!(f, "failed: {report}"),
        }
    }
}
