//! The message graph of a system: constant tables that the macros fill, and the checks of them at compile time.
//!
//! Every check takes time in proportion to the number of actors and edges: rustc rejects constants that take long to evaluate.
//!
//! Generated code names the items of this module.

mod check;
mod cycle;
mod duplicate_names;
#[cfg(test)]
mod model_test;
mod node;
mod reachability;
mod text;
mod warning;

pub use check::{Errors, refuse, refuse_unreached, subscriptions, tell_cycle};
pub use cycle::{Cycle, Waits, first_cycle};
pub use duplicate_names::table_size;
pub use node::{Edge, Edges, Handled, Node, Routed};
pub use reachability::{NoFinding, Reachability};
pub use warning::Warning;
