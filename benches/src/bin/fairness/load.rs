//! The background load, and the measured latencies.

use std::{
    future::{Future, poll_fn},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    task::Poll,
    time::{Duration, Instant},
};

/// The kind of background load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Background {
    /// No background load.
    Nothing,
    /// Two pairs of actors that play ping-pong endlessly.
    PingPong,
    /// Four producers fill the mailbox of an actor that is busy with each message.
    Flood,
}

pub(crate) const PAIRS: usize = 2;
pub(crate) const PRODUCERS: usize = 4;
pub(crate) const CAPACITY: u32 = 1000;

impl Background {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Background::Nothing => "nothing",
            Background::PingPong => "ping-pong",
            Background::Flood => "flood",
        }
    }
}

/// Whether the background load continues, and the number of messages it has handled.
#[derive(Debug, Default)]
pub(crate) struct Load {
    over: AtomicBool,
    handled: AtomicU64,
}

impl Load {
    pub(crate) fn continues(&self) -> bool {
        !self.over.load(Relaxed)
    }

    pub(crate) fn end(&self) {
        self.over.store(true, Relaxed);
    }

    pub(crate) fn handled(&self) -> u64 {
        self.handled.load(Relaxed)
    }
}

/// One actor of the background load. It counts locally, without contention, and adds its count to the load on drop.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) load: Arc<Load>,
    handled: u64,
    mixed: u64,
}

impl Worker {
    pub(crate) fn new(load: &Arc<Load>) -> Self {
        Worker { load: load.clone(), handled: 0, mixed: 1 }
    }

    pub(crate) fn count(&mut self) {
        self.handled += 1;
    }

    /// Computes for some hundred nanoseconds, to keep the actor busy.
    pub(crate) fn work(&mut self, n: u64) {
        self.count();
        for _ in 0..100 {
            self.mixed = (self.mixed ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        assert_ne!(self.mixed, 0, "the work is done");
        self.load.handled.fetch_add(self.handled, Relaxed);
    }
}

/// Lets every ready task run once. (The `yield_now` of tokio waits until no task is ready, or for 61 polls.)
async fn yield_once() {
    let mut polled = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut polled, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// The time of each ask, and the number of background messages handled.
#[derive(Debug, Default)]
pub(crate) struct Latencies {
    asks: Vec<Duration>,
    messages: u64,
}

impl Latencies {
    /// Sends asks one after the other for the time `round`. Between two asks the asking task goes to the back of the run queue.
    pub(crate) async fn of<F: Future<Output = u64>>(round: Duration, mut ask: impl FnMut() -> F) -> Self {
        let mut latencies = Latencies::default();
        let begin = Instant::now();
        while begin.elapsed() < round {
            yield_once().await;
            let asked = Instant::now();
            let answer = ask().await;
            latencies.asks.push(asked.elapsed());
            assert_eq!(answer, latencies.asks.len() as u64, "the light actor counts its asks");
        }
        latencies
    }

    pub(crate) fn with_messages(self, messages: u64) -> Self {
        Latencies { messages, ..self }
    }

    pub(crate) fn add(&mut self, round: Latencies) {
        self.asks.extend(round.asks);
        self.messages += round.messages;
    }

    pub(crate) fn asks(&self) -> usize {
        self.asks.len()
    }

    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    /// Returns the time within which the fraction `part` of all asks got a reply.
    pub(crate) fn at(&mut self, part: f64) -> Duration {
        self.asks.sort_unstable();
        let place = (self.asks.len() as f64 * part) as usize;
        self.asks[place.min(self.asks.len() - 1)]
    }
}
