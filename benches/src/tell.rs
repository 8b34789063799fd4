//! The work of the gate: many messages to one receiver that adds them up.

use airssys_rt::prelude::*;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::{Notify, mpsc};

const CAPACITY: u32 = 1000;

#[message]
struct Add(u64);

struct Counter {
    sum: u64,
    left: u64,
    done: Arc<Notify>,
    expected: u64,
}

impl Counter {
    fn new(messages: u64) -> (Self, Arc<Notify>) {
        let done = Arc::new(Notify::new());
        let expected = (0..messages).sum();
        (Counter { sum: 0, left: messages, done: done.clone(), expected }, done)
    }

    /// Adds `n`. The sum prevents the compiler from removing the work.
    fn count(&mut self, n: u64) {
        self.sum += n;
        self.left -= 1;
        if self.left == 0 {
            assert_eq!(self.sum, self.expected, "every message is counted once");
            self.done.notify_one();
        }
    }
}

#[actor]
impl Counter {
    #[handler]
    fn add(&mut self, Add(n): Add) {
        self.count(n);
    }
}

#[actor_system(actors(Counter))]
struct Lab;

/// Returns the range of messages of one producer.
fn share(messages: u64, producers: u64, producer: u64) -> std::ops::Range<u64> {
    messages * producer / producers..messages * (producer + 1) / producers
}

/// Sends the messages through the framework.
///
/// # Panics
///
/// Panics if a message is lost or counted twice.
pub async fn airssys(messages: u64, producers: u64) -> Duration {
    let lab =
        ActorSystem::<Lab>::start(SystemConfig::default()).await.expect("the default configuration is valid");
    let (counter, done) = Counter::new(messages);
    let counter = lab.spawn(counter).capacity(CAPACITY).await.expect("the spawn succeeds");
    let begin = Instant::now();
    for producer in 0..producers {
        let (lab, counter) = (lab.clone(), counter.clone());
        tokio::spawn(async move {
            for n in share(messages, producers, producer) {
                lab.tell(&counter, Add(n)).await.expect("the counter is alive");
            }
        });
    }
    done.notified().await;
    let time = begin.elapsed();
    lab.shutdown().await.expect("the counter is idle");
    time
}

/// Sends the messages through a bounded channel of tokio.
///
/// # Panics
///
/// Panics if a message is lost or counted twice.
pub async fn tokio_mpsc(messages: u64, producers: u64) -> Duration {
    let (sender, mut receiver) = mpsc::channel::<u64>(CAPACITY as usize);
    let (mut counter, done) = Counter::new(messages);
    let begin = Instant::now();
    tokio::spawn(async move {
        while let Some(n) = receiver.recv().await {
            counter.count(n);
        }
    });
    for producer in 0..producers {
        let sender = sender.clone();
        tokio::spawn(async move {
            for n in share(messages, producers, producer) {
                sender.send(n).await.expect("the counter is alive");
            }
        });
    }
    done.notified().await;
    begin.elapsed()
}
