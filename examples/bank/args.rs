//! The command line.

use std::path::{Path, PathBuf};

use clap::Parser;

use crate::chaos::Plan;
use crate::graph::Graph;

/// Path of the bundled file.
const BUNDLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bank/transactions.csv");

const FORMAT: &str = "\
The file is CSV without line breaks or commas inside fields; its first line is

  kind,account,to,amount

  open,A1,,100.00      opens the account A1 with 100.00
  deposit,A1,,12.34    pays in
  withdraw,A1,,5       pays out, unless the account holds less
  transfer,A1,B2,0.50  moves money between two accounts

Exit code: 0 if all figures are consistent, 1 if not, 2 if a file or an argument cannot be used.";

/// Replays a file of bank transactions on actors: one per account, a ledger, an auditor and a fraud watch.
#[derive(Debug, Parser)]
#[command(name = "bank", after_help = FORMAT)]
pub(crate) struct Args {
    /// The file to replay [default: the bundled file of 100,000 rows]
    file: Option<PathBuf>,

    /// Number of threads that run the actors
    #[arg(long, default_value_t = 2, value_name = "1|2", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) workers: u8,

    /// Compare the result with that of a sequential program over the same file
    #[arg(long)]
    check: bool,

    /// Kill N actors while rows are in flight, one in five by a panic; implies `--check`
    #[arg(long, value_name = "N")]
    chaos: Option<usize>,

    /// Seed for the times and the targets of `--chaos`
    #[arg(long, value_name = "S", default_value_t = 1, requires = "chaos")]
    seed: u64,

    /// Keep the journal in a file, from which the next run continues [default: in memory]
    #[arg(long, value_name = "PATH")]
    pub(crate) journal: Option<PathBuf>,

    /// Print the message graph with replies and mailboxes, and exit [default: mermaid]
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "mermaid", value_name = "FORMAT")]
    pub(crate) graph: Option<Graph>,
}

/// No actor is killed while fewer rows than this are in flight.
const BUSY: usize = 64;

impl Args {
    /// Returns the plan given by `--chaos` and `--seed`.
    pub(crate) fn plan(&self) -> Option<Plan> {
        self.chaos.map(|kills| Plan { kills, seed: self.seed, busy: BUSY })
    }

    pub(crate) fn checks(&self) -> bool {
        self.check || self.chaos.is_some()
    }

    pub(crate) fn file(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(BUNDLED))
    }

    /// Returns the name of the file for a heading.
    pub(crate) fn title(&self) -> String {
        match &self.file {
            Some(file) => file.display().to_string(),
            None => "the bundled file".to_owned(),
        }
    }
}
