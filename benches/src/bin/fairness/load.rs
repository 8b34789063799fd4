//! What goes on beside the light actor, and what was seen of it.

use std::{
    future::{Future, poll_fn},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    task::Poll,
    time::{Duration, Instant},
};

/// What the others do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// There are no others.
    Nothing,
    /// Two pairs, each of which plays ping-pong without end.
    PingPong,
    /// Four producers fill the mailbox of an actor that is busy with each message.
    Flood,
}

pub(crate) const PAIRS: usize = 2;
pub(crate) const PRODUCERS: usize = 4;
pub(crate) const CAPACITY: u32 = 1000;

impl Beside {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Beside::Nothing => "nothing",
            Beside::PingPong => "ping-pong",
            Beside::Flood => "flood",
        }
    }
}

/// Whether the others go on, and how many messages they have handled.
#[derive(Debug, Default)]
pub(crate) struct Load {
    over: AtomicBool,
    handled: AtomicU64,
}

impl Load {
    pub(crate) fn goes_on(&self) -> bool {
        !self.over.load(Relaxed)
    }

    pub(crate) fn end(&self) {
        self.over.store(true, Relaxed);
    }

    pub(crate) fn handled(&self) -> u64 {
        self.handled.load(Relaxed)
    }
}

/// One of the others. It counts for itself, so that counting delays nobody, and says so when it goes.
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

    /// What makes an actor busy: some hundred nanoseconds.
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

/// Lets everybody run who is ready. (The `yield_now` of tokio waits until nobody is, or for 61 turns.)
async fn one_turn() {
    let mut begun = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut begun, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// How long each ask took, and how many messages the others handled.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    asks: Vec<Duration>,
    messages: u64,
}

impl Seen {
    /// Asks for so long, one ask after the other. Who asks goes to the back of the queue in between.
    pub(crate) async fn of<F: Future<Output = u64>>(round: Duration, mut ask: impl FnMut() -> F) -> Self {
        let mut seen = Seen::default();
        let begin = Instant::now();
        while begin.elapsed() < round {
            one_turn().await;
            let asked = Instant::now();
            let answer = ask().await;
            seen.asks.push(asked.elapsed());
            assert_eq!(answer, seen.asks.len() as u64, "the light actor counts what it is asked");
        }
        seen
    }

    pub(crate) fn with_messages(self, messages: u64) -> Self {
        Seen { messages, ..self }
    }

    pub(crate) fn add(&mut self, round: Seen) {
        self.asks.extend(round.asks);
        self.messages += round.messages;
    }

    pub(crate) fn asks(&self) -> usize {
        self.asks.len()
    }

    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    /// The time within which such a part of all asks was answered.
    pub(crate) fn at(&mut self, part: f64) -> Duration {
        self.asks.sort_unstable();
        let place = (self.asks.len() as f64 * part) as usize;
        self.asks[place.min(self.asks.len() - 1)]
    }
}
