//! Measures the memory of a contestant, each in its own process, on one thread: allocation counts are those of that thread.

use crate::{
    deadline::run_with_deadline,
    job::{Contestant, Idle, Job, SpawnIdle, Threads},
    work::Work,
};
use allocation_counter::measure;
use serde::{Deserialize, Serialize};
use std::{env, fs, process::Command};

/// Number of idle actors; the figures are averages.
const ACTORS: usize = 100_000;
const PAGE: u64 = 4096;

/// The measured memory of a contestant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Footprint {
    pub(crate) contestant: String,
    /// Bytes of heap per idle actor, including its registry entry.
    pub(crate) heap: Option<f64>,
    /// Bytes of resident memory per idle actor.
    pub(crate) resident: Option<f64>,
    /// Allocations per tell.
    pub(crate) tell: Option<f64>,
    /// Allocations per ask.
    pub(crate) ask: Option<f64>,
}

/// Measures a contestant in a new process.
///
/// # Panics
///
/// Panics if that process fails.
pub(crate) fn measure_in_child(contestant: &Contestant) -> Footprint {
    let program = env::current_exe().expect("the path of this program is known");
    let output = Command::new(program).args(["--footprint-of", contestant.name]).output();
    let output = output.expect("this program starts");
    assert!(output.status.success(), "{}: {}", contestant.name, String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the output is a footprint")
}

/// Measures a contestant in this process.
pub(crate) fn measure_in_process(contestant: &Contestant) -> Footprint {
    let (heap, bytes) = match contestant.idle {
        Idle::InProcess(start) => Some(idle(start)),
        Idle::OtherProcess(measure) => measure(ACTORS),
        Idle::NoActors => None,
    }
    .unzip();
    Footprint {
        contestant: contestant.name.to_owned(),
        heap,
        resident: bytes,
        tell: allocations(contestant, Work::Tell),
        ask: allocations(contestant, Work::Ask),
    }
}

fn idle(start: fn() -> SpawnIdle) -> (f64, f64) {
    let mut spawn = start();
    spawn(1);
    let before = resident();
    let allocated = measure(|| spawn(ACTORS));
    let after = resident();
    let each = |bytes: f64| bytes / ACTORS as f64;
    (each(allocated.bytes_current as f64), each(after.saturating_sub(before) as f64))
}

/// Counts the allocations per operation as the difference of two runs, which cancels those of the system start. Allocations in
/// another process cannot be counted.
fn allocations(contestant: &Contestant, work: Work) -> Option<f64> {
    if let Idle::OtherProcess(_) = contestant.idle {
        return None;
    }
    let program = (contestant.program)(work)?;
    let count = |operations| {
        let job = Job { work, threads: Threads::One, operations };
        measure(|| _ = run_with_deadline(contestant.name, program, &job)).count_total as f64
    };
    let (few, many) = (20_000, 120_000);
    Some((count(many) - count(few)) / (many - few) as f64)
}

/// Returns the resident memory of this process, in bytes.
fn resident() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    pages * PAGE
}
