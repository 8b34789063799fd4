//! Repeats one kind of work on one thread, for `valgrind --tool=callgrind`, whose instruction counts are reproducible on a
//! noisy machine. The difference of two runs, divided by the difference of their repetitions, is the cost of one operation.
//! Run with `./ci/bench`.
//!
//! `count` lists the kinds of work; `count WORK TIMES` runs one.

#![allow(clippy::unwrap_used)] // every error ends the program

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

/// Checks that each of `counters` has reached `sum`, and shuts the system down.
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

/// Sends `times` tells, and calls `after_each` after each of them.
async fn tell<B: MessageBroker<LabMessage>>(
    lab: ActorSystem<Lab, B>,
    times: u64,
    mut after_each: impl FnMut(),
) {
    let counter = lab.spawn(Counter::default()).await.unwrap();
    for n in 0..times {
        lab.tell(&counter, Add(n)).await.unwrap();
        after_each();
    }
    check(lab, &[counter], (0..times).sum()).await;
}

thread_local! { static CALLS: Cell<u64> = const { Cell::new(0) } }

/// A hook that only counts its calls, so that the cost of the path through a hook is measured.
struct CountCalls;

impl<M> Hook<M> for CountCalls {
    fn before(&self, _: &mut Envelope<M>) -> Verdict {
        CALLS.set(CALLS.get() + 1);
        Verdict::Pass
    }
}

async fn tell_hook(times: u64) {
    tell(hooked(CountCalls).await, times, || {}).await;
    assert_eq!(CALLS.get(), times + 1, "the tells, and the ask of the check");
}

async fn tell_tap(times: u64) {
    let lab = lab().await;
    let (mut tap, mut received) = (lab.subscribe(1000).unwrap(), 0);
    tell(lab, times, || {
        while tap.try_recv().is_ok() {
            received += 1
        }
    })
    .await;
    assert_eq!(received, times);
}

async fn tell_monitor(times: u64) {
    let lab = lab().await;
    let (mut monitor, mut received) = (lab.monitor(1000), 0);
    tell(lab, times, || {
        while monitor.try_recv().is_ok() {
            received += 1
        }
    })
    .await;
    assert!(received >= times, "{received} steps of {times} tells");
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
            "ask-hook" => ask(hooked(CountCalls).await, times).await,
            "ask-limit" => ask_limit(times).await,
            "publish" => publish(lab().await, times, 1).await,
            "publish-hook" => publish(hooked(CountCalls).await, times, 1).await,
            "publish-10" => publish(lab().await, times, 10).await,
            "spawn" => spawn(times).await,
            other => panic!("unknown work `{other}`: known are {}", WORKS.join(", ")),
        }
    });
}
