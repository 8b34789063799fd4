//! The schemas of messages, the lock file that keeps them, and their form on the wire.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod compatibility;
mod lock_file;
mod wire;
