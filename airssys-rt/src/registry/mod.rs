//! The registry: it finds live actors of one type by their id, and ids by the names of one system.

mod members;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod names;

pub(crate) use members::Members;
pub(crate) use names::NameTable;
