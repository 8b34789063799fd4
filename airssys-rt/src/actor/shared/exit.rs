//! `Exit`: how an actor ended, with the fault of its `post_stop`.

use crate::reply::{ExitReason, FaultReport};

/// How an actor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    pub(crate) reason: ExitReason,
    pub(crate) hook: Option<FaultReport>,
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
