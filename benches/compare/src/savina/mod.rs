//! Programs of the Savina actor benchmark suite (Imam and Sarkar, 2014), written from what the paper says each of them does:
//! this framework beside kameo and ractor. Every run checks what the program came to.
//!
//! `cargo run --release --manifest-path benches/compare/Cargo.toml -- --suite savina [--only airssys,..] [--work counting,..]
//! [--rounds N] [--seed N]`
//!
//! Each program has a folder: `rules.rs` is what all contestants share, which is how much there is to do, whatever is
//! computed, and what has to come out; the other files are the same actors in each framework. The clock runs from the first
//! message to the outcome; actors are spawned before. Mailboxes hold 1000 messages, those of ractor have no limit; where a
//! program needs another one, or has a cycle of messages, it says why no mailbox can be in the way.

mod contest;
mod finish;
mod peers;
mod program;
mod report;

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

pub(crate) use contest::hold;
pub(crate) use program::NAMES;
pub(crate) use report::{print, write};

/// All of them, in the order of the paper: small ones, concurrency, parallelism.
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
