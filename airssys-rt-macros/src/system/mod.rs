//! `#[actor_system]`: generates an enum of all messages, one of all events, and their delivery to the actors.
//!
//! `args` parses the arguments, `model` holds the system as the user declared it, and `codegen` writes the code.

mod args;
mod codegen;
mod expand;
mod model;
mod one_type;

pub(crate) use self::args::SystemEntry;
pub(crate) use self::expand::{expand, expand_with};
pub(crate) use self::model::distinct;
