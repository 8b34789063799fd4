//! `#[actor_system]`: generates an enum of all messages, an enum of all events, and the delivery of both to the actors.
//!
//! `args` parses the arguments, `model` holds the system as the user declared it, and `codegen` writes the code.

mod args;
mod codegen;
mod expand;
mod model;

pub(crate) use self::expand::expand;
