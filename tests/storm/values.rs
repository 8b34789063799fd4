//! Values that messages carry. Each is followed to its fate: handled, returned to its sender, or dropped by the framework.

use crate::hostile::hostile_panic;
use std::{
    fmt, mem,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
};

/// The number of values, by fate.
#[derive(Clone, Default)]
pub(crate) struct Values(Arc<Counts>);

#[derive(Default)]
struct Counts {
    made: AtomicU64,
    handled: AtomicU64,
    returned: AtomicU64,
    dropped: AtomicU64,
}

/// A value in a message.
pub(crate) struct Value {
    values: Values,
    fate: Fate,
    danger: Danger,
}

#[derive(Clone, Copy)]
enum Fate {
    /// Dropped, if nothing else comes.
    Open,
    Handled,
    Returned,
}

/// What of a value is hostile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Danger {
    None,
    Clone,
    Drop,
    Debug,
}

impl Values {
    pub(crate) fn make(&self, danger: Danger) -> Value {
        self.0.made.fetch_add(1, Relaxed);
        Value { values: self.clone(), fate: Fate::Open, danger }
    }

    pub(crate) fn made(&self) -> u64 {
        self.0.made.load(Relaxed)
    }

    pub(crate) fn handled(&self) -> u64 {
        self.0.handled.load(Relaxed)
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.0.dropped.load(Relaxed)
    }

    /// The number of values that exist.
    pub(crate) fn left(&self) -> u64 {
        let Counts { made, handled, returned, dropped } = &*self.0;
        let over = [handled, returned, dropped].iter().map(|count| count.load(Relaxed)).sum::<u64>();
        made.load(Relaxed) - over
    }
}

impl Value {
    /// A handler has it.
    pub(crate) fn handled(mut self) {
        self.end(Fate::Handled);
    }

    /// Its sender has it back, or an asker has it as the answer.
    pub(crate) fn returned(mut self) {
        self.end(Fate::Returned);
    }

    /// A handler has it, and drops it when it ends or fails.
    pub(crate) fn set_handled(&mut self) {
        self.end(Fate::Handled);
    }

    fn end(&mut self, fate: Fate) {
        (self.fate, self.danger) = (fate, Danger::None);
    }
}

impl Clone for Value {
    fn clone(&self) -> Self {
        if self.danger == Danger::Clone {
            hostile_panic("clone");
        }
        self.values.make(self.danger)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.danger == Danger::Debug {
            hostile_panic("debug");
        }
        f.write_str("Value")
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        let counts = &self.values.0;
        let count = match self.fate {
            Fate::Open => &counts.dropped,
            Fate::Handled => &counts.handled,
            Fate::Returned => &counts.returned,
        };
        count.fetch_add(1, Relaxed);
        // A second panic while the first one unwinds would abort the process, as in any program.
        if mem::replace(&mut self.danger, Danger::None) == Danger::Drop && !thread::panicking() {
            hostile_panic("drop");
        }
    }
}
