//! Checks the messages of a system against a lock file, or writes the file.

use super::{Change, Lock};
use crate::{system::System, testkit::committed_file::CommittedFile};
use std::{fmt::Write, path::Path};

/// Checks that the messages of `S` equal those in the lock file at `path`. The file is written if there is none, or if the
/// environment has `UPDATE_SCHEMA=1`. In CI (the environment has `CI`) a missing file is an error: a test that wrote it there would
/// compare nothing. The [module](super) describes which changes are compatible.
///
/// # Panics
///
/// If the messages differ; the panic names each message and field. If the file is not a lock file, belongs to another system, or
/// cannot be read or written. If [`Lock::of`] panics.
#[track_caller]
pub fn check<S: System>(path: impl AsRef<Path>) {
    let file = CommittedFile { path: path.as_ref(), variable: "UPDATE_SCHEMA" };
    if let Err(text) = compare(&file, &Lock::of::<S>()) {
        panic!("{text}");
    }
}

/// Compares the messages with the file, or writes the file. Returns the text of the panic as an error.
fn compare(file: &CommittedFile<'_>, now: &Lock) -> Result<(), String> {
    let shown = file.path.display();
    let before = match file.read()? {
        Some(text) if !file.updates() => text,
        // The file is not written if it would not change.
        Some(text) if text == now.to_string() => return Ok(()),
        _ => return file.write(&now.to_string()),
    };
    let before = Lock::parse(&before)
        .map_err(|error| format!("{shown}: {error}\n`UPDATE_SCHEMA=1 cargo test` writes the file again"))?;
    if before.system != now.system {
        return Err(format!(
            "{shown} is the lock file of `{}`, but this system is `{}`",
            before.system, now.system
        ));
    }
    let changes = before.changes(now);
    if changes.is_empty() && before.entries == now.entries && before.opaque == now.opaque {
        return Ok(());
    }
    Err(changes_text(&shown.to_string(), &changes))
}

fn changes_text(path: &str, changes: &[Change]) -> String {
    let (compatible, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.is_compatible());
    let mut text = String::new();
    let mut add = |heading: &str, changes: &[&Change]| {
        if !changes.is_empty() {
            writeln!(text, "{heading}:").expect("writing to a string cannot fail");
            for change in changes {
                writeln!(text, "  {change}").expect("writing to a string cannot fail");
            }
        }
    };
    add("incompatible changes of messages", &others);
    add("compatible changes of messages", &compatible);
    if changes.is_empty() {
        text.push_str("the lock file differs, but the wire format of the messages is the same\n");
    }
    let then = if others.is_empty() {
        "commit it with these changes"
    } else {
        "do this only if no older version is running any more and nothing that it wrote is stored"
    };
    format!("{text}`UPDATE_SCHEMA=1 cargo test` writes {path} again; {then}")
}
