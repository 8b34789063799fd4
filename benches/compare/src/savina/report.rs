use crate::savina::contest::Row;
use serde::Serialize;
use std::{fs, io, path::Path};

#[derive(Serialize)]
struct Report<'a> {
    seed: u64,
    rounds: u16,
    rows: &'a [Row],
}

/// Prints the rows of one program. The ratio is that of airssys-rt to the contestant of the row.
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

/// Writes the whole run as JSON to `savina.json`, next to the other report.
pub(crate) fn write(rows: &[Row], rounds: u16, seed: u64, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let report = Report { seed, rounds, rows };
    fs::write(folder.join("savina.json"), serde_json::to_string_pretty(&report)?)
}
