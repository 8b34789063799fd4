//! The context of an actor: what a handler can do, and what it can know.

mod actor_context;

pub use actor_context::ActorContext;
