use crate::savina::contest::Row;
use serde::Serialize;
use std::{fs, io, path::Path};

#[derive(Serialize)]
struct Report<'a> {
    seed: u64,
    rounds: u16,
    rows: &'a [Row],
}

/// One program, as soon as it is over. The ratio is of this framework to the contestant of the line.
pub(crate) fn print(rows: &[Row]) {
    for row in rows {
        let ratio = match (row.contestant, row.ours) {
            ("airssys", _) | (_, None) => String::new(),
            (_, Some(ours)) => format!("  airssys: {ours:.2}x"),
        };
        println!(
            "{:<13} {:<10} {:<8} {:>8.1} ms ({:.1} to {:.1}){ratio}",
            row.program, row.threads, row.contestant, row.median, row.minimum, row.maximum
        );
    }
}

/// The whole run as JSON, into a file of its own beside the other report.
pub(crate) fn write(rows: &[Row], rounds: u16, seed: u64, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let report = Report { seed, rounds, rows };
    fs::write(folder.join("savina.json"), serde_json::to_string_pretty(&report)?)
}
