use super::finish::Report;
use std::io;

/// All there is, for programs.
pub(crate) fn write(report: &Report) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(report)?)
}
