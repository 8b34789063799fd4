//! One incarnation of a supervisor: it carries out the actions of its plan. Nothing here waits.

mod child_entry;
mod child_info;
mod commands;
mod deferred;
mod effects;
mod incarnation;

pub(super) use incarnation::Incarnation;
