//! Single operations, by all contestants in turns.

use crate::{
    job::{Contestant, Job, Sample, Threads},
    turns::{self, Figures},
    watch::watched,
    work::Work,
};
use serde::Serialize;

/// What a contestant came to at a work, in nanoseconds an operation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) work: &'static str,
    pub(crate) threads: &'static str,
    pub(crate) contestant: &'static str,
    pub(crate) median: f64,
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
    /// The median beside the one of the baseline, if that does this work.
    pub(crate) ratio: Option<f64>,
}

/// The contestant that ratios are to.
pub(crate) const BASELINE: &str = "tokio";

/// Lets all of them do the work `rounds` times, in turns, after one round that does not count.
///
/// # Panics
///
/// If a contestant does, or if a message of it got lost or was counted twice.
pub(crate) fn hold(work: Work, threads: Threads, contestants: &[&Contestant], rounds: usize) -> Vec<Row> {
    let job = Job { work, threads, operations: work.operations(threads) };
    let players: Vec<_> =
        contestants.iter().filter_map(|one| Some((one.name, (one.program)(work)?))).collect();
    let figures = turns::take(&players, rounds, |(name, program), _| {
        let Sample { time, sum } = watched(name, *program, &job);
        assert_eq!(sum, work.sum(job.operations), "{name} handles each message of {} once", work.name());
        time.as_secs_f64() * 1e9 / job.operations as f64
    });
    let mut rows: Vec<_> = players
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
