use super::finish::Report;
use crate::{
    contest::{BASELINE, Row},
    job::Threads,
    work::Work,
};

/// Which works belong together, under which heading.
const GROUPS: [(&str, &[Work]); 6] = [
    ("Tell", &[Work::Tell, Work::Tell4, Work::TellHook]),
    ("Ask", &[Work::Ask, Work::AskTimeout, Work::Ask64]),
    ("Ping-pong and ring", &[Work::PingPong, Work::Ring]),
    ("Events", &[Work::Event10, Work::Event100]),
    ("Spawn, first message, stop", &[Work::Spawn]),
    ("Send by address", &[Work::Address10, Work::Address1000, Work::Address100000]),
];

/// The command that makes the files that are committed.
const COMMAND: &str = "./ci/compare";

/// A page of tables, beneath the chart if there is one.
pub(crate) fn write(report: &Report, with_chart: bool) -> String {
    let mut page = format!("# airssys-rt beside others\n\nWritten by `{COMMAND}`.\n\n");
    if with_chart {
        page += "![How long each takes, beside a bare channel](compare.svg)\n\n";
    }
    page += &setting(report);
    for (heading, works) in GROUPS {
        page += &group(heading, works, report);
    }
    page += &memory(report);
    page += &goals(report);
    page
}

fn setting(report: &Report) -> String {
    let machine = &report.machine;
    let mut text = format!(
        "Measured on {} with {} cores ({}, {}). The contestants took turns; rounds that count: {}, after one that does not \
         count. Times are nanoseconds an operation: the median, and in brackets the minimum and the maximum. Ratios are \
         to the median of `{BASELINE}` in the same run; below 1 is faster. Each run checks that every message was \
         handled once. What one operation is, `benches/compare/src/work.rs` says.\n\n",
        machine.cpu, machine.cores, machine.system, machine.rustc, report.rounds
    );
    text += &machine.warning().map(|warning| format!("**{warning}**\n\n")).unwrap_or_default();
    text += "| contestant | what it is |\n|---|---|\n";
    for one in &report.contestants {
        text += &format!("| {} | {} |\n", one.name, one.about);
    }
    text
}

fn group(heading: &str, works: &[Work], report: &Report) -> String {
    let mut table = String::new();
    for work in works {
        for contestant in &report.contestants {
            let row = |threads: Threads| {
                report.rows.iter().find(|row| {
                    (row.work, row.threads, row.contestant) == (work.name(), threads.name(), contestant.name)
                })
            };
            let (two, one) = (row(Threads::Two), row(Threads::One));
            if two.or(one).is_some() {
                table +=
                    &format!("| {} | {} {} {} |\n", work.name(), contestant.name, cells(two), cells(one));
            }
        }
    }
    if table.is_empty() {
        return table;
    }
    let (two, one) = (Threads::Two.name(), Threads::One.name());
    format!(
        "\n## {heading}\n\n| work | contestant | {two} | ratio | {one} | ratio |\n|---|---|--:|--:|--:|--:|\n{table}"
    )
}

/// Time and ratio, each after the line before it.
fn cells(row: Option<&Row>) -> String {
    let Some(row) = row else { return "| - | -".to_owned() };
    let ratio = row.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
    format!("| {} ({} to {}) | {ratio}", time(row.median), time(row.minimum), time(row.maximum))
}

/// Three digits are more than a run can tell from another.
fn time(nanoseconds: f64) -> String {
    let digits = if nanoseconds < 100.0 { 1 } else { 0 };
    format!("{nanoseconds:.digits$}")
}

fn memory(report: &Report) -> String {
    if report.footprints.is_empty() {
        return String::new();
    }
    let mut text = "\n## Memory\n\nEach in a process of its own, on one thread: bytes for one of 100,000 idle actors, and \
                    allocations for one message. Erlang says itself what its processes need.\n\n\
                    | contestant | heap of an idle actor | resident | allocations of a tell | of an ask |\n\
                    |---|--:|--:|--:|--:|\n"
        .to_owned();
    for one in &report.footprints {
        let text_of = |figure: Option<f64>, digits: usize| {
            figure.map_or_else(|| "-".to_owned(), |n| format!("{n:.digits$}"))
        };
        text += &format!(
            "| {} | {} | {} | {} | {} |\n",
            one.contestant,
            text_of(one.heap, 0),
            text_of(one.resident, 0),
            text_of(one.tell, 2),
            text_of(one.ask, 2)
        );
    }
    text
}

fn goals(report: &Report) -> String {
    if report.goals.is_empty() {
        return String::new();
    }
    let mut text = "\n## Goals\n\nWhat this framework has set itself; at most the goal is good.\n\n\
                    | goal | at most | measured | |\n|---|--:|--:|---|\n"
        .to_owned();
    for goal in &report.goals {
        let mark = if goal.is_good() { "" } else { "missed" };
        let unit = if goal.unit.is_empty() { String::new() } else { format!(" {}", goal.unit) };
        text += &format!("| {} | {}{unit} | {:.2}{unit} | {mark} |\n", goal.text, goal.limit, goal.figure);
    }
    text
}
