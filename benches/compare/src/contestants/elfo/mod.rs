//! elfo: groups of actors on tokio, which a router tells apart by keys and starts when the first message for a key comes.
//!
//! Who sends is an actor, too. A node is started as elfo's own benchmarks do it: without its signal handlers, which would
//! stay in this process.

mod actors;
mod works;

pub(crate) use works::ELFO;
