use super::files::Report;
use std::io;

/// Formats the whole report as JSON.
pub(crate) fn write(report: &Report) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(report)?)
}
