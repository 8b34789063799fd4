//! Message counts of one actor type, without those in live mailboxes: the base of the counters of a system.

use crate::{
    broker::dead_letters::Reason,
    observe::Counters,
    sync::{Acquire, AtomicU64, Relaxed, Release, fence},
};

/// Counts of the messages of one type of actor, except those that the mailboxes of live actors count.
#[derive(Default)]
pub(crate) struct Totals {
    /// Accepted by mailboxes of actors that have ended.
    accepted: AtomicU64,
    /// Of these, handled, failed or expired.
    done: AtomicU64,
    /// Taken from their senders, and accepted by no mailbox.
    undelivered: AtomicU64,
    failed: AtomicU64,
    /// Expired in a mailbox.
    expired: AtomicU64,
    /// Expired before a mailbox accepted them.
    expired_undelivered: AtomicU64,
    dead: AtomicU64,
    /// Discarded from the mailbox of an actor that continues without them; counted as dead as well.
    discarded: AtomicU64,
    /// The largest number of handled messages that was reported.
    handled: AtomicU64,
}

impl Totals {
    /// Adds the counts of an actor that has ended. The list of members must be locked.
    pub(crate) fn retire(&self, accepted: u64, done: u64) {
        // Not read-modify-writes: only the holder of that lock writes these.
        self.accepted.store(self.accepted.load(Relaxed) + accepted, Relaxed);
        self.done.store(self.done.load(Relaxed) + done, Relaxed);
        if done < accepted {
            self.dead.fetch_add(accepted - done, Relaxed);
        }
    }

    /// Counts a message that has failed. The mailbox must count it as done afterwards.
    pub(crate) fn count_failed(&self) {
        Self::count_before_done(&self.failed, 1);
    }

    /// Counts a message that has expired. The mailbox must count it as done afterwards.
    pub(crate) fn count_expired(&self) {
        Self::count_before_done(&self.expired, 1);
    }

    /// Counts messages in a mailbox that are dead although their actor continues. The mailbox must count them as done afterwards.
    pub(crate) fn count_discarded(&self, messages: u64) {
        self.dead.fetch_add(messages, Relaxed);
        Self::count_before_done(&self.discarded, messages);
    }

    fn count_before_done(counter: &AtomicU64, messages: u64) {
        counter.fetch_add(messages, Relaxed);
        // A reader of the counters that reads the messages as done must not miss them here. A fence, because the mailbox counts
        // each message without an order.
        fence(Release);
    }

    pub(crate) fn count_undelivered(&self, reason: Reason) {
        self.undelivered.fetch_add(1, Relaxed);
        let fate = if reason == Reason::Expired { &self.expired_undelivered } else { &self.dead };
        fate.fetch_add(1, Relaxed);
    }

    /// How many messages were taken from their senders, and accepted by no mailbox.
    pub(crate) fn undelivered(&self) -> u64 {
        self.undelivered.load(Relaxed)
    }

    /// How many messages actors that have ended accepted.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Relaxed)
    }

    /// The counters together with `live`: for each live actor, how many messages its mailbox accepted and how many of them
    /// are done. The list of members must be locked.
    pub(crate) fn counters(&self, live: impl Iterator<Item = (u64, u64)>) -> Counters {
        let mut counters = Counters::default();
        let mut done = self.done.load(Relaxed);
        for (accepted, finished) in live {
            counters.sent += accepted;
            counters.queued += accepted.saturating_sub(finished);
            done += finished;
        }
        fence(Acquire); // what was counted before these messages were done is read below
        let expired = self.expired.load(Relaxed);
        counters.sent += self.accepted.load(Relaxed) + self.undelivered.load(Relaxed);
        counters.failed = self.failed.load(Relaxed);
        counters.expired = expired + self.expired_undelivered.load(Relaxed);
        counters.dead = self.dead.load(Relaxed);
        // Messages that are counted here and not done yet make this too small, never too large. So the largest of these numbers is
        // right once they are done, and does not go back before that.
        let handled = done.saturating_sub(counters.failed + expired + self.discarded.load(Relaxed));
        counters.handled = self.handled.fetch_max(handled, Relaxed).max(handled);
        counters
    }
}
