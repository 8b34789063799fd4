//! From the failure of a supervised actor to the first message that its next incarnation has handled: `./ci/bench-restart`.
//! Fails if the median is more than a millisecond.

#![allow(clippy::unwrap_used)] // whatever goes wrong here ends the program

use airssys_rt::prelude::*;
use std::time::{Duration, Instant};

const ROUNDS: usize = 10_000;
const AT_MOST: Duration = Duration::from_millis(1);

#[message]
struct Crash;

/// Answered with the number of messages that this incarnation has handled.
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
        std::panic::resume_unwind(Box::new("told to")); // without a report on the terminal
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
        // In a task: the thread that blocks is none of the workers.
        let mut times = runtime.unwrap().block_on(async { tokio::spawn(measure()).await.unwrap() });
        times.sort();
        let (median, rare, most) = (times[ROUNDS / 2], times[ROUNDS * 99 / 100], times[ROUNDS - 1]);
        println!("{workers} workers: median {median:.1?}, 99th percentile {rare:.1?}, longest {most:.1?}");
        assert!(median < AT_MOST, "a restart takes more than {AT_MOST:?}");
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
        assert_eq!(handled, 1, "it is a fresh one");
    }
    plant.shutdown().await.unwrap();
    times
}
