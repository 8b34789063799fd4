//! The trait `Event`: a type that actors publish and subscribe to.

use crate::message::{Origin, schema::Schema};

/// A type that actors publish and subscribe to, implemented by [`#[event]`](macro@crate::event).
///
/// Each subscriber receives its own clone. The clones are made while the list of subscribers is locked: `clone` must not
/// spawn or look up actors.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "not an event",
    note = "annotate `{Self}` with `#[event]`"
)]
pub trait Event: Clone + Send + 'static {
    /// A stable and unique name: module path and type name, or the value of `name = ".."`.
    const NAME: &'static str;
    /// The place of the declaration.
    const ORIGIN: Origin = Origin { path: Self::NAME, line: 0, column: 0 };
    /// The schema of the event on a wire. For a manual impl the shape is unknown.
    const SCHEMA: &'static Schema = &Schema::unknown(Self::NAME, None);
}

/// The event type of an actor that publishes no events.
#[derive(Debug, Clone)]
pub enum NoEvents {}
