//! A test broker that is written with the public interface only, as a user would write one.

use airssys_rt::{
    broker::{MessageBroker, MessageStream, Outcome, Published, Rejected, Route, TapFeed, tap},
    envelope::{Envelope, Meta},
};
use std::{
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

/// What the broker does with an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Deliver,
    /// Yields this many times before it delivers.
    Yield(u32),
    Sleep(Duration),
    Refuse,
    Drop,
    Lose,
}

#[derive(Debug, thiserror::Error)]
pub enum TestBrokerError {
    #[error("the broker is attached already")]
    AlreadyAttached,
    #[error("the envelope is lost")]
    EnvelopeLost,
}

type Decide = Box<dyn Fn(&Meta, u64) -> Decision + Send + Sync>;

/// A tap that gets copies, and the function that makes a copy.
type Copies<M> = (TapFeed<Envelope<M>>, fn(&Envelope<M>) -> Envelope<M>);

struct State<M> {
    route: OnceLock<Route<M>>,
    decide: Mutex<Decide>,
    published: AtomicU64,
    delivered: AtomicU64,
    refused: AtomicU64,
    settled: Mutex<Vec<Outcome>>,
    copies: Mutex<Vec<Copies<M>>>,
    ended: AtomicU64,
}

/// Counts each envelope, then does with it what its function decides. `LOCAL`: whether it asks for local messages.
pub struct TestBroker<M, const LOCAL: bool = true>(Arc<State<M>>);

impl<M: Send + 'static, const LOCAL: bool> TestBroker<M, LOCAL> {
    /// `decide` gets the metadata of an envelope, and the number of earlier envelopes.
    pub fn new(decide: impl Fn(&Meta, u64) -> Decision + Send + Sync + 'static) -> Self {
        TestBroker(Arc::new(State {
            route: OnceLock::new(),
            decide: Mutex::new(Box::new(decide)),
            published: AtomicU64::new(0),
            delivered: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            settled: Mutex::default(),
            copies: Mutex::default(),
            ended: AtomicU64::new(0),
        }))
    }

    pub fn watch(&self, watched: bool) {
        self.0.route.get().expect("it is attached").watch(watched);
    }

    pub fn published(&self) -> u64 {
        self.0.published.load(SeqCst)
    }

    pub fn delivered(&self) -> u64 {
        self.0.delivered.load(SeqCst)
    }

    pub fn refused(&self) -> u64 {
        self.0.refused.load(SeqCst)
    }

    /// The number of taps that get copies.
    pub fn taps(&self) -> usize {
        self.0.copies.lock().expect("no thread panics while it holds the lock").len()
    }

    /// The number of calls of `detach`.
    pub fn ended(&self) -> u64 {
        self.0.ended.load(SeqCst)
    }

    /// The outcomes of envelopes that were reported to the broker.
    pub fn settled(&self) -> Vec<Outcome> {
        self.0.settled.lock().expect("no thread panics while it holds the lock").clone()
    }
}

impl<M, const LOCAL: bool> Clone for TestBroker<M, LOCAL> {
    fn clone(&self) -> Self {
        TestBroker(self.0.clone())
    }
}

impl<M: Send + 'static, const LOCAL: bool> MessageBroker<M> for TestBroker<M, LOCAL> {
    type Error = TestBrokerError;
    const SEES_LOCAL: bool = LOCAL;

    async fn attach(&self, route: Route<M>) -> Result<(), TestBrokerError> {
        self.0.route.set(route).map_err(|_| TestBrokerError::AlreadyAttached)
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, TestBrokerError>> {
        let state = &self.0;
        state.copies.lock().expect("no thread panics while it holds the lock").retain(|(feed, copy)| {
            feed.offer(|| copy(&envelope));
            !feed.is_closed()
        });
        let before = state.published.fetch_add(1, SeqCst);
        let decision =
            state.decide.lock().expect("no thread panics while it holds the lock")(envelope.meta(), before);
        match decision {
            Decision::Deliver => {}
            Decision::Yield(turns) => {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
            }
            Decision::Sleep(time) => tokio::time::sleep(time).await,
            Decision::Refuse => {
                state.refused.fetch_add(1, SeqCst);
                return Err(Rejected::Refused(envelope));
            }
            Decision::Drop => return Err(Rejected::Dropped(envelope)),
            Decision::Lose => {
                return Err(Rejected::Transport { error: TestBrokerError::EnvelopeLost, envelope: None });
            }
        }
        let route = state.route.get().expect("it is attached before anything is published");
        let published = route.deliver(envelope).await.map_err(Rejected::Undelivered)?;
        state.delivered.fetch_add(1, SeqCst);
        Ok(published)
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, TestBrokerError>
    where
        M: Clone,
    {
        let (feed, stream) = tap(capacity);
        self.0.copies.lock().expect("no thread panics while it holds the lock").push((feed, Envelope::clone));
        Ok(stream)
    }

    fn settled(&self, _: &Meta, outcome: Outcome) {
        self.0.settled.lock().expect("no thread panics while it holds the lock").push(outcome);
    }

    async fn detach(&self) {
        self.0.ended.fetch_add(1, SeqCst);
        self.0.copies.lock().expect("no thread panics while it holds the lock").clear();
    }
}

/// Pseudo-random numbers: splitmix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    pub fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0) % sides
    }
}

/// A pseudo-random number, which depends only on `seed` and `n`.
pub fn chance(seed: u64, n: u64, sides: u64) -> u64 {
    mix(seed.wrapping_add(n.wrapping_mul(0x9E37_79B9_7F4A_7C15))) % sides
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
