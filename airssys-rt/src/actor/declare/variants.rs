//! What the library asks of the enums of an actor: the trait `Variants` of the messages, and the functions of one variant.

use crate::{
    message::LetterContent,
    reply::{Cause, ReplySlot},
};
use std::fmt;

/// An enum of the messages of an actor. `#[actor]` uses one that implements it.
pub trait Variants {
    /// Returns the position of the variant in [`VARIANTS`](crate::actor::Actor::VARIANTS).
    fn number(&self) -> u16;

    /// Ends the ask of a message that will never be handled: the asking side receives `why`.
    fn refuse(&mut self, why: Cause);

    /// Returns what a dead letter may keep of the message; `None` if that is nothing.
    #[doc(hidden)]
    fn content(&self) -> Option<&dyn LetterContent> {
        None
    }
}

/// How a message is put into the message enum `E` of an actor, and taken out of it.
///
/// Functions in a constant, and not methods of a trait: generated code names the constant of the library, and rustc checks no body for
/// each message.
#[doc(hidden)]
pub struct MessageVariant<E, M, R> {
    pub wrap: fn(M, ReplySlot<R>) -> E,
    /// Returns the message and its reply slot, if the value is this message.
    pub unwrap: fn(E) -> Option<(M, ReplySlot<R>)>,
    /// Returns a reference to the message, if the value is this message.
    pub peek: fn(&E) -> Option<&M>,
}

/// How an event is put into the event enum `E` of an actor, and taken out of it.
#[doc(hidden)]
pub struct EventVariant<E, T> {
    pub wrap: fn(T) -> E,
    /// Returns the event; `Err` with the value if it is another event.
    pub unwrap: fn(E) -> Result<T, E>,
}

impl<E, M, R> MessageVariant<E, M, R> {
    /// For an actor whose declaration is wrong: no function is called.
    pub const NEVER: Self =
        MessageVariant { wrap: |_, _| unreachable!(), unwrap: |_| unreachable!(), peek: |_| unreachable!() };
}

impl<E, T> EventVariant<E, T> {
    /// For an actor whose declaration is wrong: no function is called.
    pub const NEVER: Self = EventVariant { wrap: |_| unreachable!(), unwrap: |_| unreachable!() };
}

impl<E, M, R> fmt::Debug for MessageVariant<E, M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MessageVariant")
    }
}

impl<E, T> fmt::Debug for EventVariant<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventVariant")
    }
}
