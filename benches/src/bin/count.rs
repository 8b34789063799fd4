//! One kind of work, so many times, on one thread: for `valgrind --tool=callgrind`, whose instruction counts repeat on a
//! noisy machine. The difference between two numbers of times is what one of them costs. Run with `./ci/bench`.
//!
//! `count` lists the kinds of work; `count WORK TIMES` does one.

#![allow(clippy::unwrap_used)] // whatever goes wrong here ends the program

use airssys_rt::{
    broker::{
        InMemoryMessageBroker, MessageBroker,
        hook::{Hook, Hooked, Verdict},
    },
    envelope::Envelope,
    prelude::*,
};
use std::{cell::Cell, time::Duration};

const WORKS: [&str; 8] =
    ["tell", "tell-hook", "tell-address", "ask", "ask-limit", "publish", "publish-10", "spawn"];

#[message]
struct Add(u64);

#[message(reply = u64)]
struct Sum;

#[event]
#[derive(Clone)]
struct Added(u64);

#[derive(Default)]
struct Counter {
    sum: u64,
}

#[actor]
impl Counter {
    #[handler]
    fn add(&mut self, Add(n): Add) {
        self.sum += n;
    }

    #[handler]
    fn sum(&self, _: Sum) -> u64 {
        self.sum
    }

    #[on_event]
    fn added(&mut self, Added(n): Added) {
        self.sum += n;
    }
}

#[actor_system(actors(Counter), events(entry Added))]
struct Lab;

async fn lab() -> ActorSystem<Lab> {
    ActorSystem::start(SystemConfig::default()).await.unwrap()
}

/// Shuts down, once every one of `counters` has come to `sum`.
async fn check<B: MessageBroker<LabMessage>>(
    lab: ActorSystem<Lab, B>,
    counters: &[ActorRef<Counter>],
    sum: u64,
) {
    lab.quiet().await;
    for counter in counters {
        assert_eq!(lab.ask(counter, Sum).await.unwrap(), sum);
    }
    lab.shutdown().await.unwrap();
}

async fn tell<B: MessageBroker<LabMessage>>(lab: ActorSystem<Lab, B>, times: u64) {
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for n in 0..times {
        lab.tell(&counter, Add(n)).await.unwrap();
    }
    check(lab, &[counter], (0..times).sum()).await;
}

thread_local! { static SEEN: Cell<u64> = const { Cell::new(0) } }

/// Does hardly anything: it is the way past a hook that is counted.
struct Seen;

impl<M> Hook<M> for Seen {
    fn before(&self, _: &mut Envelope<M>) -> Verdict {
        SEEN.set(SEEN.get() + 1);
        Verdict::Pass
    }
}

async fn tell_hook(times: u64) {
    let broker = Hooked::new(InMemoryMessageBroker::new()).with(Seen);
    tell(ActorSystem::with_broker(SystemConfig::default(), broker).await.unwrap(), times).await;
    assert_eq!(SEEN.get(), times + 1, "the tells, and the ask that checks them");
}

async fn tell_address(times: u64) {
    let lab = lab().await;
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for n in 0..times {
        lab.tell_to::<Counter, _>(counter.id(), Add(n)).await.unwrap();
    }
    check(lab, &[counter], (0..times).sum()).await;
}

async fn ask(times: u64) {
    let lab = lab().await;
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for _ in 0..times {
        assert_eq!(lab.ask_timeout(&counter, Sum, Duration::MAX).await, Ok(0));
    }
    check(lab, &[], 0).await;
}

async fn ask_limit(times: u64) {
    let lab = lab().await;
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for _ in 0..times {
        assert_eq!(lab.ask(&counter, Sum).await, Ok(0));
    }
    check(lab, &[], 0).await;
}

async fn publish(times: u64, listeners: usize) {
    let lab = lab().await;
    let mut counters = Vec::new();
    for _ in 0..listeners {
        counters.push(lab.spawn(Counter::default()).await.unwrap());
    }
    for n in 0..times {
        lab.publish(Added(n)).await.unwrap();
    }
    check(lab, &counters, (0..times).sum()).await;
}

async fn spawn(times: u64) {
    let lab = lab().await;
    for _ in 0..times {
        let counter = lab.spawn(Counter::default()).await.unwrap();
        lab.stop(&counter).await;
    }
    check(lab, &[], 0).await;
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(work) = arguments.next() else {
        return println!("{}", WORKS.join("\n"));
    };
    let times = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    match work.as_str() {
        "tell" => runtime.block_on(async { tell(lab().await, times).await }),
        "tell-hook" => runtime.block_on(tell_hook(times)),
        "tell-address" => runtime.block_on(tell_address(times)),
        "ask" => runtime.block_on(ask(times)),
        "ask-limit" => runtime.block_on(ask_limit(times)),
        "publish" => runtime.block_on(publish(times, 1)),
        "publish-10" => runtime.block_on(publish(times, 10)),
        "spawn" => runtime.block_on(spawn(times)),
        other => panic!("`{other}`? There is {}.", WORKS.join(", ")),
    }
}
