//! Allocations of the message path, counted: none in a tell or an event, one in an ask.
//!
//! On one thread, so that everything that an operation causes is counted with it, after a warm-up in which the queues reach
//! their size.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::prelude::*;
use airssys_rt_tests::Ticked;

const MESSAGES: u64 = 10_000;

/// A listener that keeps nothing.
#[derive(Default)]
struct Sink {
    sum: u64,
}

#[message]
struct Add(u64);

#[message(reply = u64)]
struct Sum;

#[actor]
impl Sink {
    #[handler]
    fn add(&mut self, Add(n): Add) {
        self.sum += n;
    }

    #[handler]
    fn sum(&self, _: Sum) -> u64 {
        self.sum
    }

    #[on_event]
    fn ticked(&mut self, Ticked(n): Ticked) {
        self.sum += n;
    }
}

/// Publishes an event for each message.
#[derive(Default)]
struct Source;

#[actor(publishes(Ticked))]
impl Source {
    #[handler]
    fn add(&mut self, Add(n): Add, ctx: &mut ActorContext<Self>) {
        ctx.publish(Ticked(n));
    }
}

#[actor_system(actors(Sink, Source), events(Ticked))]
struct Plumbing;

struct Bench {
    runtime: tokio::runtime::Runtime,
    system: ActorSystem<Plumbing>,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let system = runtime.block_on(ActorSystem::<Plumbing>::start(SystemConfig::default())).unwrap();
        Bench { runtime, system }
    }

    /// The number of allocations of `MESSAGES` calls of `send`.
    fn count(&self, send: impl AsyncFn(u64)) -> u64 {
        let send_all = || {
            self.runtime.block_on(async {
                for n in 0..MESSAGES {
                    send(n).await;
                }
            });
        };
        send_all();
        allocation_counter::measure(send_all).count_total
    }
}

/// A13, RB-02: a tell allocates nothing, also while senders wait for capacity.
#[test]
fn a_tell_allocates_nothing() {
    let bench = Bench::new();
    for capacity in [1, 16, 1000] {
        let spawn = bench.system.spawn(Sink::default()).capacity(capacity);
        let sink = bench.runtime.block_on(spawn).unwrap();
        let allocations = bench.count(async |n| {
            bench.system.tell(&sink, Add(n)).await.unwrap();
        });
        assert_eq!(allocations, 0, "capacity {capacity}");
        let sum = bench.runtime.block_on(bench.system.ask(&sink, Sum)).unwrap();
        assert_eq!(sum, MESSAGES * (MESSAGES - 1));
    }
}

/// RB-02: an ask allocates its reply slot, once.
#[test]
fn an_ask_allocates_once() {
    let bench = Bench::new();
    let sink = bench.runtime.block_on(bench.system.spawn(Sink::default())).unwrap();
    let allocations = bench.count(async |_| assert_eq!(bench.system.ask(&sink, Sum).await, Ok(0)));
    assert_eq!(allocations, MESSAGES);
}

/// RB-02: an event allocates nothing for any number of subscribers, as long as their mailboxes have capacity.
#[test]
fn an_event_allocates_nothing() {
    let bench = Bench::new();
    let source = bench.runtime.block_on(bench.system.spawn(Source).capacity(64)).unwrap();
    for _ in 0..10 {
        bench.runtime.block_on(bench.system.spawn(Sink::default())).unwrap();
    }
    let allocations = bench.count(async |n| {
        bench.system.tell(&source, Add(n)).await.unwrap();
    });
    assert_eq!(allocations, 0);
}
