//! What happened, counted and traced.

use crate::{id::ActorId, reply::FaultReport};

/// How many messages had which fate.
///
/// Whenever nothing is in flight, `sent = handled + failed + dead` and `queued` is 0; while messages are on
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
    /// Will never be handled: dropped by a full mailbox, or left over by an actor that stopped.
    pub dead: u64,
    /// Wait in a mailbox, or are being handled.
    pub queued: u64,
}

impl Counters {
    pub(crate) fn add(&mut self, other: Counters) {
        self.sent += other.sent;
        self.handled += other.handled;
        self.failed += other.failed;
        self.dead += other.dead;
        self.queued += other.queued;
    }
}

pub(crate) fn started(actor: &'static str, id: ActorId, name: Option<&str>) {
    tracing::debug!(target: "airssys_rt::actor", actor, %id, name, "started");
}

pub(crate) fn failed(actor: &'static str, id: ActorId, report: &FaultReport) {
    let (message, panicked) = (report.message(), report.is_panic());
    tracing::warn!(target: "airssys_rt::actor", actor, %id, message, panicked, cause = %report, "failed");
}

pub(crate) fn stopped(actor: &'static str, id: ActorId, reason: &dyn std::fmt::Display) {
    tracing::debug!(target: "airssys_rt::actor", actor, %id, %reason, "stopped");
}
