//! The message graph: its cycles, its warnings, its pictures, and which of its edges a test covers.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod coverage;
mod cycles;
mod included;
mod large;
mod picture_file;
mod pictures;
mod warnings;
