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

/// Takes the figures of a system somewhere, for example to Prometheus.
///
/// It hears of each step of each message, in the task in which the step is taken, so it should be quick. `()` is the one
/// that does nothing; [`AtomicRecorder`] counts.
pub trait Recorder: Send + Sync + 'static {
    /// One step of one message.
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

/// The hook that feeds a recorder.
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

/// Counts with atomics. Share it in an `Arc` to read it.
#[derive(Debug, Default)]
pub struct AtomicRecorder {
    published: AtomicU64,
    returned: AtomicU64,
    /// Never came into a mailbox.
    unrouted: AtomicU64,
    delivered: AtomicU64,
    handled: AtomicU64,
    failed: AtomicU64,
    expired: AtomicU64,
    /// In a mailbox, and never handled.
    left: AtomicU64,
    nanos: AtomicU64,
    timed: AtomicU64,
}

/// What the broker did.
///
/// `sent = delivered + failed + returned + in_flight`, where an event counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokerMetrics {
    /// Taken from their senders.
    pub sent: u64,
    /// Into the mailboxes of those they went to, or of all who subscribe.
    pub delivered: u64,
    /// Into no mailbox, and not given back either.
    pub failed: u64,
    /// Given back to their senders, or given up by them.
    pub returned: u64,
    /// On their way.
    pub in_flight: u64,
    /// How long it took on average from the sender into the mailbox, the wait for room included. `None` if nothing was
    /// delivered or nobody measures.
    pub routing_latency: Option<Duration>,
}

/// What the mailboxes did.
///
/// `received = handled + failed + expired + left_over + queued`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MailboxMetrics {
    /// Let in.
    pub received: u64,
    /// Handled to the end.
    pub handled: u64,
    /// Their handler failed.
    pub failed: u64,
    /// Older than they may be when their turn came.
    pub expired: u64,
    /// Left over by an actor that has ended.
    pub left_over: u64,
    /// Waiting, or being handled.
    pub queued: u64,
}

impl BrokerMetrics {
    /// Of `sent` messages so many came into a mailbox.
    pub(crate) fn counted(sent: u64, delivered: u64) -> Self {
        BrokerMetrics { sent, delivered, failed: sent.saturating_sub(delivered), ..Self::default() }
    }
}

impl AtomicRecorder {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What the broker did so far.
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

    /// What the mailboxes did so far.
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
            // One subscriber does not get an event that is delivered to others.
            Outcome::Undelivered(_) if meta.is_event() && meta.recipient().is_some() => return,
            Outcome::Undelivered(_) => &self.unrouted,
            Outcome::Dead(Reason::Expired) => &self.expired,
            Outcome::Dead(_) => &self.left,
        };
        counter.fetch_add(1, Relaxed);
    }
}
