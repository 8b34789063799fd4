use crate::message::{Event, Message, schema::Schema};

/// Where a message or an event is declared: its path, and the place of its attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Module path and type name.
    pub path: &'static str,
    /// Line of the attribute.
    pub line: u32,
    /// Column of the attribute.
    pub column: u32,
}

/// The name of a message or an event, and who goes by it. For the constants of generated code.
///
/// The hashes are made where the message is listed, so that a system with many of them has little left to do.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Named {
    pub name: &'static str,
    pub origin: Origin,
    /// Of the name.
    pub hash: u64,
    /// Of the origin.
    pub id: u64,
    /// A function, so that nobody makes the schemas who does not look at them.
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

pub(crate) const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a: short enough for a constant.
pub(crate) const fn fnv(mut hash: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}
