//! From an address to a mailbox: the live members of one type of actor, and the names of one system.

mod members;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod names;

pub(crate) use members::Members;
pub(crate) use names::Names;
