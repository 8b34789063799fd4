//! The trait `Event`: a type that actors publish and subscribe to.

use crate::message::{Declared, Kept, Origin, schema::Schema};

/// A type that actors publish and subscribe to, implemented by [`#[event]`](macro@crate::event).
///
/// Each subscriber receives its own clone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "not an event",
    note = "annotate `{Self}` with `#[event]`"
)]
pub trait Event: Clone + Send + 'static {
    /// For generated code: the source of the constants below. A manual impl sets `NAME` instead.
    #[doc(hidden)]
    const DECLARED: Declared = Declared::by_hand(Self::NAME, None);
    /// For generated code: what a dead letter keeps of the event.
    #[doc(hidden)]
    #[must_use]
    fn kept() -> Kept<Self> {
        Kept::NOTHING
    }
    /// A stable and unique name: module path and type name, or the value of `name = ".."`.
    const NAME: &'static str = Self::DECLARED.name;
    /// The place of the declaration.
    const ORIGIN: Origin = Self::DECLARED.origin;
    /// The schema of the event on a wire. For a manual impl the shape is unknown.
    const SCHEMA: &'static Schema = &Self::DECLARED.schema;
}

/// The event type of an actor that publishes no events.
#[derive(Debug, Clone)]
pub enum NoEvents {}
