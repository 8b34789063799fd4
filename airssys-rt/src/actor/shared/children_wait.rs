//! `ChildrenWait`: how long an actor has waited for the end of its children.

use crate::rt::{self, Instant};
use std::time::Duration;

/// A call that is made once, when an actor no longer waits for the end of its children.
pub(crate) type ChildrenNotice = Box<dyn FnOnce() + Send>;

/// How long an actor has waited for the end of its children.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChildrenWait {
    /// Since when it waits, if it does.
    since: Option<Instant>,
    /// The time of all waits that have ended.
    total: Duration,
}

impl ChildrenWait {
    pub(super) fn begin(&mut self) {
        self.since.get_or_insert_with(rt::now);
    }

    pub(super) fn end(&mut self) {
        *self = ChildrenWait { since: None, total: self.until_now() };
    }

    pub(super) fn goes_on(self) -> bool {
        self.since.is_some()
    }

    /// The time of all waits. `None`: it waits.
    pub(super) fn ended(self) -> Option<Duration> {
        self.since.is_none().then_some(self.total)
    }

    /// The time of all waits until now.
    pub(super) fn until_now(self) -> Duration {
        self.total + self.since.map_or(Duration::ZERO, |since| rt::now().duration_since(since))
    }
}
