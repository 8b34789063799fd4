//! Measures the time from the failure of a supervised actor to the first message that its next incarnation handles.
//!
//! Fails if the median is more than a millisecond. Run with `./ci/bench-restart`.

#![allow(clippy::unwrap_used)] // every error ends the program

use airssys_rt::prelude::*;
use std::time::{Duration, Instant};

const ROUNDS: usize = 10_000;
const LIMIT: Duration = Duration::from_millis(1);

#[message]
struct Crash;

/// The reply is the number of messages that this incarnation has handled.
#[message(reply = u64)]
struct Next;

#[derive(Default)]
struct Worker {
    handled: u64,
}

#[actor]
impl Worker {
    #[handler]
    fn crash(&mut self, _: Crash) {
        std::panic::resume_unwind(Box::new("planned")); // does not call the panic hook, so nothing is printed
    }

    #[handler]
    fn next(&mut self, _: Next) -> u64 {
        self.handled += 1;
        self.handled
    }
}

#[actor_system(actors(Worker))]
struct Plant;

fn main() {
    for workers in [1, 2] {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
        // Spawned as a task, because the thread in `block_on` is not a worker.
        let mut times = runtime.unwrap().block_on(async { tokio::spawn(measure()).await.unwrap() });
        times.sort();
        let (median, p99, longest) = (times[ROUNDS / 2], times[ROUNDS * 99 / 100], times[ROUNDS - 1]);
        println!("{workers} workers: median {median:.1?}, 99th percentile {p99:.1?}, longest {longest:.1?}");
        assert!(median < LIMIT, "a restart takes more than {LIMIT:?}");
    }
}

async fn measure() -> Vec<Duration> {
    let plant = ActorSystem::<Plant>::start(SystemConfig::default()).await.unwrap();
    let tree = Supervisor::one_for_one("plant")
        .restarts(1_000_000, Duration::from_secs(1))
        .child(Child::new("worker", |_| Worker::default()));
    let root = plant.supervise(tree).await.unwrap();
    let worker = root.actor::<Worker>("worker").unwrap();
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        plant.tell(&worker, Crash).await.unwrap();
        let handled = plant.ask(&worker, Next).await.unwrap();
        times.push(start.elapsed());
        assert_eq!(handled, 1, "the incarnation is new");
    }
    plant.shutdown().await.unwrap();
    times
}
