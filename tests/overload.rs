//! Four producers flood a slow actor. Whatever its mailbox does when it is full: it never holds more than it may, and each
//! message has one fate.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::{mailbox::Policy, prelude::*};
use airssys_rt_tests::{paused, two_threads};
use std::ops::Range;
use tokio::task::yield_now;

const CAPACITY: u32 = 1024;
const PRODUCERS: u64 = 4;
const CRATES: u64 = 100_000;
/// What a producer sends before it lets others run. On one thread one crate is handled meanwhile, so twelve times as many
/// come as can be handled.
const BURST: u64 = 3;
/// The bytes of heap that a message brings along.
const CARGO: usize = 1000;
/// How many dead letters are kept, with their messages.
const KEPT: usize = 50;
/// For the tasks, the counters, the tables, and whatever else a system needs.
const SMALL: usize = 24 * 1024;
/// For a dead letter beside its message.
const LETTER: usize = 256;

#[message]
struct Crate {
    number: u64,
    cargo: Box<[u8; CARGO]>,
}

impl Crate {
    fn new(number: u64) -> Self {
        Crate { number, cargo: Box::new([number as u8; CARGO]) }
    }
}

/// Answered with how many crates were unloaded, and the sum of their numbers.
#[message(reply = (u64, u64))]
struct Count;

#[derive(Default)]
struct Dock {
    unloaded: u64,
    sum: u64,
}

#[actor]
impl Dock {
    #[handler]
    async fn unload(&mut self, Crate { number, cargo }: Crate) {
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

#[actor_system(actors(Dock))]
struct Harbour;

/// What became of the messages, as their producers were told.
#[derive(Debug, Default)]
struct Fates {
    queued: u64,
    /// The sum of the numbers of those.
    sum: u64,
    dropped: u64,
    given_back: u64,
    /// The most that waited at once.
    deepest: usize,
}

impl Fates {
    fn and(self, other: Fates) -> Fates {
        Fates {
            queued: self.queued + other.queued,
            sum: self.sum + other.sum,
            dropped: self.dropped + other.dropped,
            given_back: self.given_back + other.given_back,
            deepest: self.deepest.max(other.deepest),
        }
    }
}

async fn produce(harbour: ActorSystem<Harbour>, dock: ActorRef<Dock>, numbers: Range<u64>) -> Fates {
    let mut fates = Fates::default();
    for number in numbers {
        if number % BURST == 0 {
            yield_now().await;
        }
        match harbour.tell(&dock, Crate::new(number)).await {
            Ok(Sent::Queued) => {
                fates.queued += 1;
                fates.sum += number;
            }
            Ok(Sent::Dropped) => fates.dropped += 1,
            Err(SendError::Full(Crate { number: same, cargo })) => {
                assert!(same == number && cargo[CARGO - 1] == number as u8);
                fates.given_back += 1;
            }
            other => panic!("{other:?}"),
        }
        fates.deepest = fates.deepest.max(dock.queue_depth());
    }
    fates
}

/// A flood, and the books afterwards: what the producers were told, what the actor has seen and what the system has counted is
/// the same.
async fn flood(mailbox: Policy) -> Fates {
    let config = SystemConfig::default().with_dead_letters(KEPT).with_mailbox(mailbox);
    let harbour = ActorSystem::<Harbour>::start(config).await.unwrap();
    let dock = harbour.spawn(Dock::default()).await.unwrap();
    let share = CRATES / PRODUCERS;
    let producers = (0..PRODUCERS).map(|producer| {
        let numbers = producer * share..(producer + 1) * share;
        tokio::spawn(produce(harbour.clone(), dock.clone(), numbers))
    });
    let mut fates = Fates::default();
    for producer in producers.collect::<Vec<_>>() {
        fates = fates.and(producer.await.unwrap());
    }
    harbour.quiet().await;
    assert_eq!(harbour.ask(&dock, Count).await.unwrap(), (fates.queued, fates.sum));
    harbour.shutdown().await.unwrap();

    assert_eq!(fates.queued + fates.dropped + fates.given_back, CRATES);
    let counters = harbour.counters();
    assert_eq!(counters.sent, fates.queued + fates.dropped + 1, "what comes back counts nowhere");
    assert_eq!(counters.handled, fates.queued + 1);
    assert_eq!((counters.dead, counters.queued), (fates.dropped, 0));
    assert_eq!((counters.failed, counters.expired), (0, 0));
    let letters = harbour.dead_letters();
    assert_eq!(letters.count(), fates.dropped);
    assert_eq!(letters.len() as u64, fates.dropped.min(KEPT as u64));
    fates
}

/// A flood on one thread, with the most bytes that were on the heap at once.
fn measured(mailbox: Policy) -> (Fates, usize) {
    let runtime = paused();
    let mut fates = Fates::default();
    let bytes = allocation_counter::measure(|| fates = runtime.block_on(flood(mailbox)));
    println!("{mailbox:?}: {fates:?}, {} bytes at most, bound {}", bytes.bytes_max, bound());
    (fates, bytes.bytes_max as usize)
}

/// What a mailbox may hold at most: its messages with what they bring along. What is queued and what the actor has taken lie in
/// a buffer each, and each may have been full once.
fn bound() -> usize {
    let slot = size_of::<<Dock as Actor>::Message>() + size_of::<u64>();
    CAPACITY as usize * (CARGO + 2 * slot)
}

/// A flood of a mailbox with an end: on one thread with every byte counted, and on two.
fn stays_within_its_bound(overflow: Overflow, check: impl Fn(&Fates)) {
    let mailbox = Policy::bounded(CAPACITY).with_overflow(overflow);
    let (fates, bytes) = measured(mailbox);
    assert_eq!(fates.deepest, CAPACITY as usize, "it was full, and never fuller");
    assert_eq!(fates.queued == CRATES, overflow == Overflow::Block, "{fates:?}");
    check(&fates);
    let besides = PRODUCERS as usize * CARGO + KEPT * (CARGO + LETTER) + SMALL;
    assert!(bytes <= bound() + besides, "{bytes} bytes, instead of {} and {besides} besides", bound());

    let fates = two_threads().block_on(flood(mailbox));
    assert!(fates.deepest <= CAPACITY as usize, "{fates:?}");
    check(&fates);
}

/// RB-01, MB-01: a flood waits with its producers.
#[test]
fn a_flood_of_a_mailbox_that_blocks_waits_outside() {
    stays_within_its_bound(Overflow::Block, |fates| assert_eq!((fates.dropped, fates.given_back), (0, 0)));
}

/// RB-01, MB-03, DL-04: a flood is dropped and counted, and a few of it are kept as dead letters.
#[test]
fn a_flood_of_a_mailbox_that_drops_is_dropped_and_counted() {
    stays_within_its_bound(Overflow::Drop, |fates| assert_eq!(fates.given_back, 0));
}

/// RB-01, MB-02: a flood goes back to where it came from.
#[test]
fn a_flood_of_a_mailbox_that_refuses_goes_back() {
    stays_within_its_bound(Overflow::Error, |fates| assert_eq!(fates.dropped, 0));
}

/// MB-07: an unbounded mailbox has no bound, as its documentation says. So the other tests see a flood when there is one.
#[test]
fn a_flood_of_an_unbounded_mailbox_is_as_large_as_the_flood() {
    let (fates, bytes) = measured(Policy::unbounded());
    assert_eq!((fates.queued, fates.dropped, fates.given_back), (CRATES, 0, 0));
    assert!(fates.deepest > CRATES as usize / 2 && bytes > fates.deepest * CARGO, "{fates:?}, {bytes} bytes");
}
