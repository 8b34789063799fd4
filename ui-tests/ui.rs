//! The compile errors of misuse, and programs that must compile without a warning.
//!
//! `README.md` explains how to add a case.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

mod table;

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*/*.rs");
}

/// The expected error of a case, independent of its `.stderr`.
#[derive(Deserialize)]
struct Case {
    file: String,
    says: String,
    at: String,
    errors: usize,
}

/// trybuild writes the `.stderr` files, so they alone cannot show that an error is right.
#[test]
fn each_stderr_matches_its_row() {
    let wrong: Vec<_> = table::rows().iter().flat_map(Case::check).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_case_has_a_row_and_each_row_a_case() {
    let cases: Vec<Case> = table::rows();
    let rows: BTreeSet<_> = cases.iter().map(|case| case.file.clone()).collect();
    assert_eq!(rows.len(), cases.len(), "a file has two rows");
    let files: BTreeSet<_> = sources().collect();
    let missing: Vec<_> = rows.symmetric_difference(&files).collect();
    assert!(missing.is_empty(), "only a row or only a file: {missing:?}");
}

/// The `topic/name` of each file in `fail`.
fn sources() -> impl Iterator<Item = String> {
    let files = entries(Path::new("fail")).into_iter().flat_map(|topic| entries(&topic));
    let sources = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    sources.map(|file| {
        let file = file.strip_prefix("fail").expect("it was found there").with_extension("");
        file.to_str().expect("a case has a plain name").replace('\\', "/")
    })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).expect("the folder can be read");
    found.map(|entry| entry.expect("the entry can be read").path()).collect()
}

impl Case {
    fn check(&self) -> Vec<String> {
        let path = Path::new("fail").join(&self.file);
        let (source, stderr) = (path.with_extension("rs"), path.with_extension("stderr"));
        let (Ok(source), Ok(stderr)) = (fs::read_to_string(source), fs::read_to_string(stderr)) else {
            return vec![self.wrong("source or .stderr is missing")];
        };
        let errors = stderr.lines().filter(|line| line.starts_with("error")).count();
        let mut wrong = Vec::new();
        if errors != self.errors {
            wrong.push(self.wrong(&format!("{errors} errors instead of {}", self.errors)));
        }
        if !stderr.contains(&self.says) {
            wrong.push(self.wrong(&format!("does not say: {}", self.says)));
        }
        let misplaced = table::misplaced(&stderr, &format!("{}.rs", self.file), &source, &self.at);
        wrong.extend(misplaced.map(|text| self.wrong(&text)));
        wrong
    }

    fn wrong(&self, text: &str) -> String {
        format!("  {}: {text}", self.file)
    }
}
