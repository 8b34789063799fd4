use crate::{
    contest::Row,
    goals::{self, Reached},
    job::Contestant,
    memory::Footprint,
    report::table,
};
use serde::Serialize;
use std::{fs, io, path::Path};

#[derive(Serialize)]
struct Report {
    contestants: Vec<String>,
    rows: Vec<Row>,
    footprints: Vec<Footprint>,
    goals: Vec<Reached>,
}

/// Prints what is over only now, and writes the files.
pub(crate) fn finish(
    contestants: &[&Contestant],
    rows: Vec<Row>,
    footprints: Vec<Footprint>,
    folder: &Path,
) -> io::Result<()> {
    table::print_footprints(&footprints);
    let goals = goals::reached(&rows, &footprints);
    table::print_goals(&goals);
    let contestants = contestants.iter().map(|one| format!("{}: {}", one.name, (one.about)())).collect();
    fs::create_dir_all(folder)?;
    let report = Report { contestants, rows, footprints, goals };
    fs::write(folder.join("compare.json"), serde_json::to_string_pretty(&report)?)
}
