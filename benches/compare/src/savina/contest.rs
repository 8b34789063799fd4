//! Whole programs, by all contestants in turns.

use crate::{
    job::Threads,
    savina::program::{NAMES, Program, Scale, Setting},
    turns::{self, Figures},
};
use serde::Serialize;

/// What a contestant came to at a program, in milliseconds a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) program: &'static str,
    pub(crate) threads: &'static str,
    pub(crate) contestant: &'static str,
    pub(crate) median: f64,
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
    /// The median of this framework beside this one, if it took part.
    pub(crate) ours: Option<f64>,
}

/// Lets those in `only` play the program `rounds` times, in turns, after one round that does not count. Each round has a seed of
/// its own, made of `seed`.
///
/// # Panics
///
/// If what a contestant came to is wrong.
pub(crate) fn hold(program: &Program, threads: Threads, only: &[&str], rounds: usize, seed: u64) -> Vec<Row> {
    let players: Vec<_> =
        NAMES.into_iter().zip(program.contestants).filter(|(name, _)| only.contains(name)).collect();
    let figures = turns::take(&players, rounds, |(_, run), round| {
        let setting = Setting { scale: Scale::Full, seed: seed.wrapping_add(round as u64) };
        run(threads, setting).as_secs_f64() * 1e3
    });
    let mut rows: Vec<_> = players
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
