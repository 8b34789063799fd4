//! Compile-time assertions about the types that a user names, called by generated code.
//!
//! Each rule is asserted once, with the user's own tokens as generic arguments, so that rustc reports the error at them.

use crate::{
    actor::declare::Actor,
    message::{Carried, Event, Message},
};
use std::{fmt, marker::PhantomData};

pub const fn message<M: Message>() {}

pub const fn event<E: Event>() {}

pub const fn actor<A: Actor>() {}

pub const fn send<T: Send>() {}

/// Asserts that a field of an actor is `Send`, unless the actor itself has an `unsafe impl Send`.
pub const fn field<T: SendField<ACTOR_IS_SEND>, const ACTOR_IS_SEND: bool>() {}

/// The bound of [`field`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent between threads safely",
    label = "not `Send`",
    note = "the state of an actor is sent to its task"
)]
pub trait SendField<const ACTOR_IS_SEND: bool> {}

impl<T> SendField<true> for T {}

#[diagnostic::do_not_recommend]
impl<T: Send> SendField<false> for T {}

/// Finds out whether a type without parameters is `Send`.
///
/// `SendTest::<Account>::IS_SEND` is the inherent constant if `Account` is `Send`; otherwise it is that of [`NotSend`].
pub struct SendTest<T>(PhantomData<T>);

impl<T: Send> SendTest<T> {
    pub const IS_SEND: bool = true;
}

/// The fallback constant of [`SendTest`], implemented for every type.
pub trait NotSend {
    const IS_SEND: bool = false;
}

impl<T> NotSend for SendTest<T> {}

impl<T> fmt::Debug for SendTest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendTest")
    }
}

/// A type that is valid only if a check holds: `<T as If<{ is_actor::<T>() }>>::Type` is `T`.
///
/// If the check fails, the result is an error type: rustc reports the failed check, and reports no further errors for uses of
/// the type.
pub trait If<const HOLDS: bool> {
    type Type;
}

impl<T> If<true> for T {
    type Type = T;
}

/// A type that is valid only if the checks of a block hold: `<Valid as Then<T>>::Type` is `T`, where `Valid` is
/// `<() as If<{ CHECKED }>>::Type`.
///
/// The constant stands in one place of the block: rustc checks each place of a constant argument as a body of its own.
pub trait Then<T> {
    type Type;
}

impl<T> Then<T> for () {
    type Type = T;
}

/// A system, whose constant checks the entries of its lists.
pub trait Checked {
    /// `true`, or an error that rustc has reported: an entry of a list is of the wrong kind.
    const CHECKED: bool;
    /// `true`, or an error that rustc has reported: an actor names an actor or an event that the system does not have.
    const MEMBERS: bool;
    /// `()`, or an error type, if `CHECKED` is an error.
    type Valid;
    /// `()`, or an error type, if `MEMBERS` is an error.
    type Complete;
}

/// The message enum of a listed actor.
pub type MessageOf<A, S> = <<<S as Checked>::Valid as Then<A>>::Type as Actor>::Message;

#[must_use]
pub const fn is_actor<A: Actor>() -> bool {
    A::CHECKED && A::VARIANTS.len() <= u16::MAX as usize
}

/// Checks that `M` is a message. That it is `Send` is checked where it is declared: if it is not, this check is an error without a
/// report.
pub const fn check_message<M: Carried>() {
    assert!(M::CHECKED);
}

/// Finds out whether two types without parameters are one type: the inherent constant if they are, otherwise that of [`DifferentTypes`].
pub struct Pair<A, B>(PhantomData<(A, B)>);

impl<T> Pair<T, T> {
    pub const IS_ONE_TYPE: bool = true;
}

/// The fallback constant of [`Pair`], implemented for every pair.
pub trait DifferentTypes {
    const IS_ONE_TYPE: bool = false;
}

impl<A, B> DifferentTypes for Pair<A, B> {}

impl<A, B> fmt::Debug for Pair<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pair")
    }
}

#[must_use]
pub const fn is_event<E: Event>() -> bool {
    true
}
