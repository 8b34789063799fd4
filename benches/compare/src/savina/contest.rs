//! Runs whole programs on all contestants in alternation.

use crate::{
    job::Threads,
    rounds::{self, Figures},
    savina::program::{NAMES, Program, Scale, Setting},
};
use serde::Serialize;

/// The result of a contestant for a program, in milliseconds per run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) program: &'static str,
    pub(crate) threads: &'static str,
    pub(crate) contestant: &'static str,
    pub(crate) median: f64,
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
    /// The median of airssys-rt divided by the median of this contestant, if airssys-rt took part.
    pub(crate) ours: Option<f64>,
}

/// Runs the program `rounds` times on each contestant in `only`, in alternation, after one warm-up round. Each round has its
/// own seed, derived from `seed`.
///
/// # Panics
///
/// Panics if the outcome of a contestant is wrong.
pub(crate) fn run(program: &Program, threads: Threads, only: &[&str], rounds: usize, seed: u64) -> Vec<Row> {
    let programs: Vec<_> =
        NAMES.into_iter().zip(program.contestants).filter(|(name, _)| only.contains(name)).collect();
    let figures = rounds::measure(&programs, rounds, |(_, run), round| {
        let setting = Setting { scale: Scale::Full, seed: seed.wrapping_add(round as u64) };
        run(threads, setting).as_secs_f64() * 1e3
    });
    let mut rows: Vec<_> = programs
        .iter()
        .zip(figures)
        .map(|((contestant, _), Figures { median, minimum, maximum })| Row {
            program: program.name,
            threads: threads.name(),
            contestant,
            median,
            minimum,
            maximum,
            ours: None,
        })
        .collect();
    let ours = rows.iter().find(|row| row.contestant == "airssys").map(|row| row.median);
    for row in &mut rows {
        row.ours = ours.map(|ours| ours / row.median);
    }
    rows
}
