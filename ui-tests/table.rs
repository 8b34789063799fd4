//! What the tests of compile errors share: the rows of `cases.toml`, and the place of an error.

use std::fs;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The table of cases.
pub(crate) const TABLE: &str = "cases.toml";

/// The mark at the end of the source line that must have the first error.
const MARK: &str = "//~";

#[derive(Deserialize)]
struct Table<R> {
    case: Vec<R>,
}

/// The rows of the table; each test reads its own keys.
pub(crate) fn rows<R: DeserializeOwned>() -> Vec<R> {
    let text = fs::read_to_string(TABLE).expect("cases.toml stands beside this file");
    let table: Table<R> = toml::from_str(&text).expect("cases.toml is a list of cases");
    table.case
}

/// Describes where an error is, if it does not begin at `at` in the marked line of `file`, whose text is `source`.
pub(crate) fn misplaced(error: &str, file: &str, source: &str, at: &str) -> Option<String> {
    let Some((found, line, column)) = first_place(error) else {
        return Some("the first error has no place".to_owned());
    };
    if !found.ends_with(file) {
        return Some(format!("the first error is in {found}"));
    }
    let text = source.lines().nth(line - 1).unwrap_or_default();
    let found: String = text.chars().skip(column - 1).collect();
    let is_right = text.ends_with(MARK) && found.starts_with(at);
    (!is_right).then(|| format!("the first error is at `{found}` in line {line}, not at `{at}`"))
}

/// The file, the line and the column after the first arrow; both numbers begin at 1.
fn first_place(error: &str) -> Option<(&str, usize, usize)> {
    let place = error.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((parts.next()?, line, column))
}
