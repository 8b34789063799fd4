//! The errors and the programs that the documentation quotes are real.

use std::fs;
use std::path::Path;

/// The pages that end with mistakes: `| mistake | error | write | `topic/case` |`.
const ATTRIBUTES: [&str; 6] = ["actor", "actor_list", "actor_system", "event", "generic_actors", "message"];

fn page(name: &str) -> String {
    let path = Path::new("../airssys-rt/docs").join(name).with_extension("md");
    fs::read_to_string(path).expect("there is such a page")
}

/// The errors of a case; empty if there is no such case.
fn said(case: &str) -> String {
    fs::read_to_string(Path::new("fail").join(case).with_extension("stderr")).unwrap_or_default()
}

/// The language and the lines of each code block of a page.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            found.push((language, lines.by_ref().take_while(|line| *line != "```").collect()));
        }
    }
    found
}

#[test]
fn each_mistake_is_quoted() {
    let mut wrong = Vec::new();
    for name in ATTRIBUTES {
        let page = page(name);
        let (_, mistakes) = page.split_once("# Mistakes").expect("the page ends with the mistakes");
        let rows: Vec<_> = mistakes.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
        assert!(!rows.is_empty(), "{name} has no mistakes");
        for row in rows {
            let columns: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            let [_, says, _, case] = columns[..] else { panic!("four columns: {row}") };
            let case = case.trim_matches('`');
            if !said(case).contains(says) {
                wrong.push(format!("{case} does not say: {says}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_mistake_in_the_guide_is_quoted() {
    let page = page("getting_started");
    let stderr = said("guide/getting_started");
    let said: Vec<_> = stderr.lines().map(beside_the_margin).collect();
    let blocks = blocks(&page);
    let (_, quoted) =
        blocks.iter().find(|(_, lines)| lines[0].starts_with("error")).expect("the guide shows an error");
    // The case is in another file than the guide says.
    let quoted = quoted.iter().filter(|line| !line.contains("-->"));
    let invented: Vec<_> = quoted.filter(|line| !said.contains(&beside_the_margin(line))).collect();
    assert!(invented.is_empty(), "not in the `.stderr`: {invented:#?}");
}

/// The code block after `<!-- topic/case -->` holds lines of the `.stderr` of that case.
#[test]
fn each_error_that_is_shown_is_real() {
    let readme = fs::read_to_string("../README.md").expect("there is a README");
    let (mut shown, mut wrong) = (0, Vec::new());
    for text in [readme, page("message_graph")] {
        for part in text.split("<!-- ").skip(1) {
            let (case, rest) = part.split_once(" -->").expect("a comment ends");
            let said = said(case);
            let blocks = blocks(rest);
            let (_, quoted) = blocks.first().expect("an error follows");
            let quoted = quoted.iter().filter(|line| !said.lines().any(|other| other == **line));
            wrong.extend(quoted.map(|line| format!("{case} does not say: {line}")));
            shown += 1;
        }
    }
    assert_eq!(shown, 5, "the README shows one, the chapter four");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line of an error without its line number and without the mark of a case.
fn beside_the_margin(line: &str) -> &str {
    line.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ').trim_end_matches(" //~")
}

/// The lines that the guide adds after its first program are in the example, which is compiled, run and tested.
#[test]
fn the_program_of_the_guide_runs() {
    let example = fs::read_to_string("../examples/getting_started.rs").expect("there is such an example");
    let example: Vec<_> = example.lines().map(str::trim).collect();
    let page = page("getting_started");
    let blocks = blocks(&page);
    let programs = blocks.iter().filter(|(language, _)| language.starts_with("rust"));
    let added: Vec<_> = programs.skip(1).flat_map(|(_, lines)| lines).map(|line| line.trim()).collect();
    assert!(added.contains(&"mod tests {"), "the guide ends with a test");
    let is_shown = |line: &&&str| **line != "#" && !line.starts_with("# ") && !line.starts_with("//");
    let missing: Vec<_> = added.iter().filter(is_shown).filter(|line| !example.contains(line)).collect();
    assert!(missing.is_empty(), "not in the example: {missing:#?}");
}
