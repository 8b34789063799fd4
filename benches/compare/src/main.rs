//! This framework beside bare channels and other actor frameworks, doing the same work in turns in one run.

mod contest;
mod contestants;
mod goals;
mod job;
mod machine;
mod memory;
mod report;
mod savina;
mod tally;
#[cfg(test)]
mod tests;
mod turns;
mod versions;
mod watch;
mod work;

use crate::{
    job::{Contestant, Threads},
    machine::Machine,
    work::Work,
};
use clap::{Parser, ValueEnum};
use contestants::ALL;

/// Compares this framework with bare channels and other actor frameworks.
///
/// They do the same work in turns, in one process. Each run is checked: a message that gets lost, or is handled twice,
/// fails it. At the end stand the goals, and three files: compare.json, COMPARE.md and compare.svg.
///
/// Only runs of the release profile say anything, on a machine that does nothing else.
#[derive(Debug, Parser)]
struct Arguments {
    /// What is done: single operations, or whole programs.
    #[arg(long, value_enum, default_value_t)]
    suite: Suite,
    /// The contestants, by name and separated by commas; all if none is named.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,
    /// The work or the programs, by name and separated by commas; all, and for operations also the memory, if none is named.
    #[arg(long, value_name = "WORKS", value_delimiter = ',')]
    work: Vec<String>,
    /// On how many threads: 1, 2, or both if it is not said.
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=2))]
    threads: Vec<u8>,
    /// The seed of what programs choose at random.
    #[arg(long, default_value_t = 2014)]
    seed: u64,
    /// How many rounds count.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// The folder that the JSON, the Markdown and the chart are written to.
    #[arg(long, value_name = "FOLDER", default_value = "target/compare")]
    out: std::path::PathBuf,
    /// Prints what this contestant needs of memory, and does nothing else.
    #[arg(long, hide = true, value_parser = contestant)]
    footprint_of: Option<&'static Contestant>,
}

impl Arguments {
    fn threads(&self) -> impl Iterator<Item = Threads> {
        let wanted = |number| self.threads.is_empty() || self.threads.contains(&number);
        Threads::ALL.into_iter().filter(move |threads| wanted(if *threads == Threads::One { 1 } else { 2 }))
    }
}

/// The collections of work.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Suite {
    /// Single operations, in nanoseconds each, beside bare channels.
    #[default]
    Operations,
    /// The programs of the Savina suite, in milliseconds a run, beside kameo and ractor.
    Savina,
}

fn contestant(name: &str) -> Result<&'static Contestant, String> {
    known("contestant", &ALL, |one| one.name, name).copied()
}

/// The one of that name.
fn known<'a, T>(what: &str, all: &'a [T], name_of: fn(&T) -> &str, name: &str) -> Result<&'a T, String> {
    let names = || all.iter().map(name_of).collect::<Vec<_>>().join(", ");
    all.iter()
        .find(|one| name_of(one) == name)
        .ok_or_else(|| format!("no {what} is called `{name}`: there are {}", names()))
}

/// Those of these names; all if there are none.
fn pick<'a, T>(
    what: &str,
    all: &'a [T],
    name_of: fn(&T) -> &str,
    names: &[String],
) -> Result<Vec<&'a T>, String> {
    match names {
        [] => Ok(all.iter().collect()),
        names => names.iter().map(|name| known(what, all, name_of, name)).collect(),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let Some(contestant) = arguments.footprint_of {
        println!("{}", serde_json::to_string(&memory::look_here(contestant))?);
        return Ok(());
    }
    match arguments.suite {
        Suite::Operations => operations(&arguments),
        Suite::Savina => programs(&arguments),
    }
}

fn operations(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let machine = Machine::here();
    if let Some(warning) = machine.warning() {
        eprintln!("{warning}");
    }
    let only: Vec<_> =
        pick("contestant", &ALL, |one| one.name, &arguments.only)?.into_iter().copied().collect();
    let works = pick("work", &Work::ALL, |work| work.name(), &arguments.work)?;
    let mut rows = Vec::new();
    for threads in arguments.threads() {
        for &&work in &works {
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

fn programs(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let Arguments { seed, rounds, .. } = *arguments;
    let only: Vec<_> =
        pick("contestant", &savina::NAMES, |name| name, &arguments.only)?.into_iter().copied().collect();
    let works = pick("work", &savina::ALL, |program| program.name, &arguments.work)?;
    println!("seed {seed}");
    let mut rows = Vec::new();
    for threads in arguments.threads() {
        for program in &works {
            let new = savina::hold(program, threads, &only, rounds.into(), seed);
            savina::print(&new);
            rows.extend(new);
        }
    }
    savina::write(&rows, rounds, seed, &arguments.out)?;
    Ok(())
}
