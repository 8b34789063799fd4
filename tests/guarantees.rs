//! What a user may rely on, one file a guarantee. Case ids are those of the specification.

#![cfg(panic = "unwind")] // nothing is contained without
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod addresses;
mod admin;
mod ask;
mod blocking;
mod brokers;
mod by_hand;
mod children;
mod config;
mod dead_letters;
mod endings;
mod escalation;
mod events;
mod fates;
mod forms;
mod graph;
mod graveyard;
mod hooks;
mod in_memory;
mod itself;
mod ledger;
mod lifecycle;
mod limits;
mod mailbox;
mod meanwhile;
mod metrics;
mod names;
mod order;
mod pools;
mod public_types;
mod publisher;
mod regressions;
mod restart;
mod shutdown;
mod stale;
mod start;
mod starts_again;
mod stopping;
mod strategies;
mod stuck;
mod supervision;
mod taps;
mod topics;
mod trees;
mod ttl;
mod watching;
