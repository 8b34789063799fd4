//! The name, origin and schema of a message or an event, with hashes, for the checks of generated code.

use crate::message::{Declared, Event, Message, Origin, fnv::PRIME, schema::Schema};

/// The name, origin and schema of a message or an event, for the constants of generated code.
///
/// The hashes follow from a key that the attribute computes: a loop over the bytes of each name takes a twentieth of the time of
/// checking a program.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Named {
    pub name: &'static str,
    pub origin: Origin,
    /// Hash of the name: equal names have equal hashes.
    pub hash: u64,
    /// Hash of the origin: one message has one. [`is`](Named::is) compares the origins.
    pub id: u64,
    /// A function, so that schemas are built only where they are used.
    pub schema: fn() -> &'static Schema,
}

impl Named {
    #[must_use]
    pub const fn message<M: Message>() -> Self {
        Named::new(M::DECLARED, || M::SCHEMA)
    }

    #[must_use]
    pub const fn event<E: Event>() -> Self {
        Named::new(E::DECLARED, || E::SCHEMA)
    }

    const fn new(declared: Declared, schema: fn() -> &'static Schema) -> Self {
        let Declared { name, origin, key, .. } = declared;
        let place = (origin.path.len() as u64) << 48 ^ (origin.line as u64) << 16 ^ origin.column as u64;
        let (hash, id) = (key ^ (name.len() as u64).wrapping_mul(PRIME), key ^ place.wrapping_mul(PRIME));
        Named { name, origin, hash, id, schema }
    }

    /// Returns whether both are the same message or event.
    #[must_use]
    pub(crate) const fn is(&self, other: &Named) -> bool {
        self.id == other.id && is_same_text(self.origin.path, other.origin.path)
    }
}

/// Compares two texts in a constant.
pub(crate) const fn is_same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = a.len();
    // Paths differ at their end rather than at their start.
    while at > 0 {
        at -= 1;
        if a[at] != b[at] {
            return false;
        }
    }
    true
}
