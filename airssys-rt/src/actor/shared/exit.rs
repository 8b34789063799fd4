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
    /// It was stopped from above: by its parent, its supervisor or the system.
    Shutdown,
    /// It was ended in the middle of whatever it did: by a kill, by a shutdown whose time was up, with the last handle
    /// to its system, or with its runtime.
    Killed,
    /// A handler returned a fault or panicked, and the actor was not to go on.
    Failed(FaultReport),
    /// As `Failed`; it was to be restarted, but nobody knows how: it was made by `spawn`, and only
    /// [`spawn_with`](crate::system::ActorSystem::spawn_with) has a factory.
    NoFactory(FaultReport),
}

/// An end that is said in a byte: most are, and most are of no interest to anybody.
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
    /// The failure, if that was the reason.
    #[must_use]
    pub fn fault(&self) -> Option<&FaultReport> {
        match self {
            ExitReason::Failed(fault) | ExitReason::NoFactory(fault) => Some(fault),
            _ => None,
        }
    }
}

impl Exit {
    /// In a byte, if there is nothing else to be said.
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
            ExitReason::NoFactory(report) => {
                write!(f, "failed and was spawned without a factory that could restart it: {report}")
            }
            ExitReason::Failed(report) if report.is_panic() => write!(f, "panicked: {report}"),
            ExitReason::Failed(report) => write!(f, "failed: {report}"),
        }
    }
}
