//! This framework beside bare channels and other actor frameworks, doing the same work in turns in one run.

mod contest;
mod contestants;
mod goals;
mod job;
mod machine;
mod memory;
mod report;
mod tally;
#[cfg(test)]
mod tests;
mod versions;
mod watch;
mod work;

use crate::{
    job::{Contestant, Threads},
    machine::Machine,
    work::Work,
};
use clap::{
    Parser,
    builder::{PossibleValuesParser, TypedValueParser},
};
use contestants::ALL;

/// Compares this framework with bare channels and other actor frameworks.
///
/// They do the same work in turns, in one process. Each run is checked: a message that gets lost, or is handled twice,
/// fails it. At the end stand the goals, and three files: compare.json, COMPARE.md and compare.svg.
///
/// Only runs of the release profile say anything, on a machine that does nothing else.
#[derive(Debug, Parser)]
struct Arguments {
    /// The contestants, by name and separated by commas; all if none is named. Ratios are to `tokio`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = contestant())]
    only: Vec<&'static Contestant>,
    /// The work, by name and separated by commas; all, and the memory, if none is named.
    #[arg(long, value_name = "WORKS", value_delimiter = ',', value_parser = work())]
    work: Vec<Work>,
    /// How many rounds count.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// The folder that the JSON, the Markdown and the chart are written to.
    #[arg(long, value_name = "FOLDER", default_value = "target/compare")]
    out: std::path::PathBuf,
    /// Prints what this contestant needs of memory, and does nothing else.
    #[arg(long, hide = true, value_parser = contestant())]
    footprint_of: Option<&'static Contestant>,
}

fn contestant() -> impl TypedValueParser<Value = &'static Contestant> {
    let find = |name: String| ALL.into_iter().find(|one| one.name == name);
    PossibleValuesParser::new(ALL.map(|one| one.name)).map(move |name| find(name).expect("it is one of them"))
}

fn work() -> impl TypedValueParser<Value = Work> {
    let find = |name: String| Work::ALL.into_iter().find(|work| work.name() == name);
    PossibleValuesParser::new(Work::ALL.map(Work::name))
        .map(move |name| find(name).expect("it is one of them"))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let Some(contestant) = arguments.footprint_of {
        println!("{}", serde_json::to_string(&memory::look_here(contestant))?);
        return Ok(());
    }
    let only = if arguments.only.is_empty() { ALL.to_vec() } else { arguments.only };
    let works = if arguments.work.is_empty() { Work::ALL.to_vec() } else { arguments.work.clone() };
    let machine = Machine::here();
    if let Some(warning) = machine.warning() {
        eprintln!("{warning}");
    }
    let mut rows = Vec::new();
    for threads in Threads::ALL {
        for &work in &works {
            let new = contest::hold(work, threads, &only, arguments.rounds.into());
            report::print(&new);
            rows.extend(new);
        }
    }
    let footprints: Vec<_> = match arguments.work.is_empty() {
        true => only.iter().map(|one| memory::look(one)).collect(),
        false => Vec::new(),
    };
    report::finish(machine, &only, arguments.rounds, rows, footprints, &arguments.out)?;
    Ok(())
}
