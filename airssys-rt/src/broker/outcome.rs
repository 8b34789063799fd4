//! `Outcome`: what became of an observed message at one step, from published to handled, failed or dead.

use crate::broker::dead_letters::Reason;

/// The outcome of one step of an observed message.
///
/// The first outcome is `Published`. `Returned`, `Cancelled`, `Undelivered`, `Handled`, `Failed` and `Dead` are final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The message is sent and goes to the broker.
    Published,
    /// The message is in the mailboxes of its recipients, or a transport has taken it over. Reported once: when the mailbox accepts
    /// the message, also if its sender is gone by then; for an event, when its publish is over or is dropped.
    Delivered {
        /// The number of mailboxes that accepted it.
        receivers: usize,
    },
    /// The handler has returned.
    Handled {
        /// Whether an asker has its answer.
        answered: bool,
    },
    /// The handler returned a fault or panicked.
    Failed,
    /// The sender has the message back, in an error.
    Returned,
    /// The sender dropped the send before a mailbox accepted the message.
    Cancelled,
    /// No mailbox accepted the message, and the sender does not have it back: it is a dead letter.
    Undelivered(Reason),
    /// The message was in a mailbox and will never be handled: it is a dead letter.
    Dead(Reason),
}
