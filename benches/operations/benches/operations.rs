//! The time of each operation that a user asks about: tell, ask, publish, spawn, restart, and an append to a journal.
//!
//! `cargo bench --manifest-path benches/operations/Cargo.toml`, on a quiet machine. Instruction counts, which do not depend on the machine's load,
//! are those of `./ci/bench`; a comparison with other frameworks is that of `./ci/compare`.

#![allow(clippy::unwrap_used)] // every error ends the program

use airssys_rt::{
    journal::{FileStore, Fsync, Journal},
    prelude::*,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tokio::runtime::{Builder, Runtime};

#[message]
struct Add(u64);

#[message(reply = u64)]
struct Sum;

#[message]
struct Fail;

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
    fn add(&mut self, Add(number): Add) {
        self.sum += number;
    }

    #[handler]
    fn sum(&self, _: Sum) -> u64 {
        self.sum
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<(), Fault> {
        Err(Fault::new("on purpose"))
    }

    #[on_event]
    fn added(&mut self, Added(number): Added) {
        self.sum += number;
    }

    #[on_error]
    fn on_error(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Restart
    }
}

#[actor_system(actors(Counter), events(entry Added))]
struct Bench;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn system() -> ActorSystem<Bench> {
    ActorSystem::<Bench>::start(SystemConfig::default()).await.unwrap()
}

/// A thousand tells to one actor, until it has handled them.
fn tell(c: &mut Criterion) {
    const TELLS: u64 = 1000;
    let runtime = runtime();
    let (bench, counter) = runtime.block_on(async {
        let bench = system().await;
        let counter = bench.spawn(Counter::default()).unbounded().await.unwrap();
        (bench, counter)
    });
    let mut group = c.benchmark_group("tell");
    group.throughput(Throughput::Elements(TELLS));
    group.bench_function("1000 to one actor", |b| {
        b.to_async(&runtime).iter(|| async {
            for number in 0..TELLS {
                bench.tell(&counter, Add(number)).await.unwrap();
            }
            bench.ask(&counter, Sum).await.unwrap()
        });
    });
    group.finish();
}

fn ask(c: &mut Criterion) {
    let runtime = runtime();
    let (bench, counter) = runtime.block_on(async {
        let bench = system().await;
        let counter = bench.spawn(Counter::default()).await.unwrap();
        (bench, counter)
    });
    c.bench_function("ask", |b| {
        b.to_async(&runtime).iter(|| async { bench.ask(&counter, Sum).await.unwrap() })
    });
}

/// One event, until its subscribers have handled it.
fn publish(c: &mut Criterion) {
    let mut group = c.benchmark_group("publish");
    for subscribers in [1, 10, 100] {
        let runtime = runtime();
        let bench = runtime.block_on(async {
            let bench = system().await;
            for _ in 0..subscribers {
                bench.spawn(Counter::default()).await.unwrap();
            }
            bench
        });
        group.bench_function(format!("to {subscribers}"), |b| {
            b.to_async(&runtime).iter(|| async {
                bench.publish(Added(1)).await.unwrap();
                bench.idle().await;
            });
        });
    }
    group.finish();
}

/// A spawn, and the end of the actor.
fn spawn(c: &mut Criterion) {
    let runtime = runtime();
    let bench = runtime.block_on(system());
    c.bench_function("spawn and stop", |b| {
        b.to_async(&runtime).iter(|| async {
            let counter = bench.spawn(Counter::default()).await.unwrap();
            bench.stop(&counter).await
        });
    });
}

/// From a failure to the first answer of the next incarnation.
fn restart(c: &mut Criterion) {
    let runtime = runtime();
    let (bench, counter) = runtime.block_on(async {
        let bench = system().await;
        let counter = bench.spawn_with(Counter::default).await.unwrap();
        (bench, counter)
    });
    c.bench_function("restart", |b| {
        b.to_async(&runtime).iter(|| async {
            bench.tell(&counter, Fail).await.unwrap();
            bench.ask(&counter, Sum).await.unwrap()
        });
    });
}

const EVERY_10_MS: Fsync = Fsync::Every { records: u64::MAX, age: Duration::from_millis(10) };

fn file() -> PathBuf {
    std::env::temp_dir().join(format!("airssys-rt-operations-{}", std::process::id()))
}

/// A record of 100 bytes: with a sync for each, and with one every 10 ms.
fn append(c: &mut Criterion) {
    let runtime = runtime();
    let mut group = c.benchmark_group("journal append");
    let policies = [("sync each", Fsync::EveryRecord), ("sync every 10 ms", EVERY_10_MS)];
    for (name, fsync) in policies {
        let mut journal = runtime.block_on(async {
            let _ = std::fs::remove_file(file());
            Journal::open(FileStore::open(file()).await.unwrap(), fsync).await.unwrap().0
        });
        group.bench_function(name, |b| {
            b.iter_custom(|times| {
                runtime.block_on(async {
                    let begin = Instant::now();
                    for _ in 0..times {
                        journal.append(&[7; 100]).await.unwrap();
                    }
                    begin.elapsed()
                })
            });
        });
    }
    group.finish();
    let _ = std::fs::remove_file(file());
}

criterion_group!(operations, tell, ask, publish, spawn, restart, append);
criterion_main!(operations);
