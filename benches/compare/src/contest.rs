//! Runs single operations on all contestants in alternation.

use crate::{
    deadline::run_with_deadline,
    job::{Contestant, Job, Sample, Threads},
    rounds::{self, Figures},
    work::Work,
};
use serde::Serialize;

/// The result of a contestant for a work, in nanoseconds per operation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) work: &'static str,
    pub(crate) threads: &'static str,
    pub(crate) contestant: &'static str,
    pub(crate) median: f64,
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
    /// The median divided by the median of the baseline, if the baseline supports this work.
    pub(crate) ratio: Option<f64>,
}

/// The contestant that ratios are relative to.
pub(crate) const BASELINE: &str = "tokio";

/// Runs the work `rounds` times on each contestant, in alternation, after one warm-up round.
///
/// # Panics
///
/// Panics if a contestant panics, loses a message or counts one twice.
pub(crate) fn run(work: Work, threads: Threads, contestants: &[&Contestant], rounds: usize) -> Vec<Row> {
    let job = Job { work, threads, operations: work.operations(threads) };
    let programs: Vec<_> =
        contestants.iter().filter_map(|one| Some((one.name, (one.program)(work)?))).collect();
    let figures = rounds::measure(&programs, rounds, |(name, program), _| {
        let Sample { time, sum } = run_with_deadline(name, *program, &job);
        assert_eq!(sum, work.sum(job.operations), "{name} handles each message of {} once", work.name());
        time.as_secs_f64() * 1e9 / job.operations as f64
    });
    let mut rows: Vec<_> = programs
        .iter()
        .zip(figures)
        .map(|((contestant, _), Figures { median, minimum, maximum })| Row {
            work: work.name(),
            threads: threads.name(),
            contestant,
            median,
            minimum,
            maximum,
            ratio: None,
        })
        .collect();
    let baseline = rows.iter().find(|row| row.contestant == BASELINE).map(|row| row.median);
    for row in &mut rows {
        row.ratio = baseline.map(|baseline| row.median / baseline);
    }
    rows
}
