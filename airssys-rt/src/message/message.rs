//! The trait `Message`: a type that actors handle, with its reply type, wire name and schema.

use crate::message::{
    Carried, Declared, Origin,
    schema::{Schema, Type},
};

/// A type that actors handle, implemented by [`#[message]`](macro@crate::message).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "not a message",
    note = "annotate `{Self}` with `#[message]`, or with `#[message(reply = ..)]` if it is answered",
    note = "an event is received with `#[on_event]` and sent with `ctx.publish(..)`"
)]
pub trait Message: Carried<Answer = <Self as Message>::Reply> + Send + Sized + 'static {
    /// The type of the answer that the asking side receives; `()` if the message is not answered.
    type Reply: Send + 'static;
    /// For generated code: the source of the constants below. A manual impl sets `NAME` instead.
    #[doc(hidden)]
    const DECLARED: Declared = Declared::by_hand(Self::NAME, Some(Type::new("unknown", &[])));
    /// A stable and unique name: module path and type name, or the value of `name = ".."`.
    const NAME: &'static str = Self::DECLARED.name;
    /// The place of the declaration. Two messages of one system with one [`NAME`](Message::NAME) and different origins
    /// are a compile error; the instances of a generic message have one origin.
    const ORIGIN: Origin = Self::DECLARED.origin;
    /// The schema of the message on a wire. For a manual impl the shape is unknown.
    const SCHEMA: &'static Schema = &Self::DECLARED.schema;
}
