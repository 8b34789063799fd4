//! `Counters`, the message counters of a system.

/// The number of messages by their fate.
///
/// While no message is in flight, `sent = handled + failed + expired + dead` and `queued` is 0. While messages are in flight the
/// numbers may differ by these messages, because they are read one after the other. No number but `queued` ever goes back. A message that an error gave back to its
/// sender is not counted. An event is counted once for each subscriber. A message counts as handled once its answer is sent and
/// its events are published, so an asker may have its answer a moment before the counters show it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Accepted by a mailbox, or taken from the sender when there was no mailbox for it.
    pub sent: u64,
    /// Handled successfully.
    pub handled: u64,
    /// Ended by a fault or a panic of the handler.
    pub failed: u64,
    /// Older than their time to live when the actor came to them.
    pub expired: u64,
    /// Never handled for another reason: dropped by a full mailbox, or left in the mailbox of an actor that stopped.
    pub dead: u64,
    /// Waiting in a mailbox, or being handled.
    pub queued: u64,
}

impl Counters {
    pub(crate) fn add(&mut self, other: Counters) {
        self.sent += other.sent;
        self.handled += other.handled;
        self.failed += other.failed;
        self.expired += other.expired;
        self.dead += other.dead;
        self.queued += other.queued;
    }
}
