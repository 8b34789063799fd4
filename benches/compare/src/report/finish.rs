use super::{chart, json, markdown, others, table};
use crate::{
    contest::Row,
    goals::{self, Reached},
    job::Contestant,
    machine::Machine,
    memory::Footprint,
};
use serde::Serialize;
use std::{fs, io, path::Path};

/// A run that is over.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    pub(crate) rounds: u16,
    pub(crate) contestants: Vec<Known>,
    pub(crate) rows: Vec<Row>,
    pub(crate) footprints: Vec<Footprint>,
    pub(crate) goals: Vec<Reached>,
}

/// One that took part.
#[derive(Debug, Serialize)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) about: String,
}

/// Prints what is over only now, and writes the files.
pub(crate) fn finish(
    machine: Machine,
    contestants: &[&Contestant],
    rounds: u16,
    rows: Vec<Row>,
    footprints: Vec<Footprint>,
    folder: &Path,
) -> io::Result<()> {
    table::print_footprints(&footprints);
    let goals = goals::reached(&rows, &footprints);
    table::print_goals(&goals);
    let known = |one: &&Contestant| Known { name: one.name, about: (one.about)() };
    let contestants = contestants.iter().map(known).collect();
    let report = Report { machine, rounds, contestants, rows, footprints, goals };
    fs::create_dir_all(folder)?;
    fs::write(folder.join("compare.json"), json::write(&report)?)?;
    let chart = chart::draw(&report.rows);
    let page = markdown::write(&report, chart.is_some()) + &others::write(folder)?;
    fs::write(folder.join("COMPARE.md"), page)?;
    if let Some(chart) = chart {
        fs::write(folder.join("compare.svg"), chart)?;
    }
    println!("written to {}", folder.display());
    Ok(())
}
