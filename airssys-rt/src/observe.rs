//! What happened, counted and traced.

use crate::id::ActorId;
use std::fmt;

/// How many messages had which fate.
///
/// Whenever nothing is in flight, `sent = handled + failed + expired + dead` and `queued` is 0; while messages are on
/// their way the numbers are read one after the other and may differ by those. A message that an error gave
/// back to its owner counts nowhere. An event counts once for each subscriber. A message counts as handled once its
/// answer is sent and its events are published, so an asker may be a moment ahead of the counters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Taken by a mailbox, or taken from the sender without a mailbox to go to.
    pub sent: u64,
    /// Handled to the end.
    pub handled: u64,
    /// Their handler returned a fault or panicked.
    pub failed: u64,
    /// Were older than they may be when their turn came.
    pub expired: u64,
    /// Will never be handled for another reason: dropped by a full mailbox, or left over by an actor that stopped.
    pub dead: u64,
    /// Wait in a mailbox, or are being handled.
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

pub(crate) fn started(actor: &'static str, id: ActorId, name: Option<&str>) {
    tracing::debug!(target: "airssys_rt::actor", actor, %id, name, "started");
}

pub(crate) fn failed(
    actor: &'static str,
    id: ActorId,
    message: Option<&str>,
    panicked: bool,
    cause: &dyn fmt::Display,
) {
    tracing::warn!(target: "airssys_rt::actor", actor, %id, message_type = message, panicked, %cause, "failed");
}

pub(crate) fn stopped(actor: &'static str, id: ActorId, reason: &dyn fmt::Display) {
    tracing::debug!(target: "airssys_rt::actor", actor, %id, %reason, "stopped");
}
