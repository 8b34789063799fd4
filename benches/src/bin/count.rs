//! One kind of work, so many times, on one thread: for `valgrind --tool=callgrind`, whose instruction counts repeat on a
//! noisy machine. The difference between two numbers of times is what one of them costs. Run with `./ci/bench-count`.

use airssys_rt::prelude::*;
use std::time::Duration;

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

async fn work(kind: &str, times: u64) {
    let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await.expect("the default is good");
    let counter = lab.spawn(Counter::default()).await.expect("nothing can fail");
    for n in 0..times {
        match kind {
            "tell" => {
                lab.tell(&counter, Add(n)).await.expect("it is alive");
            }
            "ask" => {
                lab.ask_timeout(&counter, Sum, Duration::MAX).await.expect("it answers");
            }
            "ask-limit" => {
                lab.ask(&counter, Sum).await.expect("it answers");
            }
            "publish" => {
                lab.publish(Added(n)).await.expect("it is alive");
            }
            "spawn" => {
                let counter = lab.spawn(Counter::default()).await.expect("nothing can fail");
                lab.stop(&counter).await;
            }
            other => panic!("`{other}`? Expected tell, ask, ask-limit, publish or spawn."),
        }
    }
    lab.shutdown().await.expect("all are idle");
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(work(&kind, times));
}
