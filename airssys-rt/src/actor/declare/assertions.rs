//! Each rule about a type the user names is asserted once, here, by generated code, with the user's own tokens as
//! generic arguments: rustc points at them.

use crate::{
    actor::declare::Actor,
    message::{Carried, Event, Message},
};
use std::{fmt, marker::PhantomData};

/// A method returns what its message is answered with.
#[diagnostic::on_unimplemented(
    message = "the handler returns `{Self}`, but the message is answered with `{R}`",
    label = "expected `{R}`",
    note = "the reply type belongs to the message: `#[message(reply = ..)]`"
)]
pub trait IsReply<R> {}

#[diagnostic::do_not_recommend]
impl<R> IsReply<R> for R {}

/// The reply of a message. `message::<M>().reply::<R>()`: if `M` is no message, the type of the first call is unknown
/// and the second is not checked.
pub struct Answered<R>(PhantomData<R>);

impl<R> Answered<R> {
    pub fn reply<T: IsReply<R>>(self) {}
}

impl<R> fmt::Debug for Answered<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answered")
    }
}

pub const fn message<M: Message>() -> Answered<M::Reply> {
    Answered(PhantomData)
}

pub const fn event<E: Event>() {}

pub const fn actor<A: Actor>() {}

pub const fn send<T: Send>() {}

/// A field of an actor: it must be `Send`, unless the actor says of itself that it is (`unsafe impl Send`).
pub const fn field<T: Field<ACTOR_IS_SEND>, const ACTOR_IS_SEND: bool>() {}

/// What [`field`] asks.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent between threads safely",
    label = "not `Send`",
    note = "the state of an actor is sent to its task"
)]
pub trait Field<const ACTOR_IS_SEND: bool> {}

impl<T> Field<true> for T {}

#[diagnostic::do_not_recommend]
impl<T: Send> Field<false> for T {}

/// Whether a type without parameters is `Send`: `State::<Account>::IS_SEND` is the inherent constant if it is, and that
/// of [`NotSend`] if not.
pub struct State<T>(PhantomData<T>);

impl<T: Send> State<T> {
    pub const IS_SEND: bool = true;
}

/// Of any [`State`].
pub trait NotSend {
    const IS_SEND: bool = false;
}

impl<T> NotSend for State<T> {}

impl<T> fmt::Debug for State<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State")
    }
}

/// `<T as If<{ is_actor::<T>() }>>::Type` is `T`. If the check fails, it is an error type: rustc reports the check,
/// and nothing that is made of the type is reported again.
pub trait If<const HOLDS: bool> {
    type Type;
}

impl<T> If<true> for T {
    type Type = T;
}

/// What a listed actor receives: `MessageOf<Account, { is_actor::<Account>() }>`.
pub type MessageOf<A, const IS_ACTOR: bool> = <<A as If<IS_ACTOR>>::Type as Actor>::Message;

#[must_use]
pub const fn is_actor<A: Actor>() -> bool {
    A::VARIANTS.len() <= u16::MAX as usize
}

/// Asks only for what has no bounds of its own: whether a message is `Send` may lead back to the actor that handles it.
#[must_use]
pub const fn is_message<M: Carried>() -> bool {
    true
}

#[must_use]
pub const fn is_event<E: Event>() -> bool {
    true
}
