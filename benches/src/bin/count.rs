//! One kind of work, so many times, on one thread: for `valgrind --tool=callgrind`, whose instruction counts repeat on a
//! noisy machine. The difference between two numbers of times is what one of them costs. Run with `./ci/bench`.
//!
//! `count` lists the kinds of work; `count WORK TIMES` does one.

#![allow(clippy::unwrap_used)] // whatever goes wrong here ends the program

use airssys_rt::{
    broker::{
        AtomicRecorder, InMemoryMessageBroker, MessageBroker, Recording,
        hook::{Counting, Hook, Hooked, Verdict},
    },
    envelope::Envelope,
    prelude::*,
};
use std::{cell::Cell, sync::Arc, time::Duration};

const WORKS: [&str; 14] = [
    "tell",
    "tell-hook",
    "tell-counting",
    "tell-recording",
    "tell-tap",
    "tell-monitor",
    "tell-address",
    "ask",
    "ask-hook",
    "ask-limit",
    "publish",
    "publish-hook",
    "publish-10",
    "spawn",
];

#[message]
#[derive(Clone)]
struct Add(u64);

#[message(reply = u64)]
#[derive(Clone)]
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

async fn hooked<H: Hook<LabMessage>>(hook: H) -> ActorSystem<Lab, impl MessageBroker<LabMessage>> {
    let broker = Hooked::new(InMemoryMessageBroker::new()).with(hook);
    ActorSystem::with_broker(SystemConfig::default(), broker).await.unwrap()
}

/// Shuts down, once every one of `counters` has come to `sum`.
async fn check<B: MessageBroker<LabMessage>>(
    lab: ActorSystem<Lab, B>,
    counters: &[ActorRef<Counter>],
    sum: u64,
) {
    lab.idle().await;
    for counter in counters {
        assert_eq!(lab.ask(counter, Sum).await.unwrap(), sum);
    }
    lab.shutdown().await.unwrap();
}

/// Calls `look` after each tell.
async fn tell<B: MessageBroker<LabMessage>>(lab: ActorSystem<Lab, B>, times: u64, mut look: impl FnMut()) {
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for n in 0..times {
        lab.tell(&counter, Add(n)).await.unwrap();
        look();
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
    tell(hooked(Seen).await, times, || {}).await;
    assert_eq!(SEEN.get(), times + 1, "the tells, and the ask that checks them");
}

async fn tell_tap(times: u64) {
    let lab = lab().await;
    let (mut tap, mut seen) = (lab.subscribe(1000).unwrap(), 0);
    tell(lab, times, || {
        while tap.try_recv().is_ok() {
            seen += 1
        }
    })
    .await;
    assert_eq!(seen, times);
}

async fn tell_monitor(times: u64) {
    let lab = lab().await;
    let (mut monitor, mut seen) = (lab.monitor(1000), 0);
    tell(lab, times, || {
        while monitor.try_recv().is_ok() {
            seen += 1
        }
    })
    .await;
    assert!(seen >= times, "{seen} steps of {times} tells");
}

async fn tell_address(times: u64) {
    let lab = lab().await;
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for n in 0..times {
        lab.tell_to::<Counter, _>(counter.id(), Add(n)).await.unwrap();
    }
    check(lab, &[counter], (0..times).sum()).await;
}

async fn ask<B: MessageBroker<LabMessage>>(lab: ActorSystem<Lab, B>, times: u64) {
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

async fn publish<B: MessageBroker<LabMessage>>(lab: ActorSystem<Lab, B>, times: u64, listeners: usize) {
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
    runtime.block_on(async {
        match work.as_str() {
            "tell" => tell(lab().await, times, || {}).await,
            "tell-hook" => tell_hook(times).await,
            "tell-counting" => tell(hooked(Counting::new()).await, times, || {}).await,
            "tell-recording" => {
                let recorder = Arc::new(AtomicRecorder::new());
                tell(hooked(Recording(recorder)).await, times, || {}).await;
            }
            "tell-tap" => tell_tap(times).await,
            "tell-monitor" => tell_monitor(times).await,
            "tell-address" => tell_address(times).await,
            "ask" => ask(lab().await, times).await,
            "ask-hook" => ask(hooked(Seen).await, times).await,
            "ask-limit" => ask_limit(times).await,
            "publish" => publish(lab().await, times, 1).await,
            "publish-hook" => publish(hooked(Seen).await, times, 1).await,
            "publish-10" => publish(lab().await, times, 10).await,
            "spawn" => spawn(times).await,
            other => panic!("`{other}`? There is {}.", WORKS.join(", ")),
        }
    });
}
