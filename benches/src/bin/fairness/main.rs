//! Measures the reply latency of a light actor under background load, compared with bare tokio tasks and channels.
//!
//! Run with `cargo run --release -p airssys-rt-benches --bin fairness`.
//!
//! A task asks the light actor, lets every other ready task run once, and asks again. The program prints the time of an ask
//! and the number of background messages handled meanwhile, because a short latency is easy if the load makes no progress.
//! Nothing is asserted.

#![allow(clippy::unwrap_used)] // every error ends the program

mod airssys;
mod bare_tokio;
mod load;

use load::{Background, Latencies};
use std::{future::Future, time::Duration};
use tokio::runtime::{Builder, Runtime};

const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(1);

fn two_workers() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap()
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

/// Runs the measurement as a task, because the thread in `block_on` is not a worker.
fn run(runtime: &Runtime, measured: impl Future<Output = Latencies> + Send + 'static) -> Latencies {
    runtime.block_on(async { tokio::spawn(measured).await.unwrap() })
}

fn main() {
    println!("microseconds per ask of a light actor, {ROUNDS} alternating rounds of {ROUND:?}\n");
    println!(
        "{:<11} {:<10} {:<12} {:>8} {:>8} {:>8} {:>9} {:>20}",
        "threads", "background", "", "median", "99.9 %", "longest", "asks", "background messages"
    );
    for (threads, runtime) in [("2 workers", two_workers as fn() -> Runtime), ("one thread", one_thread)] {
        for background in [Background::Nothing, Background::PingPong, Background::Flood] {
            let (mut ours, mut bare) = (Latencies::default(), Latencies::default());
            for _ in 0..ROUNDS {
                ours.add(run(&runtime(), airssys::measure(background, ROUND)));
                bare.add(run(&runtime(), bare_tokio::measure(background, ROUND)));
            }
            for (implementation, mut latencies) in [("airssys", ours), ("bare tokio", bare)] {
                let micros = |time: Duration| time.as_secs_f64() * 1e6;
                println!(
                    "{threads:<11} {:<10} {implementation:<12} {:>8.1} {:>8.1} {:>8.0} {:>9} {:>18.2} M",
                    background.name(),
                    micros(latencies.at(0.5)),
                    micros(latencies.at(0.999)),
                    micros(latencies.at(1.0)),
                    latencies.asks(),
                    latencies.messages() as f64 / 1e6,
                );
            }
        }
    }
}
