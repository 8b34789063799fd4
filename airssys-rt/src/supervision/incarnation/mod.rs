//! One incarnation of a supervisor: carries out the restarts and stops that its plan decides.
//!
//! Nothing here waits.

mod child_entry;
mod child_info;
mod commands;
mod deferred;
mod effects;
mod incarnation;

pub(super) use incarnation::{Incarnation, IncarnationStart};
