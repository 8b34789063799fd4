//! What a contestant needs of memory, each in a process of its own, on one thread: the counts are of that thread.

use crate::{
    job::{Contestant, Idle, Idlers, Job, Threads},
    watch::watched,
    work::Work,
};
use allocation_counter::measure;
use serde::{Deserialize, Serialize};
use std::{env, fs, process::Command};

/// How many idle actors share what they need.
const ACTORS: usize = 100_000;
const PAGE: u64 = 4096;

/// What one has been seen to need.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Footprint {
    pub(crate) contestant: String,
    /// Bytes of heap for an idle actor, its place in the registry included.
    pub(crate) heap: Option<f64>,
    /// Bytes of the process for an idle actor.
    pub(crate) resident: Option<f64>,
    /// Allocations for one tell.
    pub(crate) tell: Option<f64>,
    /// Allocations for one ask.
    pub(crate) ask: Option<f64>,
}

/// Lets a new process look at it.
///
/// # Panics
///
/// If that process fails.
pub(crate) fn look(contestant: &Contestant) -> Footprint {
    let program = env::current_exe().expect("this program is a file");
    let output = Command::new(program).args(["--footprint-of", contestant.name]).output();
    let output = output.expect("this program starts");
    assert!(output.status.success(), "{}: {}", contestant.name, String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints a footprint")
}

/// Looks at it in this process.
pub(crate) fn look_here(contestant: &Contestant) -> Footprint {
    let (heap, bytes) = match contestant.idle {
        Idle::Here(start) => Some(idle(start)),
        Idle::Elsewhere(look) => look(ACTORS),
        Idle::Never => None,
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

fn idle(start: fn() -> Idlers) -> (f64, f64) {
    let mut spawn = start();
    spawn(1);
    let before = resident();
    let seen = measure(|| spawn(ACTORS));
    let after = resident();
    let each = |bytes: f64| bytes / ACTORS as f64;
    (each(seen.bytes_current as f64), each(after.saturating_sub(before) as f64))
}

/// Of one more operation: what the start of the system needs is in both runs. Those of another process cannot be counted.
fn allocations(contestant: &Contestant, work: Work) -> Option<f64> {
    if let Idle::Elsewhere(_) = contestant.idle {
        return None;
    }
    let program = (contestant.program)(work)?;
    let count = |operations| {
        let job = Job { work, threads: Threads::One, operations };
        measure(|| _ = watched(contestant.name, program, &job)).count_total as f64
    };
    let (few, many) = (20_000, 120_000);
    Some((count(many) - count(few)) / (many - few) as f64)
}

/// The bytes of this process that are in memory.
fn resident() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    pages * PAGE
}
