//! The trait `Variants`: what the library asks of the message enum of an actor.

use crate::reply::Cause;

/// An enum of the messages of an actor. `#[actor]` uses one that implements it.
pub trait Variants {
    /// Returns the position of the variant in [`VARIANTS`](crate::actor::Actor::VARIANTS).
    fn number(&self) -> u16;

    /// Ends the ask of a message that will never be handled: the asking side receives `why`.
    fn refuse(&mut self, why: Cause);
}
