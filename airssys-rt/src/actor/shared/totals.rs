use crate::{
    broker::dead_letters::Reason,
    observe::Counters,
    sync::{AtomicU64, Relaxed},
};

/// What has happened to the messages of one kind of actor, apart from what the mailboxes of live actors count.
#[derive(Default)]
pub(crate) struct Totals {
    /// Accepted by actors that have ended since.
    accepted: AtomicU64,
    /// Of these, handled, failed or expired.
    done: AtomicU64,
    /// Taken from their senders without a mailbox to go to.
    undelivered: AtomicU64,
    failed: AtomicU64,
    /// In a mailbox.
    expired: AtomicU64,
    /// Before they came into one.
    expired_undelivered: AtomicU64,
    dead: AtomicU64,
    /// In the mailbox of an actor that has gone on without them; among the dead.
    discarded: AtomicU64,
}

impl Totals {
    /// An actor has ended. No other may come or go meanwhile.
    pub(crate) fn retire(&self, accepted: u64, done: u64) {
        // Not read-modify-writes: nobody else writes these.
        self.accepted.store(self.accepted.load(Relaxed) + accepted, Relaxed);
        self.done.store(self.done.load(Relaxed) + done, Relaxed);
        if done < accepted {
            self.dead.fetch_add(accepted - done, Relaxed);
        }
    }

    pub(crate) fn count_failed(&self) {
        self.failed.fetch_add(1, Relaxed);
    }

    pub(crate) fn count_expired(&self) {
        self.expired.fetch_add(1, Relaxed);
    }

    /// Messages in a mailbox that are dead although their actor is not.
    pub(crate) fn count_discarded(&self, messages: u64) {
        self.discarded.fetch_add(messages, Relaxed);
        self.dead.fetch_add(messages, Relaxed);
    }

    pub(crate) fn count_undelivered(&self, reason: Reason) {
        self.undelivered.fetch_add(1, Relaxed);
        let fate = if reason == Reason::Expired { &self.expired_undelivered } else { &self.dead };
        fate.fetch_add(1, Relaxed);
    }

    /// What actors that have ended accepted.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Relaxed)
    }

    /// Together with `live`: of each actor that is alive, what it accepted, and what of it is done. No actor may come
    /// or go meanwhile.
    pub(crate) fn counters(&self, live: impl Iterator<Item = (u64, u64)>) -> Counters {
        let mut counters = Counters::default();
        let mut done = self.done.load(Relaxed);
        for (accepted, finished) in live {
            counters.sent += accepted;
            counters.queued += accepted.saturating_sub(finished);
            done += finished;
        }
        let expired = self.expired.load(Relaxed);
        counters.sent += self.accepted.load(Relaxed) + self.undelivered.load(Relaxed);
        counters.failed = self.failed.load(Relaxed);
        counters.expired = expired + self.expired_undelivered.load(Relaxed);
        counters.dead = self.dead.load(Relaxed);
        counters.handled = done.saturating_sub(counters.failed + expired + self.discarded.load(Relaxed));
        counters
    }
}
