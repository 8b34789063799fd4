//! The message handling that the receivers of all contestants share, so that they differ only in the framework.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst},
};
use tokio::sync::Notify;

/// Collects the results of the receivers; the program waits for all of them.
#[derive(Debug)]
pub(crate) struct Tally {
    sum: AtomicU64,
    missing: AtomicUsize,
    done: Notify,
}

/// A receiver that adds up a known count of numbers.
#[derive(Debug)]
pub(crate) struct Adder {
    sum: u64,
    left: u64,
    tally: Arc<Tally>,
}

/// A receiver that forwards a number, reduced by one.
#[derive(Debug)]
pub(crate) struct Player {
    handled: u64,
    players: u64,
    tally: Arc<Tally>,
}

impl Tally {
    /// Creates a tally of `receivers` receivers.
    pub(crate) fn of(receivers: usize) -> Arc<Self> {
        Arc::new(Tally { sum: AtomicU64::new(0), missing: AtomicUsize::new(receivers), done: Notify::new() })
    }

    /// Records the result of one receiver.
    pub(crate) fn report(&self, sum: u64) {
        self.sum.fetch_add(sum, SeqCst);
        if self.missing.fetch_sub(1, SeqCst) == 1 {
            self.done.notify_one();
        }
    }

    /// Waits for all receivers and returns the sum of their results.
    pub(crate) async fn sum(&self) -> u64 {
        self.done.notified().await;
        self.sum.load(SeqCst)
    }
}

impl Adder {
    /// Creates an adder that reports after `numbers` numbers.
    pub(crate) fn new(numbers: u64, tally: &Arc<Tally>) -> Self {
        Adder { sum: 0, left: numbers, tally: tally.clone() }
    }

    pub(crate) fn add(&mut self, n: u64) {
        self.sum += n;
        self.left -= 1;
        if self.left == 0 {
            self.tally.report(self.sum);
        }
    }
}

impl Player {
    /// Creates one of `players` players.
    pub(crate) fn new(players: usize, tally: &Arc<Tally>) -> Self {
        Player { handled: 0, players: players as u64, tally: tally.clone() }
    }

    /// Returns the number to forward; `None` after the last. Each player reports after its last number.
    pub(crate) fn pass(&mut self, n: u64) -> Option<u64> {
        self.handled += 1;
        if n < self.players {
            self.tally.report(self.handled);
        }
        n.checked_sub(1)
    }
}
