//! As `count`, where somebody sees the messages: hooks, a tap, a monitor. A program of its own, so that `count` stays what it
//! was. Run with `./ci/bench-count`.

use airssys_rt::{
    broker::{
        AtomicRecorder, InMemoryMessageBroker, MessageBroker, Recording,
        hook::{Counting, Hook, Hooked},
    },
    prelude::*,
};
use std::{sync::Arc, time::Duration};

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

/// A hook that looks at nothing.
struct Idle;

impl<M> Hook<M> for Idle {}

async fn run(kind: &str, times: u64) {
    let inner = InMemoryMessageBroker::new();
    match kind {
        "tell-hook" => work(Hooked::new(inner).with(Idle), "tell", times).await,
        "tell-counting" => work(Hooked::new(inner).with(Counting::new()), "tell", times).await,
        "tell-metrics" => {
            let recorder = Arc::new(AtomicRecorder::new());
            work(Hooked::new(inner).with(Recording(recorder)), "tell", times).await;
        }
        "ask-hook" => work(Hooked::new(inner).with(Idle), "ask", times).await,
        "publish-hook" => work(Hooked::new(inner).with(Idle), "publish", times).await,
        kind => work(inner, kind, times).await,
    }
}

async fn work<B: MessageBroker<LabMessage>>(broker: B, kind: &str, times: u64) {
    let lab = ActorSystem::<Lab, B>::with_broker(SystemConfig::default(), broker).await;
    let lab = lab.expect("the default is good");
    let mut tap = (kind == "tell-tap").then(|| lab.subscribe(1000).expect("it has begun"));
    let mut monitor = (kind == "tell-monitor").then(|| lab.monitor(1000));
    let counter = lab.spawn(Counter::default()).await.expect("nothing can fail");
    for n in 0..times {
        match kind {
            "tell" => {
                lab.tell(&counter, Add(n)).await.expect("it is alive");
            }
            "tell-tap" => {
                lab.tell(&counter, Add(n)).await.expect("it is alive");
                while tap.as_mut().is_some_and(|tap| tap.try_recv().is_ok()) {}
            }
            "tell-monitor" => {
                lab.tell(&counter, Add(n)).await.expect("it is alive");
                while monitor.as_mut().is_some_and(|monitor| monitor.try_recv().is_ok()) {}
            }
            "ask" => {
                lab.ask_timeout(&counter, Sum, Duration::MAX).await.expect("it answers");
            }
            "publish" => {
                lab.publish(Added(n)).await.expect("it is alive");
            }
            other => panic!("`{other}`? See `run`."),
        }
    }
    lab.shutdown().await.expect("all are idle");
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(run(&kind, times));
}
