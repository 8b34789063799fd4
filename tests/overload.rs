//! Overload of a slow actor: for each overflow policy the mailbox stays within its capacity.
//!
//! There are four producers, and each message has one outcome.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::{mailbox::MailboxPolicy, prelude::*};
use airssys_rt_tests::{paused, two_threads};
use std::ops::Range;
use tokio::task::yield_now;

const CAPACITY: u32 = 1024;
const PRODUCERS: u64 = 4;
const ITEMS: u64 = 100_000;
/// The number of messages that a producer sends before it yields. On one thread one item is handled meanwhile, so twelve times
/// as many arrive as can be handled.
const BURST: u64 = 3;
/// The bytes of heap that a message owns.
const CARGO: usize = 1000;
/// How many dead letters are kept, with their messages.
const KEPT: usize = 50;
/// The bytes for the tasks, the counters, the tables, and everything else that a system needs.
const SMALL: usize = 24 * 1024;
/// The bytes for a dead letter without its message.
const LETTER: usize = 256;

#[message]
struct Item {
    number: u64,
    cargo: Box<[u8; CARGO]>,
}

impl Item {
    fn new(number: u64) -> Self {
        Item { number, cargo: Box::new([number as u8; CARGO]) }
    }
}

/// Answered with the number of unloaded crates, and the sum of their numbers.
#[message(reply = (u64, u64))]
struct Count;

#[derive(Default)]
struct Consumer {
    unloaded: u64,
    sum: u64,
}

#[actor]
impl Consumer {
    #[handler]
    async fn unload(&mut self, Item { number, cargo }: Item) {
        yield_now().await;
        assert!(cargo.iter().all(|byte| *byte == number as u8));
        self.unloaded += 1;
        self.sum += number;
    }

    #[handler]
    fn count(&self, _: Count) -> (u64, u64) {
        (self.unloaded, self.sum)
    }
}

#[actor_system(actors(Consumer))]
struct TestSystem;

/// The outcomes of the messages, as the producers observed them.
#[derive(Debug, Default)]
struct Outcomes {
    queued: u64,
    /// The sum of the numbers of the queued messages.
    sum: u64,
    dropped: u64,
    given_back: u64,
    /// The maximum queue depth.
    deepest: usize,
}

impl Outcomes {
    fn and(self, other: Outcomes) -> Outcomes {
        Outcomes {
            queued: self.queued + other.queued,
            sum: self.sum + other.sum,
            dropped: self.dropped + other.dropped,
            given_back: self.given_back + other.given_back,
            deepest: self.deepest.max(other.deepest),
        }
    }
}

async fn produce(
    system: ActorSystem<TestSystem>,
    consumer: ActorRef<Consumer>,
    numbers: Range<u64>,
) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for number in numbers {
        if number % BURST == 0 {
            yield_now().await;
        }
        match system.tell(&consumer, Item::new(number)).await {
            Ok(Sent::Queued) => {
                outcomes.queued += 1;
                outcomes.sum += number;
            }
            Ok(Sent::Dropped) => outcomes.dropped += 1,
            Err(SendError::Full(Item { number: same, cargo })) => {
                assert!(same == number && cargo[CARGO - 1] == number as u8);
                outcomes.given_back += 1;
            }
            other => panic!("{other:?}"),
        }
        outcomes.deepest = outcomes.deepest.max(consumer.queue_depth());
    }
    outcomes
}

/// An overload, and its accounts: the results of the producers, the messages of the actor and the counters of the system are
/// equal.
async fn overload(mailbox: MailboxPolicy) -> Outcomes {
    let config = SystemConfig::default().with_dead_letters(KEPT).with_mailbox(mailbox);
    let system = ActorSystem::<TestSystem>::start(config).await.unwrap();
    let consumer = system.spawn(Consumer::default()).await.unwrap();
    let share = ITEMS / PRODUCERS;
    let producers = (0..PRODUCERS).map(|producer| {
        let numbers = producer * share..(producer + 1) * share;
        tokio::spawn(produce(system.clone(), consumer.clone(), numbers))
    });
    let mut outcomes = Outcomes::default();
    for producer in producers.collect::<Vec<_>>() {
        outcomes = outcomes.and(producer.await.unwrap());
    }
    system.idle().await;
    assert_eq!(system.ask(&consumer, Count).await.unwrap(), (outcomes.queued, outcomes.sum));
    system.shutdown().await.unwrap();

    assert_eq!(outcomes.queued + outcomes.dropped + outcomes.given_back, ITEMS);
    let counters = system.counters();
    assert_eq!(
        counters.sent,
        outcomes.queued + outcomes.dropped + 1,
        "a message that is given back is not counted"
    );
    assert_eq!(counters.handled, outcomes.queued + 1);
    assert_eq!((counters.dead, counters.queued), (outcomes.dropped, 0));
    assert_eq!((counters.failed, counters.expired), (0, 0));
    let letters = system.dead_letters();
    assert_eq!(letters.count(), outcomes.dropped);
    assert_eq!(letters.len() as u64, outcomes.dropped.min(KEPT as u64));
    outcomes
}

/// An overload on one thread, and the maximum of the bytes that were on the heap.
fn measured(mailbox: MailboxPolicy) -> (Outcomes, usize) {
    let runtime = paused();
    let mut outcomes = Outcomes::default();
    let bytes = allocation_counter::measure(|| outcomes = runtime.block_on(overload(mailbox)));
    println!("{mailbox:?}: {outcomes:?}, {} bytes at most, bound {}", bytes.bytes_max, bound());
    (outcomes, bytes.bytes_max as usize)
}

/// The maximum size of a mailbox: its messages with the heap that they own. Queued messages and messages that the actor has
/// taken are in two buffers, and each may have been full once.
fn bound() -> usize {
    let slot = size_of::<<Consumer as Actor>::Message>() + size_of::<u64>();
    CAPACITY as usize * (CARGO + 2 * slot)
}

/// An overload of a bounded mailbox: on one thread with every byte counted, and on two threads.
fn stays_within_its_bound(overflow: Overflow, check: impl Fn(&Outcomes)) {
    let mailbox = MailboxPolicy::bounded(CAPACITY).with_overflow(overflow);
    let (outcomes, bytes) = measured(mailbox);
    assert_eq!(outcomes.deepest, CAPACITY as usize, "the mailbox was full, and never exceeded its capacity");
    assert_eq!(outcomes.queued == ITEMS, overflow == Overflow::Block, "{outcomes:?}");
    check(&outcomes);
    let besides = PRODUCERS as usize * CARGO + KEPT * (CARGO + LETTER) + SMALL;
    assert!(bytes <= bound() + besides, "{bytes} bytes, instead of {} and {besides} besides", bound());

    let outcomes = two_threads().block_on(overload(mailbox));
    assert!(outcomes.deepest <= CAPACITY as usize, "{outcomes:?}");
    check(&outcomes);
}

/// M4, RB-01, MB-01: the excess messages wait with their producers.
#[test]
fn with_block_the_excess_waits_with_its_producers() {
    stays_within_its_bound(Overflow::Block, |outcomes| {
        assert_eq!((outcomes.dropped, outcomes.given_back), (0, 0))
    });
}

/// RB-01, MB-03, DL-04: the excess messages are dropped and counted, and a few are kept as dead letters.
#[test]
fn with_drop_the_excess_is_dropped_and_counted() {
    stays_within_its_bound(Overflow::Drop, |outcomes| assert_eq!(outcomes.given_back, 0));
}

/// RB-01, MB-02: the excess messages are given back to their producers.
#[test]
fn with_error_the_excess_is_given_back() {
    stays_within_its_bound(Overflow::Error, |outcomes| assert_eq!(outcomes.dropped, 0));
}

/// MB-07: an unbounded mailbox has no bound, as documented. This also shows that the producers of the other tests overload.
#[test]
fn an_unbounded_mailbox_holds_all_messages() {
    let (outcomes, bytes) = measured(MailboxPolicy::unbounded());
    assert_eq!((outcomes.queued, outcomes.dropped, outcomes.given_back), (ITEMS, 0, 0));
    assert!(
        outcomes.deepest > ITEMS as usize / 2 && bytes > outcomes.deepest * CARGO,
        "{outcomes:?}, {bytes} bytes"
    );
}
