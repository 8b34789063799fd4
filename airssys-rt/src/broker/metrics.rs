//! Metrics: the trait `Recorder` and its hook, an atomic recorder, and the figures of brokers and mailboxes.

use crate::{
    broker::{
        Outcome,
        dead_letters::Reason,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
    sync::{Arc, AtomicU64, Relaxed},
};
use std::time::Duration;

/// Records each step of each message, for example as figures for Prometheus.
///
/// It is called in the task that takes the step, so it should be quick. `()` records nothing; [`AtomicRecorder`] counts.
pub trait Recorder: Send + Sync + 'static {
    /// Records one step of one message.
    fn record(&self, meta: &Meta, outcome: Outcome);
}

impl Recorder for () {
    fn record(&self, _: &Meta, _: Outcome) {}
}

impl<R: Recorder> Recorder for Arc<R> {
    fn record(&self, meta: &Meta, outcome: Outcome) {
        R::record(self, meta, outcome);
    }
}

/// A hook that calls a [`Recorder`] with each step.
#[derive(Debug, Clone, Copy, Default)]
pub struct Recording<R>(pub R);

impl<M, R: Recorder> Hook<M> for Recording<R> {
    fn before(&self, _: &mut Envelope<M>) -> Verdict {
        Verdict::Pass
    }

    fn after(&self, meta: &Meta, outcome: Outcome) {
        self.0.record(meta, outcome);
    }
}

/// A [`Recorder`] that counts in atomics. Share it in an `Arc` to read it.
#[derive(Debug, Default)]
pub struct AtomicRecorder {
    published: AtomicU64,
    returned: AtomicU64,
    /// Accepted by no mailbox.
    unrouted: AtomicU64,
    delivered: AtomicU64,
    handled: AtomicU64,
    failed: AtomicU64,
    expired: AtomicU64,
    /// Accepted by a mailbox, and never handled.
    left: AtomicU64,
    nanos: AtomicU64,
    timed: AtomicU64,
}

/// Figures of a broker.
///
/// `sent = delivered + failed + returned + in_flight`, where an event counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokerMetrics {
    /// Messages that were sent.
    pub sent: u64,
    /// Messages in the mailbox of their recipient, and events in those of their subscribers.
    pub delivered: u64,
    /// Messages that no mailbox accepted and that were not returned.
    pub failed: u64,
    /// Messages returned to their senders, or cancelled by them.
    pub returned: u64,
    /// Messages between sender and mailbox.
    pub in_flight: u64,
    /// The average time from the sender into the mailbox, including the wait for capacity. `None` if nothing was delivered, or if
    /// the time is not measured.
    pub routing_latency: Option<Duration>,
}

/// Figures of all mailboxes.
///
/// `received = handled + failed + expired + left_over + queued`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MailboxMetrics {
    /// Messages that a mailbox accepted.
    pub received: u64,
    /// Messages whose handler returned.
    pub handled: u64,
    /// Messages whose handler failed.
    pub failed: u64,
    /// Messages that were older than their TTL when the actor took them.
    pub expired: u64,
    /// Messages in the mailbox of an actor that ended.
    pub left_over: u64,
    /// Messages that wait or are being handled.
    pub queued: u64,
}

impl BrokerMetrics {
    /// The figures that follow from two counters: messages that a mailbox accepted, and those that none did. None of the figures is
    /// a difference of counters that are read one after the other, which could go back.
    pub(crate) fn counted(delivered: u64, failed: u64) -> Self {
        BrokerMetrics { sent: delivered + failed, delivered, failed, ..Self::default() }
    }
}

impl AtomicRecorder {
    /// A recorder whose counts are zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The figures of the broker so far.
    #[must_use]
    pub fn broker(&self) -> BrokerMetrics {
        let [sent, delivered, failed, returned, timed] =
            [&self.published, &self.timed, &self.unrouted, &self.returned, &self.timed]
                .map(|n| n.load(Relaxed));
        let nanos = self.nanos.load(Relaxed).checked_div(timed);
        BrokerMetrics {
            sent,
            delivered,
            failed,
            returned,
            in_flight: sent.saturating_sub(delivered + failed + returned),
            routing_latency: nanos.map(Duration::from_nanos),
        }
    }

    /// The figures of the mailboxes so far.
    #[must_use]
    pub fn mailboxes(&self) -> MailboxMetrics {
        let [received, handled, failed, expired, left_over] =
            [&self.delivered, &self.handled, &self.failed, &self.expired, &self.left]
                .map(|n| n.load(Relaxed));
        let queued = received.saturating_sub(handled + failed + expired + left_over);
        MailboxMetrics { received, handled, failed, expired, left_over, queued }
    }

    fn delivered(&self, meta: &Meta, receivers: usize) {
        self.delivered.fetch_add(receivers as u64, Relaxed);
        self.timed.fetch_add(1, Relaxed);
        let nanos = u64::try_from(meta.age().as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Relaxed);
    }
}

impl Recorder for AtomicRecorder {
    fn record(&self, meta: &Meta, outcome: Outcome) {
        let counter = match outcome {
            Outcome::Published => &self.published,
            Outcome::Delivered { receivers } => return self.delivered(meta, receivers),
            Outcome::Handled { .. } => &self.handled,
            Outcome::Failed => &self.failed,
            Outcome::Returned | Outcome::Cancelled => &self.returned,
            // One subscriber does not get the event; for the others the event is delivered.
            Outcome::Undelivered(_) if meta.is_event() && meta.recipient().is_some() => return,
            Outcome::Undelivered(_) => &self.unrouted,
            Outcome::Dead(Reason::Expired) => &self.expired,
            Outcome::Dead(_) => &self.left,
        };
        counter.fetch_add(1, Relaxed);
    }
}
