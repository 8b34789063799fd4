//! What `#[actor_system]` generates: an enum of all messages, an enum of all events, the registry of the actors, and the
//! delivery from both enums into it.

mod enums;
mod expand;
mod graph_checks;
mod impl_hosted;
mod impl_routed;
mod impl_system;
mod plan;

pub(super) use self::expand::expand;
