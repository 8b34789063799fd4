//! Compares airssys-rt with bare channels and other actor frameworks: the same work, in alternation, in one run.

mod contest;
mod contestants;
mod deadline;
mod goals;
mod job;
mod machine;
mod memory;
mod report;
mod rounds;
mod savina;
mod tally;
#[cfg(test)]
mod tests;
mod versions;
mod work;

use crate::{
    job::{Contestant, Threads},
    machine::Machine,
    work::Work,
};
use clap::{Parser, ValueEnum};
use contestants::ALL;

/// Compares airssys-rt with bare channels and other actor frameworks.
///
/// The contestants do the same work in alternation, in one process. Each run is checked: a lost message, or a message handled
/// twice, fails the run. At the end the goals are printed, and three files are written: compare.json, COMPARE.md and
/// compare.svg.
///
/// Figures are meaningful only in the release profile, on a machine without other load.
#[derive(Debug, Parser)]
struct Arguments {
    /// The kind of work: single operations, or whole programs.
    #[arg(long, value_enum, default_value_t)]
    suite: Suite,
    /// Names of the contestants, separated by commas; default: all.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,
    /// Names of the works or programs, separated by commas; default: all, and for operations also the memory.
    #[arg(long, value_name = "WORKS", value_delimiter = ',')]
    work: Vec<String>,
    /// Number of threads: 1 or 2; default: both.
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=2))]
    threads: Vec<u8>,
    /// The seed of the random choices of programs.
    #[arg(long, default_value_t = 2014)]
    seed: u64,
    /// Number of measured rounds.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// The folder for the JSON, the Markdown and the chart.
    #[arg(long, value_name = "FOLDER", default_value = "target/compare")]
    out: std::path::PathBuf,
    /// Prints the memory of this contestant and exits.
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
    /// Single operations, in nanoseconds each, compared with bare channels.
    #[default]
    Operations,
    /// The programs of the Savina suite, in milliseconds per run, compared with kameo and ractor.
    Savina,
}

fn contestant(name: &str) -> Result<&'static Contestant, String> {
    find("contestant", &ALL, |one| one.name, name).copied()
}

/// Finds an item by name.
fn find<'a, T>(what: &str, all: &'a [T], name_of: fn(&T) -> &str, name: &str) -> Result<&'a T, String> {
    let names = || all.iter().map(name_of).collect::<Vec<_>>().join(", ");
    all.iter()
        .find(|one| name_of(one) == name)
        .ok_or_else(|| format!("unknown {what} `{name}`: known are {}", names()))
}

/// Finds the items with these names; returns all items if `names` is empty.
fn select<'a, T>(
    what: &str,
    all: &'a [T],
    name_of: fn(&T) -> &str,
    names: &[String],
) -> Result<Vec<&'a T>, String> {
    match names {
        [] => Ok(all.iter().collect()),
        names => names.iter().map(|name| find(what, all, name_of, name)).collect(),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let Some(contestant) = arguments.footprint_of {
        println!("{}", serde_json::to_string(&memory::measure_in_process(contestant))?);
        return Ok(());
    }
    match arguments.suite {
        Suite::Operations => operations(&arguments),
        Suite::Savina => programs(&arguments),
    }
}

fn operations(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let machine = Machine::detect();
    if let Some(warning) = machine.warning() {
        eprintln!("{warning}");
    }
    let only: Vec<_> =
        select("contestant", &ALL, |one| one.name, &arguments.only)?.into_iter().copied().collect();
    let works = select("work", &Work::ALL, |work| work.name(), &arguments.work)?;
    let mut rows = Vec::new();
    for threads in arguments.threads() {
        for &&work in &works {
            let new = contest::run(work, threads, &only, arguments.rounds.into());
            report::print_rows(&new);
            rows.extend(new);
        }
    }
    let footprints: Vec<_> = match arguments.work.is_empty() {
        true => only.iter().map(|one| memory::measure_in_child(one)).collect(),
        false => Vec::new(),
    };
    report::write_files(machine, &only, arguments.rounds, rows, footprints, &arguments.out)?;
    Ok(())
}

fn programs(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let Arguments { seed, rounds, .. } = *arguments;
    let only: Vec<_> =
        select("contestant", &savina::NAMES, |name| name, &arguments.only)?.into_iter().copied().collect();
    let works = select("work", &savina::ALL, |program| program.name, &arguments.work)?;
    println!("seed {seed}");
    let mut rows = Vec::new();
    for threads in arguments.threads() {
        for program in &works {
            let new = savina::run(program, threads, &only, rounds.into(), seed);
            savina::print(&new);
            rows.extend(new);
        }
    }
    savina::write(&rows, rounds, seed, &arguments.out)?;
    Ok(())
}
