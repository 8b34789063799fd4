//! elfo: groups of actors on tokio; a router selects an actor by key and starts it at the first message for that key.
//!
//! Senders are actors as well. A node is started as in elfo's own benchmarks: without its signal handlers, which would stay
//! in this process.

mod actors;
mod works;

pub(crate) use works::ELFO;
