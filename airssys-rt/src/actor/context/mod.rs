//! `ActorContext`, the context of an actor: what a handler can do and read.

mod actor_context;
mod current_message;
mod habits;

pub use actor_context::ActorContext;
