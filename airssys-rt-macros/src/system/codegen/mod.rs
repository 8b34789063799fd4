//! The generated code of `#[actor_system]`: enums of all messages and events, the registry, the delivery.
//!
//! The delivery leads from both enums into the registry of the actors.

mod enums;
mod expand;
mod graph_checks;
mod impl_hosted;
mod impl_routed;
mod impl_system;
mod plan;

pub(super) use self::expand::expand;
