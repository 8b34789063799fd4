//! The generated code of `#[actor]`: two hidden enums, the `Actor` impl, the permissions, the edges in a system.
//!
//! The permissions say what the actor handles, publishes, asks, tells and spawns.
//!
//! Generated items are well-formed whatever the user got wrong, and each rule is asserted once, at the user's token, in
//! `checks`. Therefore no generated item has a bound that it does not need, and the type of a reply is taken from the
//! method and not from the message.

mod checks;
mod expand;
mod impl_actor;
mod impl_member;
mod imports;
mod permissions;
mod plan;
mod types;

pub(super) use self::expand::{expand, for_editor};
pub(super) use self::plan::LARGEST_ENUM;
