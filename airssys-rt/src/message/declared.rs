//! `Declared`: what an attribute knows about a message or an event, in one constant.

use crate::message::{
    Origin,
    fnv::name_key,
    schema::{Schema, Shape, Type, TypeArgument},
};

/// The name, the place and the schema of a message or an event.
///
/// One constant instead of three: rustc checks and evaluates each constant of an impl, also one that is never used.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    pub name: &'static str,
    pub origin: Origin,
    pub schema: Schema,
    /// The hash of the last segment of the name. The attribute computes it: a constant would take long.
    pub key: u64,
}

/// For generated code. The call is at the place of the attribute: rustc expands each `line!()` as a macro.
impl Declared {
    #[must_use]
    #[track_caller]
    pub const fn message(path: &'static str, key: u64, shape: Shape, reply: Type) -> Self {
        Declared { name: path, origin: Origin::here(path), schema: Schema::message(path, shape, reply), key }
    }

    #[must_use]
    #[track_caller]
    pub const fn event(path: &'static str, key: u64, shape: Shape) -> Self {
        Declared { name: path, origin: Origin::here(path), schema: Schema::event(path, shape), key }
    }

    /// A trait that is implemented without the attribute: only the name is known.
    #[must_use]
    pub(crate) const fn by_hand(name: &'static str, reply: Option<Type>) -> Self {
        let origin = Origin { path: name, line: 0, column: 0 };
        Declared { name, origin, schema: Schema::unknown(name, reply), key: name_key(name) }
    }

    /// Sets the stable name, and its key.
    #[must_use]
    pub const fn named(mut self, name: &'static str, key: u64) -> Self {
        self.name = name;
        self.key = key;
        self.schema.name = name;
        self
    }

    /// Sets the serde attributes of the type.
    #[must_use]
    pub const fn serde(mut self, text: &'static str) -> Self {
        self.schema = self.schema.serde(text);
        self
    }

    /// Sets the arguments of an instance of a generic type.
    #[must_use]
    pub const fn arguments(mut self, arguments: &'static [TypeArgument]) -> Self {
        self.schema = self.schema.arguments(arguments);
        self
    }
}
