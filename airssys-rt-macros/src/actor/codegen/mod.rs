//! What `#[actor]` generates: two hidden enums, the `Actor` impl, the permissions of the actor (what it handles, publishes,
//! asks, tells and spawns), and its edges in a system.
//!
//! Generated items are well-formed whatever the user got wrong, and each rule is asserted once, at the user's token, in
//! `checks`. Therefore no generated item has a bound that it does not need, and the type of a reply is taken from the
//! method and not from the message.

mod checks;
mod enums;
mod expand;
mod impl_actor;
mod impl_member;
mod permissions;
mod plan;

pub(super) use self::expand::expand;
