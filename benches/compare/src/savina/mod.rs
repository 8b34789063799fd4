//! Programs of the Savina actor benchmark suite (Imam and Sarkar, 2014), written from what the paper says each of them does:
//! this framework beside kameo and ractor. Every run checks what the program came to.

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
