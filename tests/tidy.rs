//! The rules of the house, checked on the sources themselves.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From the bottom up: a module imports only from rows above it, and from itself.
const LAYERS: &[&[&str]] = &[
    &["sync", "id"],
    &["rt"],
    &["message", "reply", "observe", "wire", "journal"],
    &["envelope"],
    &["mailbox"],
    &["graph"],
    &["registry"],
    &["broker", "guard"],
    &["actor"],
    &["supervisor"],
    &["system"],
    &["topology"],
    &["testkit", "prelude", "lib"],
];

/// What is named in one place only: behind it, tokio, time, locks and atomics can be replaced.
const DOORS: &[(&str, &[&str])] = &[
    ("tokio::spawn", &["rt.rs"]),
    ("tokio::time", &["rt.rs", "still.rs"]),
    ("tokio::task", &["rt.rs"]),
    ("tokio::runtime", &["rt.rs"]),
    ("tokio::sync", &["sync.rs"]),
    ("spawn_blocking", &["rt.rs"]),
    ("parking_lot", &["sync.rs"]),
    ("Instant::now()", &["rt.rs", "still.rs"]),
    ("SystemTime::now()", &["rt.rs", "still.rs"]),
    ("std::sync::atomic", &["sync.rs"]),
    ("std::sync::Mutex", &["sync.rs"]),
    ("File::", &["file.rs"]),
];

const LINES_AT_MOST: usize = 500;
const LINES_TO_REPORT: usize = 350;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All Rust files below `folder`, with their text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir()
            && !path.ends_with("target")
            && !path.ends_with("fail")
            && !path.ends_with("snapshots")
        {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

fn library() -> Vec<(PathBuf, String)> {
    sources(&root().join("airssys-rt/src"))
}

/// The top module of a file of the library.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("airssys-rt/src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Without comments, and without the unit tests at the end.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
    let lines = text[..tests].lines();
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules of the crate that a file names: `crate::id`, or the first names in `use crate::{id::.., rt}`.
fn imports(text: &str) -> Vec<String> {
    let code = code(text);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(first_names(group)),
            None => found.push(word(rest)),
        }
    }
    found.retain(|name| name.starts_with(char::is_lowercase));
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The names right inside a group, up to its end.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut fresh) = (0, Vec::new(), true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            letter if fresh && letter.is_alphabetic() => {
                names.push(word(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn a_module_imports_only_from_the_rows_above_it() {
    let mut wrong = Vec::new();
    for (path, text) in library() {
        let own = module(&path);
        let Some(own_layer) = layer(&own) else {
            wrong.push(format!("{own} has no row in the table"));
            continue;
        };
        for imported in imports(&text) {
            let allowed = imported == own || layer(&imported).is_none_or(|layer| layer < own_layer);
            if !allowed {
                wrong.push(format!("{} imports {imported}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tokio_time_locks_and_atomics_have_one_door_each() {
    let mut wrong = Vec::new();
    for (path, text) in library() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = code(&text);
        for (word, doors) in DOORS {
            if text.contains(word) && !doors.contains(&name) {
                wrong.push(format!("{} names {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_file_has_one_subject() {
    let mut too_long = Vec::new();
    for folder in ["airssys-rt", "airssys-rt-macros", "examples", "tests", "ui-tests", "benches"] {
        for (path, text) in sources(&root().join(folder)) {
            let lines = text.lines().count();
            if lines > LINES_AT_MOST {
                too_long.push(format!("{} has {lines} lines", path.display()));
            } else if lines > LINES_TO_REPORT {
                println!("{} has {lines} lines: two subjects?", path.display());
            }
        }
    }
    assert!(too_long.is_empty(), "{too_long:#?}");
}

#[test]
fn a_mod_file_has_documentation_and_re_exports_only() {
    let with_code = |(path, text): &(PathBuf, String)| {
        path.ends_with("mod.rs")
            && code(text).lines().any(|line| line.contains("fn ") || line.contains("impl"))
    };
    let wrong: Vec<_> = library().into_iter().filter(with_code).map(|(path, _)| path).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn features_stand_at_the_boundaries_of_modules() {
    let mut wrong = Vec::new();
    for (path, text) in library() {
        let indented = code(&text)
            .lines()
            .filter(|line| line.contains("cfg(feature"))
            .any(|line| line.starts_with("    "));
        if indented && !path.ends_with("lib.rs") {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn there_is_nothing_left_to_do_and_nothing_unsafe() {
    let words = ["todo!", "unimplemented!", "FIXME", "XXX", "unsafe {", "dbg!"];
    let left = |(path, text): (PathBuf, String)| {
        words.iter().find(|word| text.contains(**word)).map(|word| format!("{}: {word}", path.display()))
    };
    let wrong: Vec<_> = library().into_iter().filter_map(left).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
