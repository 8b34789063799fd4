//! The rules of the source code: layers, rooms, import cycles, doors and limits of the tables in ARCHITECTURE.md.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod imports;
mod source;
mod tables;

use imports::{Imports, cycles};
use source::{Source, library, macros, root, sources};
use tables::Tables;

/// S9
#[test]
fn a_module_imports_only_from_lower_layers() {
    let (tables, imports) = (Tables::read(), Imports::of(&library()));
    let mut wrong = Vec::new();
    for file in imports.files() {
        let own = file.top_module();
        let Some(layer) = tables.layer(own) else {
            wrong.push(format!("{file}: the module `{own}` has no row in the table of layers"));
            continue;
        };
        for import in imports.of_file(file) {
            let module = import.top_module();
            let lower = tables.layer(module).is_some_and(|other| other < layer);
            if module != own && !lower {
                wrong.push(format!("{file}, layer {layer}, imports {}", import.path()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_room_imports_only_from_the_rooms_of_its_row() {
    let (tables, imports) = (Tables::read(), Imports::of(&library()));
    let mut wrong = Vec::new();
    for file in imports.files() {
        let Some(own) = file.room() else { continue };
        let Some(row) = tables.room(own) else {
            wrong.push(format!("{file}: the room `{own}` has no row in the table of rooms"));
            continue;
        };
        for import in imports.of_file(file) {
            if import.top_module() != "actor" {
                continue;
            }
            let allowed = match import.room() {
                Some(room) => room == own || row.imports.contains(room) || row.names.contains(import.name()),
                // A re-export of `actor/mod.rs` would hide the room.
                None => false,
            };
            if !allowed {
                wrong.push(format!("{file} imports {}", import.path()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_import_each_other_only_where_the_table_says_so() {
    let (tables, imports) = (Tables::read(), Imports::of(&library()));
    let edges = imports.file_edges(|file, import| {
        // What a room names although it is of a higher room cannot be avoided, and has its own column.
        file.room().and_then(|room| tables.room(room)).is_some_and(|row| row.names.contains(import.name()))
    });
    assert_eq!(cycles(&edges), tables.cycles());
}

#[test]
fn tokio_time_locks_and_atomics_have_one_door_each() {
    let tables = Tables::read();
    let mut wrong = Vec::new();
    for source in library() {
        let path = source.relative();
        let text = source.text_without_comments_and_tests();
        for door in tables.doors() {
            let inside = door.files.iter().any(|file| path == *file || path.starts_with(&format!("{file}/")));
            if text.contains(&door.word) && !inside {
                wrong.push(format!("{path} names {}", door.word));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_file_has_one_subject() {
    let limits = Tables::read().limits();
    let mut too_long = Vec::new();
    for folder in ["airssys-rt", "airssys-rt-macros", "examples", "tests", "ui-tests", "benches"] {
        for source in sources(&root().join(folder)) {
            let (path, lines) = (source.relative_to_root(), source.text().lines().count());
            if lines > limits.lines {
                too_long.push(format!("{path} has {lines} lines"));
            } else if lines > limits.lines_to_report {
                println!("{path} has {lines} lines: two subjects?");
            }
        }
    }
    assert!(too_long.is_empty(), "{too_long:#?}");
}

/// Also the convention for the file of a module: `foo/mod.rs`, never `foo.rs` beside `foo/`.
#[test]
fn a_mod_file_has_documentation_and_re_exports_only() {
    let mut wrong = Vec::new();
    for source in library().into_iter().chain(macros()) {
        if source.is_mod_file() && source.has_code() {
            wrong.push(format!("{} has code", source.relative_to_root()));
        }
        if source.has_folder() {
            wrong.push(format!("{} lies beside a folder of its name", source.relative_to_root()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn features_are_at_the_boundaries_of_modules() {
    let inside = |source: &Source| {
        let text = source.text_without_comments_and_tests();
        let mut lines = text.lines().filter(|line| line.contains("cfg(feature"));
        source.relative() != "lib.rs" && lines.any(|line| line.starts_with("    "))
    };
    let wrong: Vec<_> = library().iter().filter(|source| inside(source)).map(Source::relative).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_unfinished_or_unsafe() {
    let words = ["todo!", "unimplemented!", "FIXME", "XXX", "unsafe {", "dbg!"];
    let mut wrong = Vec::new();
    for source in library().into_iter().chain(macros()) {
        let found = words.iter().filter(|word| source.text().contains(**word));
        wrong.extend(found.map(|word| format!("{}: {word}", source.relative_to_root())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
