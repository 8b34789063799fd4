use super::{chart, json, markdown, other_runs, table};
use crate::{
    contest::Row,
    goals::{self, GoalResult},
    job::Contestant,
    machine::Machine,
    memory::Footprint,
};
use serde::Serialize;
use std::{fs, io, path::Path};

/// The results of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    pub(crate) rounds: u16,
    pub(crate) contestants: Vec<ContestantInfo>,
    pub(crate) rows: Vec<Row>,
    pub(crate) footprints: Vec<Footprint>,
    pub(crate) goals: Vec<GoalResult>,
}

/// Name and description of a contestant.
#[derive(Debug, Serialize)]
pub(crate) struct ContestantInfo {
    pub(crate) name: &'static str,
    pub(crate) about: String,
}

/// Prints the memory and the goals, and writes the report files.
pub(crate) fn write_files(
    machine: Machine,
    contestants: &[&Contestant],
    rounds: u16,
    rows: Vec<Row>,
    footprints: Vec<Footprint>,
    folder: &Path,
) -> io::Result<()> {
    table::print_footprints(&footprints);
    let goals = goals::evaluate(&rows, &footprints);
    table::print_goals(&goals);
    let info = |one: &&Contestant| ContestantInfo { name: one.name, about: (one.about)() };
    let contestants = contestants.iter().map(info).collect();
    let report = Report { machine, rounds, contestants, rows, footprints, goals };
    fs::create_dir_all(folder)?;
    fs::write(folder.join("compare.json"), json::write(&report)?)?;
    let chart = chart::draw(&report.rows);
    let page = markdown::write(&report, chart.is_some()) + &other_runs::write(folder)?;
    fs::write(folder.join("COMPARE.md"), page)?;
    if let Some(chart) = chart {
        fs::write(folder.join("compare.svg"), chart)?;
    }
    println!("written to {}", folder.display());
    Ok(())
}
