//! The name, origin and schema of a message or an event, with hashes, for the checks of generated code.

use crate::message::{
    Event, Message, Origin,
    fnv::{OFFSET, PRIME, fnv},
    schema::Schema,
};

/// The name, origin and schema of a message or an event, for the constants of generated code.
///
/// The hashes are computed in the constant of each listed message, so that the checks of a system with many messages
/// have little left to compute.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Named {
    pub name: &'static str,
    pub origin: Origin,
    /// Hash of the name.
    pub hash: u64,
    /// Hash of the origin.
    pub id: u64,
    /// A function, so that schemas are built only where they are used.
    pub schema: fn() -> &'static Schema,
}

impl Named {
    #[must_use]
    pub const fn message<M: Message>() -> Self {
        Named::new(M::NAME, M::ORIGIN, || M::SCHEMA)
    }

    #[must_use]
    pub const fn event<E: Event>() -> Self {
        Named::new(E::NAME, E::ORIGIN, || E::SCHEMA)
    }

    const fn new(name: &'static str, origin: Origin, schema: fn() -> &'static Schema) -> Self {
        let place = (origin.line as u64) << 32 | origin.column as u64;
        let hash = fnv(OFFSET, name);
        Named { name, origin, hash, id: fnv(OFFSET ^ place.wrapping_mul(PRIME), origin.path), schema }
    }
}
