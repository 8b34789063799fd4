//! The policies of supervision: restart type, shutdown of a child, strategy, automatic shutdown.

use std::{fmt, time::Duration};

/// When a child that has ended is started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Restart {
    /// Always, however it ended.
    #[default]
    Permanent,
    /// If it failed, panicked or was killed.
    Transient,
    /// Never. Its spec is removed when it ends.
    Temporary,
}

/// How a supervisor stops a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// The child has this time to finish its message and its `post_stop`; then it is killed.
    Timeout(Duration),
    /// The child has no time limit. The default of a supervisor: its children have limits of their own.
    Infinite,
    /// The child is killed at once; `post_stop` still runs.
    Kill,
}

/// Which children are restarted when one child has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Only the child that failed.
    OneForOne,
    /// All: the others are stopped, the last one first; then all are started in order.
    OneForAll,
    /// The child that failed, and those that were started after it.
    RestForOne,
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Strategy::OneForOne => "one for one",
            Strategy::OneForAll => "one for all",
            Strategy::RestForOne => "rest for one",
        })
    }
}

/// Whether a supervisor ends when significant children have ended by themselves and are not started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AutoShutdown {
    /// The supervisor continues.
    #[default]
    Never,
    /// The supervisor ends with the first [`significant`](super::Child::significant) child.
    AnySignificant,
    /// The supervisor ends with the last significant child. One that is being restarted, or waits for that, has not ended.
    AllSignificant,
}
