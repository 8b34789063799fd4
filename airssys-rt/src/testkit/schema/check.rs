use super::{Change, Lock};
use crate::system::System;
use std::{fmt::Write, fs, io::ErrorKind, path::Path};

/// Checks that the messages of `S` are those in the lock file at `path`, which is written if there is none, and if the
/// environment has `UPDATE_SCHEMA=1`. What is compatible, the [module](super) says.
///
/// # Panics
///
/// If they are not, naming each message and field; if the file is none of this kind, or of another system, or cannot be read
/// or written; and as [`Lock::of`] does.
#[track_caller]
pub fn check<S: System>(path: impl AsRef<Path>) {
    let update = std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1");
    if let Err(text) = compare(path.as_ref(), &Lock::of::<S>(), update) {
        panic!("{text}");
    }
}

/// What to say about it.
fn compare(path: &Path, now: &Lock, update: bool) -> Result<(), String> {
    let shown = path.display();
    let before = match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(format!("cannot read {shown}: {error}")),
    };
    let before = match before {
        Some(text) if !update => text,
        // An unchanged file stays as it is.
        Some(text) if text == now.to_string() => return Ok(()),
        _ => {
            return fs::write(path, now.to_string())
                .map_err(|error| format!("cannot write {shown}: {error}"));
        }
    };
    let before = Lock::parse(&before)
        .map_err(|error| format!("{shown}: {error}\n`UPDATE_SCHEMA=1 cargo test` writes the file again"))?;
    if before.system != now.system {
        return Err(format!(
            "{shown} is the lock of `{}`, and this system is `{}`",
            before.system, now.system
        ));
    }
    let changes = before.changes(now);
    if changes.is_empty() && before.entries == now.entries {
        return Ok(());
    }
    Err(said(&shown.to_string(), &changes))
}

fn said(path: &str, changes: &[Change]) -> String {
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
        text.push_str("the messages are written otherwise, and the same on the wire\n");
    }
    let then = if others.is_empty() {
        "and commit it with them"
    } else {
        "if no program of before is running any more, and nothing that it wrote is kept"
    };
    format!("{text}`UPDATE_SCHEMA=1 cargo test` writes {path} again, {then}")
}
