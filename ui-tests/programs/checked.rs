//! The programs of `checked/`, which compile without an error and without a warning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::{VARIABLE, check};

/// The programs deny warnings, so that a warning is an error.
const DENIED: &str = "#![deny(warnings)]";

#[test]
#[cfg_attr(feature = "wire", ignore = "the package of the programs does not have this feature")]
fn each_program_compiles() {
    let filter = std::env::var(VARIABLE).ok().filter(|mode| mode != "overwrite").unwrap_or_default();
    let programs = programs();
    let chosen: BTreeSet<_> = programs.keys().filter(|bin| bin.contains(&filter)).cloned().collect();
    if chosen.is_empty() {
        return; // the filter chooses cases
    }
    let without: Vec<_> = programs.iter().filter(|(_, text)| !text.contains(DENIED)).collect();
    assert!(without.is_empty(), "without `{DENIED}`: {without:?}");
    let errors = check::check("checked", &programs, &chosen);
    let wrong: Vec<_> = errors.iter().filter(|(_, errors)| !errors.is_empty()).collect();
    for (bin, errors) in &wrong {
        println!("== {bin}: {} errors\n{}", errors.len(), errors.concat());
    }
    assert!(wrong.is_empty(), "{} of {} programs have errors", wrong.len(), chosen.len());
}

/// The text of each program by its name.
fn programs() -> BTreeMap<String, String> {
    let files = fs::read_dir(Path::new("checked")).expect("the folder can be read");
    let files = files.map(|file| file.expect("the entry can be read").path());
    let name = |file: &Path| file.file_stem().expect("it is a file").to_string_lossy().into_owned();
    let text = |file: &Path| fs::read_to_string(file).expect("the program can be read");
    files.map(|file| (name(&file), text(&file))).collect()
}
