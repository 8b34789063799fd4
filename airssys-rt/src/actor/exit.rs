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
    /// It was told to stop, by the system's handle or by itself.
    Stopped,
    /// It was drained: it handled everything that was queued, then stopped.
    Drained,
    /// The system shut down.
    Shutdown,
    /// It was ended in the middle of whatever it did: by a kill, by a shutdown whose time was up, with the last handle
    /// to its system, or with its runtime.
    Killed,
    /// A handler returned a fault or panicked, and the actor was not to go on.
    Failed(FaultReport),
}

impl Exit {
    /// Why it ended. A failing `post_stop` does not change that.
    #[must_use]
    pub fn reason(&self) -> &ExitReason {
        &self.reason
    }

    /// What went wrong in `post_stop`, if anything did.
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
            ExitReason::Failed(report) if report.is_panic() => write!(f, "panicked: {report}"),
            ExitReason::Failed(report) => write!(f, "failed: {report}"),
        }
    }
}
