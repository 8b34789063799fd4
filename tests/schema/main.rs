//! The schemas of messages, the lock file that keeps them, and their form on the wire.

#![allow(clippy::unwrap_used)] // a test fails by panicking

#[macro_use]
mod pair;

mod compatibility;
mod judged;
mod lock_file;
mod serde_rules;
mod wire;
