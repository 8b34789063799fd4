//! `Counting`: a hook that counts the messages of each type, by outcome.

use crate::{
    broker::{
        Outcome,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
    sync::{Arc, AtomicU64, Relaxed},
};
use dashmap::DashMap;
use std::collections::BTreeMap;

/// A hook that counts the messages of each type, by outcome. Clones share their counts: keep one to read them.
#[derive(Debug, Clone, Default)]
pub struct Counting(Arc<DashMap<&'static str, AtomicCounts>>);

#[derive(Debug, Default)]
struct AtomicCounts {
    published: AtomicU64,
    delivered: AtomicU64,
    handled: AtomicU64,
    failed: AtomicU64,
    returned: AtomicU64,
    dead: AtomicU64,
}

/// The counts of one message type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageCounts {
    /// Messages that were sent.
    pub published: u64,
    /// Mailboxes that accepted a message; an event counts once for each subscriber.
    pub delivered: u64,
    /// Messages whose handler returned.
    pub handled: u64,
    /// Messages whose handler failed.
    pub failed: u64,
    /// Messages returned to the sender, or cancelled by it.
    pub returned: u64,
    /// Messages that will never be handled.
    pub dead: u64,
}

impl Counting {
    /// A hook whose counts are zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The counts so far, by the name of the message type.
    #[must_use]
    pub fn read(&self) -> BTreeMap<&'static str, MessageCounts> {
        self.0.iter().map(|entry| (*entry.key(), entry.value().read())).collect()
    }

    fn count(&self, name: &'static str, of: fn(&AtomicCounts) -> &AtomicU64, by: u64) {
        if let Some(counts) = self.0.get(name) {
            of(&counts).fetch_add(by, Relaxed);
            return;
        }
        of(&self.0.entry(name).or_default()).fetch_add(by, Relaxed);
    }
}

impl AtomicCounts {
    fn read(&self) -> MessageCounts {
        MessageCounts {
            published: self.published.load(Relaxed),
            delivered: self.delivered.load(Relaxed),
            handled: self.handled.load(Relaxed),
            failed: self.failed.load(Relaxed),
            returned: self.returned.load(Relaxed),
            dead: self.dead.load(Relaxed),
        }
    }
}

impl<M> Hook<M> for Counting {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        self.count(envelope.meta().message_type(), |counts| &counts.published, 1);
        Verdict::Pass
    }

    fn after(&self, meta: &Meta, outcome: Outcome) {
        let name = meta.message_type();
        match outcome {
            Outcome::Published => {}
            Outcome::Delivered { receivers } => {
                self.count(name, |counts| &counts.delivered, receivers as u64)
            }
            Outcome::Handled { .. } => self.count(name, |counts| &counts.handled, 1),
            Outcome::Failed => self.count(name, |counts| &counts.failed, 1),
            Outcome::Returned | Outcome::Cancelled => self.count(name, |counts| &counts.returned, 1),
            Outcome::Undelivered(_) | Outcome::Dead(_) => self.count(name, |counts| &counts.dead, 1),
        }
    }
}
