//! The message graph of a system: tables of plain data that the macros fill, and what is checked in them when the system
//! is compiled.
//!
//! Whatever is checked takes time in proportion to the number of actors and edges: rustc refuses constants that take long.

mod check;
mod cycle;
mod node;
mod reach;
mod text;
mod twins;
mod warning;

pub use check::{Faults, refuse, refuse_unreached, subscriptions, tell_cycle};
pub use cycle::{Cycle, Waits, first};
pub use node::{Edge, Edges, Handled, Node, Routed};
pub use reach::Reach;
pub use twins::room;
pub use warning::Warning;
