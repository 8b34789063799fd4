//! Rounds in which the contestants take turns, so that what else the machine does hits all of them.

use crate::{
    job::Threads,
    savina::program::{NAMES, Program, Scale, Setting},
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
    let mut times = vec![Vec::new(); players.len()];
    for round in 0..=rounds {
        let setting = Setting { scale: Scale::Full, seed: seed.wrapping_add(round as u64) };
        for (turn, (_, run)) in players.iter().enumerate() {
            let time = run(threads, setting);
            if round > 0 {
                times[turn].push(time.as_secs_f64() * 1e3);
            }
        }
    }
    let mut rows: Vec<_> = players
        .iter()
        .zip(times)
        .map(|((contestant, _), mut times)| {
            times.sort_by(f64::total_cmp);
            Row {
                program: program.name,
                threads: threads.name(),
                contestant,
                median: times[times.len() / 2],
                minimum: times[0],
                maximum: times[times.len() - 1],
                ours: None,
            }
        })
        .collect();
    let ours = rows.iter().find(|row| row.contestant == "airssys").map(|row| row.median);
    for row in &mut rows {
        row.ours = ours.map(|ours| ours / row.median);
    }
    rows
}
