//! What the receivers of all contestants do with a message, so that they differ in nothing else.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst},
};
use tokio::sync::Notify;

/// Where receivers say what they came to, and the program waits for all of them.
#[derive(Debug)]
pub(crate) struct Tally {
    sum: AtomicU64,
    missing: AtomicUsize,
    done: Notify,
}

/// A receiver that adds numbers up, and knows how many will come.
#[derive(Debug)]
pub(crate) struct Adder {
    sum: u64,
    left: u64,
    tally: Arc<Tally>,
}

/// A receiver that passes a number on, one less.
#[derive(Debug)]
pub(crate) struct Player {
    handled: u64,
    players: u64,
    tally: Arc<Tally>,
}

impl Tally {
    /// That so many receivers report to.
    pub(crate) fn of(receivers: usize) -> Arc<Self> {
        Arc::new(Tally { sum: AtomicU64::new(0), missing: AtomicUsize::new(receivers), done: Notify::new() })
    }

    /// One of them came to this.
    pub(crate) fn report(&self, sum: u64) {
        self.sum.fetch_add(sum, SeqCst);
        if self.missing.fetch_sub(1, SeqCst) == 1 {
            self.done.notify_one();
        }
    }

    /// What all came to, once all have said.
    pub(crate) async fn sum(&self) -> u64 {
        self.done.notified().await;
        self.sum.load(SeqCst)
    }
}

impl Adder {
    /// Reports after so many numbers.
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
    /// One of so many.
    pub(crate) fn new(players: usize, tally: &Arc<Tally>) -> Self {
        Player { handled: 0, players: players as u64, tally: tally.clone() }
    }

    /// What to send to the next; `None` after the last. Each reports when its last number has come.
    pub(crate) fn pass(&mut self, n: u64) -> Option<u64> {
        self.handled += 1;
        if n < self.players {
            self.tally.report(self.handled);
        }
        n.checked_sub(1)
    }
}
