//! The mistakes of `fail/` in whole programs, with a system, a `main`, and a spawn, a tell and an ask of the actor; and the correct
//! programs of `checked/`.
//!
//! `README.md` explains the rows, and how to see the errors of one case.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;

use check::Errors;
use text::{Case, Expected};

mod check;
mod checked;
#[path = "../table.rs"]
mod table;
mod text;

/// `overwrite` writes the numbers of today into the table; another value chooses the cases and the programs whose
/// errors are printed.
const VARIABLE: &str = "PROGRAMS";

/// The end of the name of a program without the mistake.
const MENDED: &str = "-mended";

#[test]
#[cfg_attr(feature = "wire", ignore = "the test `ui` has the errors with this feature")]
fn each_program_has_its_errors() {
    let cases: Vec<Case> = table::rows();
    let mut wrong: Vec<_> = cases.iter().filter_map(without_reason).collect();
    let programs: BTreeMap<_, _> = cases.iter().flat_map(texts).collect();
    let mode = env::var(VARIABLE).unwrap_or_default();
    let filter = if mode == "overwrite" { "" } else { &mode };
    let cases: Vec<_> =
        cases.iter().filter(|case| case.file.contains(filter) && case.program.is_some()).collect();
    let chosen: BTreeSet<_> = cases.iter().flat_map(|case| texts(case)).map(|(bin, _)| bin).collect();
    assert!(!chosen.is_empty(), "no case has `{filter}` in its name");

    let errors = check::check("programs", &programs, &chosen);
    if !filter.is_empty() {
        let wrong = cases.iter().map(|case| (case.bin(), &errors[&case.bin()]));
        wrong.for_each(|(bin, errors)| println!("== {bin}: {} errors\n{}", errors.len(), errors.concat()));
    }
    if mode == "overwrite" {
        overwrite(&cases.iter().map(|case| (&*case.file, found(case, &errors))).collect());
    } else {
        wrong.extend(cases.iter().filter_map(|case| unexpected(case, &errors)));
    }
    wrong.extend(cases.iter().filter_map(|case| not_mended(case, &errors)));
    println!("{}", sum(&cases, &errors));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// A case has a program, or its row gives the reason why it has none.
fn without_reason(case: &Case) -> Option<String> {
    let has_both = case.program.is_some() == case.unwrapped.is_some();
    has_both.then(|| format!("  {}: its row needs `program` or `unwrapped`", case.file))
}

/// The programs of a case: with the mistake, and without.
fn texts(case: &Case) -> Vec<(String, String)> {
    let (with, without) = (case.program(), case.mended());
    let with = with.map(|text| (case.bin(), text));
    with.into_iter().chain(without.map(|text| (case.bin() + MENDED, text))).collect()
}

/// What rustc reports for the program of a case.
fn found(case: &Case, errors: &Errors) -> Expected {
    let errors = &errors[&case.bin()];
    Expected {
        errors: errors.len(),
        is_elsewhere: errors.first().is_some_and(|error| elsewhere(case, error).is_some()),
    }
}

fn elsewhere(case: &Case, error: &str) -> Option<String> {
    let program = case.program().expect("it was checked");
    table::misplaced(error, &format!("{}.rs", case.bin()), &program, &case.at)
}

/// Describes how the errors of a program differ from those of the row.
fn unexpected(case: &Case, errors: &Errors) -> Option<String> {
    let (found, expected) = (found(case, errors), case.expected);
    let mut text = format!("  {}:", case.file);
    if found.errors != expected.errors {
        write!(text, " {} errors instead of {};", found.errors, expected.errors)
            .expect("a text can be written");
    }
    if found.is_elsewhere != expected.is_elsewhere {
        let place = errors[&case.bin()].first().and_then(|error| elsewhere(case, error));
        text += &place.unwrap_or_else(|| " the first error is at the token of the case".to_owned());
    }
    (found != expected).then_some(text)
}

/// Describes the error of a program without the mistake.
fn not_mended(case: &Case, errors: &Errors) -> Option<String> {
    let error = errors[&(case.bin() + MENDED)].first()?;
    Some(format!("  {}: an error without the mistake:\n{error}", case.file))
}

/// The distribution of the numbers of errors.
fn sum(cases: &[&Case], errors: &Errors) -> String {
    let found: Vec<_> = cases.iter().map(|case| found(case, errors)).collect();
    let mut cases_with = BTreeMap::<_, usize>::new();
    found.iter().for_each(|found| *cases_with.entry(found.errors).or_default() += 1);
    let mut text = String::new();
    for (errors, cases) in cases_with {
        writeln!(text, "{cases:4} programs with {errors} errors").expect("a text can be written");
    }
    let errors: usize = found.iter().map(|found| found.errors).sum();
    let elsewhere = found.iter().filter(|found| found.is_elsewhere).count();
    text + &format!("{:4} programs: {errors} errors; {elsewhere} begin at another token", found.len())
}

/// Writes the keys `program_errors` and `program_elsewhere` of each row; all else stays as it is.
fn overwrite(found: &BTreeMap<&str, Expected>) {
    let text = fs::read_to_string(table::TABLE).expect("cases.toml stands beside this folder");
    let mut rows = text.split_inclusive("[[case]]\n");
    let mut written = rows.next().unwrap_or_default().to_owned();
    for row in rows {
        let file = row.lines().find_map(|line| line.strip_prefix("file = ")).unwrap_or_default();
        let found = found.get(file.trim_matches('"'));
        for line in row.lines() {
            let is_old = line.starts_with("program_errors") || line.starts_with("program_elsewhere");
            if !(is_old && found.is_some()) {
                writeln!(written, "{line}").expect("a text can be written");
            }
            if let (true, Some(found)) = (line.starts_with("errors = "), found) {
                written += &keys(found);
            }
        }
    }
    fs::write(table::TABLE, written).expect("cases.toml can be written");
}

/// The keys that differ from what every program should have.
fn keys(found: &Expected) -> String {
    let errors = (found.errors != 1).then(|| format!("program_errors = {}\n", found.errors));
    let elsewhere = found.is_elsewhere.then_some("program_elsewhere = true\n");
    errors.unwrap_or_default() + elsewhere.unwrap_or_default()
}
