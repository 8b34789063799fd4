//! Programs of the Savina actor benchmark suite (Imam and Sarkar, 2014), written from the descriptions in the paper:
//! airssys-rt compared with kameo and ractor. Every run checks the outcome of the program.
//!
//! `cargo run --release --manifest-path benches/compare/Cargo.toml -- --suite savina [--only airssys,..] [--work counting,..]
//! [--rounds N] [--seed N]`
//!
//! Each program has a folder: `workload.rs` holds what all contestants share (the amount of work, the computation and the
//! expected outcome); the other files are the same actors in each framework. The clock runs from the first message to the
//! outcome; the actors are spawned before. Mailboxes hold 1000 messages, those of ractor are unbounded. A program that needs
//! a different capacity, or has a cycle of messages, states why no mailbox can block it.

mod contest;
mod outcome;
mod program;
mod report;
mod spawn;

mod bank;
mod big;
mod chameneos;
mod counting;
mod dictionary;
mod fork_join;
mod philosophers;
mod ping_pong;
mod radix_sort;
mod ring;
mod trapezoid;

#[cfg(test)]
mod tests;

use program::Program;

pub(crate) use contest::run;
pub(crate) use program::NAMES;
pub(crate) use report::{print, write};

/// All programs, in the order of the paper: micro benchmarks, concurrency, parallelism.
pub(crate) const ALL: [Program; 11] = [
    ping_pong::PING_PONG,
    counting::COUNTING,
    fork_join::FORK_JOIN,
    ring::RING,
    chameneos::CHAMENEOS,
    big::BIG,
    dictionary::DICTIONARY,
    bank::BANK,
    philosophers::PHILOSOPHERS,
    trapezoid::TRAPEZOID,
    radix_sort::RADIX_SORT,
];
