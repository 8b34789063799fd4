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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{
        fnv::name_key,
        schema::{Shape, Type},
    };

    fn named(declared: Declared) -> Named {
        Named::new(declared, || const { &Schema::unknown("a", None) })
    }

    /// A message is the place where it is declared; its name is what it is called on the wire.
    #[test]
    fn a_message_is_its_place_and_not_its_name() {
        let declare = |path| Declared::message(path, name_key(path), Shape::Unit, Type::of("()"));
        let first = named(declare("bank::Deposit"));
        assert!(first.is(&named(declare("bank::Deposit"))), "the same line");
        assert!(!first.is(&named(declare("tank::Deposit"))), "another path");
        let path = "bank::Deposit";
        let other_line = named(Declared::message(path, name_key(path), Shape::Unit, Type::of("()")));
        assert!(!first.is(&other_line), "two messages of one path, as in two blocks");
        assert_eq!(first.hash, other_line.hash);
        let renamed = declare(path).named("bank.Deposit", name_key("bank.Deposit"));
        assert_eq!((renamed.name, renamed.schema.name), ("bank.Deposit", "bank.Deposit"));
        assert_ne!(named(renamed).hash, first.hash);
        assert_eq!(renamed.origin.path, "bank::Deposit");
    }

    #[test]
    fn a_declaration_has_the_schema_of_its_kind() {
        let event = Declared::event("bank::Noted", 1, Shape::Unit).serde("transparent");
        assert_eq!((event.schema.noun(), event.schema.serde), ("event", "transparent"));
        let message = Declared::by_hand("bank::Deposit", Some(Type::of("u64")));
        assert_eq!((message.schema.noun(), message.key), ("message", name_key("bank::Deposit")));
        assert!(matches!(message.schema.shape, Shape::Unknown));
        let same_name = named(Declared::by_hand("bank::Deposit", None));
        assert!(named(message).is(&same_name), "the place is unknown: the name is all there is");
    }

    #[test]
    fn texts_are_compared_byte_by_byte() {
        for (a, b) in [("", ""), ("a", "a"), ("bank::A", "bank::A")] {
            assert!(is_same_text(a, b));
        }
        for (a, b) in [("", "a"), ("a", "b"), ("bank::A", "tank::A"), ("ab", "a"), ("a::b", "a::c")] {
            assert!(!is_same_text(a, b) && !is_same_text(b, a), "{a} {b}");
        }
    }
}
