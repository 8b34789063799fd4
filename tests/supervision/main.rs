//! Supervision: supervisors, their children, and restarts.
//!
//! Case ids are those of the specification.

#![cfg(panic = "unwind")] // without unwinding no panic is contained
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::error::Error;

mod admin;
mod backoff;
mod between_incarnations;
mod deep_supervisors;
mod dynamic;
mod escalation;
mod intensity;
mod jitter;
mod last_incarnation;
mod nested_settings;
mod races;
mod restart;
mod restart_mailbox;
mod restart_types;
mod start;
mod stopping;
mod strategies;
mod stuck;
mod tree;

/// The texts of an error and of all its sources.
fn chain(error: &dyn Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut error = error;
    while let Some(source) = error.source() {
        texts.push(source.to_string());
        error = source;
    }
    texts
}
