use crate::message::{
    Carried, Origin,
    schema::{Schema, Type},
};

/// A type that actors handle. ActorSource by [`#[message]`](macro@crate::message).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "not a message",
    note = "annotate `{Self}` with `#[message]`, or with `#[message(reply = ..)]` if it is answered",
    note = "an event is received with `#[on_event]` and sent with `ctx.publish(..)`"
)]
pub trait Message: Carried<Answer = <Self as Message>::Reply> + Send + Sized + 'static {
    /// What whoever asks gets back; `()` if the message is not answered.
    type Reply: Send + 'static;
    /// A name that is stable and unique: module path and type name, or what `name = ".."` says.
    const NAME: &'static str;
    /// Where it is declared. Two messages of one system with one [`NAME`](Message::NAME) and different origins are a
    /// compile error; the instances of a generic message have one origin.
    const ORIGIN: Origin = Origin { path: Self::NAME, line: 0, column: 0 };
    /// What it observers like on a wire. Of an impl by hand nothing is known.
    const SCHEMA: &'static Schema = &Schema::unknown(Self::NAME, Some(Type::new("unknown", &[])));
}

/// A type that actors publish and subscribe to. ActorSource by [`#[event]`](macro@crate::event).
///
/// Each subscriber gets a clone of its own. The clones are made while the list of subscribers is locked: `clone` should
/// only clone, and spawn and look up no actors.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "not an event",
    note = "annotate `{Self}` with `#[event]`"
)]
pub trait Event: Clone + Send + 'static {
    /// A name that is stable and unique: module path and type name, or what `name = ".."` says.
    const NAME: &'static str;
    /// Where it is declared.
    const ORIGIN: Origin = Origin { path: Self::NAME, line: 0, column: 0 };
    /// What it observers like on a wire. Of an impl by hand nothing is known.
    const SCHEMA: &'static Schema = &Schema::unknown(Self::NAME, None);
}

/// The events of an actor that publishes none.
#[derive(Debug, Clone)]
pub enum NoEvents {}
