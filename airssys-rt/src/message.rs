//! What can be sent.

/// A type that actors handle. Made by [`#[message]`](macro@crate::message).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "not a message",
    note = "annotate `{Self}` with `#[message]`, or with `#[message(reply = ..)]` if it is answered",
    note = "an event is received with `#[on_event]` and sent with `ctx.publish(..)`"
)]
pub trait Message: Send + Sized + 'static {
    /// What whoever asks gets back; `()` if the message is not answered.
    type Reply: Send + 'static;
    /// A name that is stable and unique: module path and type name, or what `name = ".."` says.
    const NAME: &'static str;
}

/// A type that actors publish and subscribe to. Made by [`#[event]`](macro@crate::event).
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
}

/// The events of an actor that publishes none.
#[derive(Debug, Clone)]
pub enum NoEvents {}
