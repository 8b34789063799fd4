//! Brokers, taps, hooks of brokers, dead letters and metrics.
//!
//! Case ids are those of the specification.

#![cfg(panic = "unwind")] // without unwinding no panic is contained
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod custom_broker;
mod dead_letter_store;
mod dead_letters;
mod dead_payloads;
mod dead_texts;
mod dropped_sends;
mod failing_events;
mod hooks;
mod in_memory;
mod message_outcomes;
mod metrics;
mod records;
mod tap_filter;
mod tap_reentrancy;
mod taps;
mod topics;
