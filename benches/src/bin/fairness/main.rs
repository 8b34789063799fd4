//! How long a light actor takes to answer while others keep the threads busy, beside bare tokio tasks with channels that do
//! the same: `cargo run --release -p airssys-rt-benches --bin fairness`.
//!
//! Somebody asks the light actor, lets everybody else run once, and asks again. What is printed is how long an ask took,
//! and how much the others got done meanwhile: answering soon is easy for whoever does nothing else. Nothing is asserted.

#![allow(clippy::unwrap_used)] // whatever goes wrong here ends the program

mod bare;
mod load;
mod ours;

use load::{Beside, Seen};
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

/// In a task: the thread that blocks is none of the workers.
fn run(runtime: &Runtime, measured: impl Future<Output = Seen> + Send + 'static) -> Seen {
    runtime.block_on(async { tokio::spawn(measured).await.unwrap() })
}

fn main() {
    println!("microseconds for an ask of a light actor, {ROUNDS} rounds of {ROUND:?} in turns\n");
    println!(
        "{:<11} {:<10} {:<12} {:>8} {:>8} {:>8} {:>9} {:>15}",
        "threads", "beside", "", "median", "99.9 %", "longest", "asks", "messages beside"
    );
    for (threads, runtime) in [("2 workers", two_workers as fn() -> Runtime), ("one thread", one_thread)] {
        for beside in [Beside::Nothing, Beside::PingPong, Beside::Flood] {
            let (mut ours, mut bare) = (Seen::default(), Seen::default());
            for _ in 0..ROUNDS {
                ours.add(run(&runtime(), ours::measure(beside, ROUND)));
                bare.add(run(&runtime(), bare::measure(beside, ROUND)));
            }
            for (who, mut seen) in [("airssys", ours), ("bare tokio", bare)] {
                let micros = |time: Duration| time.as_secs_f64() * 1e6;
                println!(
                    "{threads:<11} {:<10} {who:<12} {:>8.1} {:>8.1} {:>8.0} {:>9} {:>13.2} M",
                    beside.name(),
                    micros(seen.at(0.5)),
                    micros(seen.at(0.999)),
                    micros(seen.at(1.0)),
                    seen.asks(),
                    seen.messages() as f64 / 1e6,
                );
            }
        }
    }
}
