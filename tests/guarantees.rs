//! What a user may rely on, one file a guarantee. Case ids are those of the specification.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod ask;
mod events;
mod ledger;
mod lifecycle;
mod mailbox;
mod names;
mod order;
mod shutdown;
mod start;
mod topology;
