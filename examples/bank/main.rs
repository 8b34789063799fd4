//! A bank on actors: account actors, a ledger, an auditor and a fraud watch replay a file of transactions.
//!
//! Shows: one system of four actor types, asks from outside and between actors, refusals apart from faults,
//! events that nobody subscribes to by hand, order per account with concurrency between accounts, counters,
//! an orderly shutdown. And how it survives: everybody is supervised, the ledger journals what it decides, all others
//! begin again with what the ledger knows, and a row that failed is tried again under the id that it had.
//!
//! ```text
//! cargo run --release --example bank                         replays the bundled file
//! cargo run --release --example bank -- --check              and compares with a plain sequential program
//! cargo run --release --example bank -- --workers 1 FILE     another file, on one thread
//! cargo run --release --example bank -- --chaos 50 --seed 7  kills 50 actors meanwhile; nothing else changes
//! cargo run --release --example bank -- --journal PATH       kill the program and run it again: it goes on
//! cargo run --release --example bank -- --graph              prints who sends what to whom, as a Mermaid flowchart
//! cargo run --release --example bank -- --graph dot          and so on: dot, json, asyncapi, markdown
//! ```

mod actors;
mod args;
mod balances;
mod book;
mod chaos;
#[cfg(test)]
mod crosscheck;
mod graph;
mod money;
mod movement;
#[cfg(test)]
mod recovery;
mod replay;
mod report;
mod retry;
mod sequential;
mod staff;
mod tally;
mod transactions;
mod turns;
mod verdict;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use airssys_rt::supervisor::SuperviseError;
use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sha2::{Digest, Sha256};

use crate::actors::Bank;
use crate::args::Args;
use crate::book::Archive;
use crate::replay::{Replayed, Setup};
use crate::transactions::Rows;

/// What goes wrong in the program, not in the file.
type Failure = Box<dyn Error + Send + Sync>;

/// Why there is no table, or none to be trusted.
#[derive(Debug)]
enum Unfinished {
    /// The file cannot be used.
    Input(String),
    /// An actor, a task or the output failed.
    Failed(Failure),
    /// The figures do not add up.
    Wrong(Vec<String>),
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(unfinished) => {
            eprintln!("bank: {unfinished}");
            ExitCode::from(if matches!(unfinished, Unfinished::Input(_)) { 2 } else { 1 })
        }
    }
}

fn run(args: &Args) -> Result<(), Unfinished> {
    if let Some(graph) = args.graph {
        return print(&graph.of(&Bank::topology()));
    }
    let file = args.file();
    let bytes = std::fs::read(file).map_err(|why| input(format!("cannot read {}: {why}", file.display())))?;
    // The rows are read from a task, and the file is wanted until the end of the program.
    let bytes: &'static [u8] = bytes.leak();
    let rows = || Rows::of(bytes).map_err(|why| input(format!("cannot use {}: {why}", file.display())));

    let seal = Sha256::digest(bytes).to_vec();
    let archive = Arc::new(Archive::new(args.journal.as_deref(), seal));
    let setup = Setup { archive, chaos: args.plan() };
    if setup.chaos.is_some() {
        chaos::hush();
    }
    let replayed =
        replay(rows()?, setup, args.workers, bytes.len()).map_err(|failure| match &args.journal {
            // What is there at the start can fail of one thing only.
            Some(journal) if failure.is::<SuperviseError>() => {
                input(format!("cannot use {}: {}", journal.display(), chain(&*failure)))
            }
            _ => Unfinished::Failed(failure),
        })?;
    print(&report::table(&args.title(), args.workers, &replayed)?)?;
    let mut wrong = verdict::discrepancies(&replayed);
    if args.checks() {
        let expected = sequential::run(rows()?);
        let differences = verdict::differences(&replayed, &expected);
        if differences.is_empty() {
            print(&format!(
                "\nchecked: the plain program comes to {} as well\n",
                expected.balances.digest()
            ))?;
        }
        wrong.extend(differences);
    }
    if wrong.is_empty() { Ok(()) } else { Err(Unfinished::Wrong(wrong)) }
}

/// Runs the replay on as many threads as asked for; this one only waits.
fn replay(rows: Rows<'static>, setup: Setup, workers: u8, bytes: usize) -> Result<Replayed, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(usize::from(workers))
        .enable_time()
        .build()?;
    let progress = progress(bytes)?;
    let replayed = runtime.block_on(runtime.spawn(replay::run(rows, setup, progress.clone())));
    progress.finish_and_clear();
    replayed?
}

/// A bar on stderr, or nothing where that is no terminal.
fn progress(bytes: usize) -> Result<ProgressBar, Failure> {
    let style = ProgressStyle::with_template("replaying {bar:40} {percent:>3} % {elapsed}")?;
    // Asked for a terminal, indicatif checks by itself whether it has one, and stays hidden otherwise.
    let bar = ProgressBar::with_draw_target(Some(bytes as u64), ProgressDrawTarget::stderr());
    Ok(bar.with_style(style))
}

/// Prints to a reader that may have heard enough, as `head` has after ten lines.
fn print(text: &str) -> Result<(), Unfinished> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Unfinished::Failed(error.into())),
        _ => Ok(()),
    }
}

/// An error with all that caused it.
fn chain(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

fn input(why: String) -> Unfinished {
    Unfinished::Input(why)
}

impl<E: Into<Failure>> From<E> for Unfinished {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(why) => f.write_str(why),
            Self::Failed(error) => write!(f, "failed: {}", chain(&**error)),
            Self::Wrong(found) => f.write_str(&found.join("\nbank: ")),
        }
    }
}
