//! Compares tells with one and with four producers with a bare bounded channel of tokio, on two workers.
//!
//! Fails if the ratio to the time of the channel is above the limit. Run with `./ci/bench-gate`.

use airssys_rt_benches::{Contest, Row, tell};
use std::{process::ExitCode, sync::Arc};
use tokio::runtime::Runtime;

const ROUNDS: usize = 7;
const MESSAGES: u64 = 2_000_000;

fn contest(runtime: &Arc<Runtime>, name: &'static str, producers: u64, limit: f64) -> Contest {
    let (ours, baseline) = (runtime.clone(), runtime.clone());
    Contest::new(
        name,
        MESSAGES,
        limit,
        move || ours.block_on(tell::airssys(MESSAGES, producers)),
        move || baseline.block_on(tell::tokio_mpsc(MESSAGES, producers)),
    )
}

fn print(row: &Row) {
    let verdict = if row.is_within_limit() { "ok" } else { "TOO SLOW" };
    println!(
        "{:<20} {:>8.1} ns {:>8.1} ns {:>8.2}x {:>8.2}x  {verdict}",
        row.name,
        row.ours,
        row.baseline,
        row.ratio(),
        row.limit
    );
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build();
    let runtime = Arc::new(runtime.expect("a runtime with two workers"));
    println!("median of {ROUNDS} alternating rounds, 2 workers, {MESSAGES} messages, capacity 1000\n");
    println!("{:<20} {:>11} {:>11} {:>9} {:>9}", "work", "airssys", "tokio mpsc", "ratio", "limit");
    let contests =
        [contest(&runtime, "tell, 1 producer", 1, 0.45), contest(&runtime, "tell, 4 producers", 4, 0.65)];
    let rows = contests.map(|contest| contest.run(ROUNDS));
    rows.iter().for_each(print);
    if rows.iter().all(Row::is_within_limit) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
