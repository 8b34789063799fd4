use crate::{broker::dead_letters::Reason, envelope::Meta};

/// What became of a message that somebody can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It is on its way: a hook or a monitor sees it for the first time.
    Published,
    /// It is in the mailboxes of so many, or a transport has taken it over.
    Delivered {
        /// How many mailboxes took it.
        receivers: usize,
    },
    /// Its handler has returned.
    Handled {
        /// Whether an asker has its answer.
        answered: bool,
    },
    /// Its handler returned a fault or panicked.
    Failed,
    /// It came back to its sender in an error.
    Returned,
    /// Its sender gave up while it was on its way.
    Cancelled,
    /// It came into no mailbox, and its sender does not have it back: it is a dead letter.
    Undelivered(Reason),
    /// It was in a mailbox and will never be handled: it is a dead letter.
    Dead(Reason),
}

/// One step on the way of one message, as a monitor sees it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Observation {
    /// Which message.
    pub meta: Meta,
    /// What became of it.
    pub outcome: Outcome,
}

impl Observation {
    pub(crate) fn new(meta: &Meta, outcome: Outcome) -> Self {
        Observation { meta: meta.clone(), outcome }
    }
}
