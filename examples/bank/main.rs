//! A bank on actors: account actors, a ledger, an auditor and a fraud watch replay a file of transactions.
//!
//! It shows one system of four actor types, asks from outside and between actors, refusals as replies and faults as
//! failures, event subscriptions declared by handlers, order per account with concurrency between accounts, counters,
//! and an orderly shutdown. It also shows recovery: all actors are supervised, the ledger journals its decisions, the
//! other actors rebuild their state from the ledger, and a failed row is retried with the same id.
//!
//! ```text
//! cargo run --release --example bank                         replays the bundled file
//! cargo run --release --example bank -- --check              also compares with a sequential program
//! cargo run --release --example bank -- --workers 1 FILE     another file, on one thread
//! cargo run --release --example bank -- --chaos 50 --seed 7  kills 50 actors during the replay
//! cargo run --release --example bank -- --journal PATH       keeps the journal; a killed run can be continued
//! cargo run --release --example bank -- --graph              prints the message graph as a Mermaid flowchart
//! cargo run --release --example bank -- --graph dot          other formats: dot, json, asyncapi, markdown
//! ```

mod actors;
mod args;
mod balances;
mod book;
mod chaos;
mod consistency;
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
mod row_queue;
mod sequential;
mod supervision;
mod tally;
mod transactions;

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
use crate::book::JournalStore;
use crate::replay::{Replayed, Setup};
use crate::transactions::Rows;

/// An error of the program, not of the file.
type Failure = Box<dyn Error + Send + Sync>;

/// Reason for a run without a table or with a wrong table.
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
    // A task reads the rows, and the file is needed until the end of the program.
    let bytes: &'static [u8] = bytes.leak();
    let rows = || Rows::of(bytes).map_err(|why| input(format!("cannot use {}: {why}", file.display())));

    let source = Sha256::digest(bytes).to_vec();
    let store = Arc::new(JournalStore::new(args.journal.as_deref(), source));
    let setup = Setup { store, chaos: args.plan() };
    if setup.chaos.is_some() {
        chaos::silence_planned_panics();
    }
    let replayed =
        replay(rows()?, setup, args.workers, bytes.len()).map_err(|failure| match &args.journal {
            // At the start only the ledger can fail, and only because of the journal.
            Some(journal) if failure.is::<SuperviseError>() => {
                input(format!("cannot use {}: {}", journal.display(), chain(&*failure)))
            }
            _ => Unfinished::Failed(failure),
        })?;
    print(&report::table(&args.title(), args.workers, &replayed)?)?;
    let mut wrong = consistency::discrepancies(&replayed);
    if args.checks() {
        let expected = sequential::run(rows()?);
        let differences = consistency::differences(&replayed, &expected);
        if differences.is_empty() {
            print(&format!(
                "\nchecked: the sequential program has the same digest {}\n",
                expected.balances.digest()
            ))?;
        }
        wrong.extend(differences);
    }
    if wrong.is_empty() { Ok(()) } else { Err(Unfinished::Wrong(wrong)) }
}

/// Runs the replay on `workers` threads; the calling thread only waits.
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

/// Returns a progress bar on stderr, hidden if stderr is not a terminal.
fn progress(bytes: usize) -> Result<ProgressBar, Failure> {
    let style = ProgressStyle::with_template("replaying {bar:40} {percent:>3} % {elapsed}")?;
    // With this target indicatif checks whether stderr is a terminal, and stays hidden otherwise.
    let bar = ProgressBar::with_draw_target(Some(bytes as u64), ProgressDrawTarget::stderr());
    Ok(bar.with_style(style))
}

/// Prints to stdout, and ignores a closed pipe: `head`, for example, stops reading after ten lines.
fn print(text: &str) -> Result<(), Unfinished> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Unfinished::Failed(error.into())),
        _ => Ok(()),
    }
}

/// Returns the text of an error followed by its causes.
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
