//! What a message or an event observers like on a wire: its fields and their types, as they are written in the program.
//!
//! A [`Schema`] is made by the attribute, as plain data in a constant; a program that never asks for it pays nothing.
//!
//! ```
//! use airssys_rt::{message::schema::Shape, prelude::*};
//!
//! #[message(name = "money")]
//! pub struct Money { pub cents: u64 }
//!
//! #[message(reply = bool, name = "pay")]
//! pub struct Pay { pub amount: Option<Money>, pub to: String }
//!
//! let Shape::Struct(fields) = Pay::SCHEMA.shape else { panic!("it has named fields") };
//! assert_eq!(fields.iter().map(|field| field.name).collect::<Vec<_>>(), ["amount", "to"]);
//! assert_eq!(fields[0].ty.to_string(), "Option<Money>");
//! let (_, money) = fields[0].ty.parts().next().expect("it holds a message");
//! assert_eq!(money.name, "money");
//! ```
//!
//! Of a type that is neither a message nor an event its text is known and nothing else: what is in it is not seen. Make it a
//! `#[message]`, whether it is ever sent by itself or not, and it is. So is the text of a parameter (`T`) of a generic
//! message all that is known of it, and the instances of such a message have one schema.
//!
//! # What serde changes
//!
//! The attributes of serde are part of the schema, also inside `cfg_attr`: a field goes by what `rename` says, `alias`
//! and `default` are known, a field under `skip` is left out, and any other is kept as a text.

mod fingerprint;
pub(crate) mod lines;
mod probe;
pub(crate) mod ty;

pub use fingerprint::Fingerprint;
pub use probe::{NoSchema, Probe};

use std::fmt;

/// What a message or an event observers like on a wire.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Schema {
    /// Its name on the wire.
    pub name: &'static str,
    /// What a message is answered with, `()` if it is not answered. An event has none.
    pub reply: Option<Type>,
    /// What is in it.
    pub shape: Shape,
    /// The attributes of serde on the type, without those that are known otherwise.
    pub serde: &'static str,
}

/// What is in a type, or in a variant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// Nobody has said: the trait was implemented by hand.
    Unknown,
    /// Nothing.
    Unit,
    /// Fields by position, in order: their names are `0`, `1`, ..
    Tuple(&'static [Field]),
    /// Fields by name, in the order of their declaration.
    Struct(&'static [Field]),
    /// One of several, in the order of their declaration.
    Enum(&'static [Variant]),
}

/// A field of a message or of a variant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
    /// Whether serde makes up for one that is missing: `#[serde(default)]`.
    pub is_default: bool,
    /// The other names by which serde finds it: `#[serde(alias = "..")]`.
    pub aliases: &'static [&'static str],
    /// Its other attributes of serde.
    pub serde: &'static str,
}

/// A variant of an enum.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Variant {
    /// Its name on the wire.
    pub name: &'static str,
    /// What is in it.
    pub shape: Shape,
    /// The other names by which serde finds it.
    pub aliases: &'static [&'static str],
    /// Its other attributes of serde.
    pub serde: &'static str,
}

/// A type as it is written in the program, without its spaces and line breaks.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    text: &'static str,
    parts: &'static [Part],
}

/// A type inside a type, of which may be known what is in it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Part {
    text: &'static str,
    found: Found,
}

/// A function, because two messages may hold each other: a constant that holds itself is an error.
pub type Found = Option<fn() -> &'static Schema>;

impl Type {
    /// The messages and events in it: how the type writes each, and what it observers like.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &'static Schema)> + '_ {
        self.parts.iter().filter_map(|part| part.found.map(|schema| (part.text, schema())))
    }

    /// Its text.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl Schema {
    /// Of a type about which nobody has said more than its name.
    pub(crate) const fn unknown(name: &'static str, reply: Option<Type>) -> Self {
        Schema { name, reply, shape: Shape::Unknown, serde: "" }
    }
}

/// For generated code: shorter there than the fields.
#[doc(hidden)]
impl Schema {
    #[must_use]
    pub const fn message(name: &'static str, shape: Shape, reply: Type) -> Self {
        Schema { name, reply: Some(reply), shape, serde: "" }
    }

    #[must_use]
    pub const fn event(name: &'static str, shape: Shape) -> Self {
        Schema { name, reply: None, shape, serde: "" }
    }

    #[must_use]
    pub const fn serde(mut self, text: &'static str) -> Self {
        self.serde = text;
        self
    }
}

#[doc(hidden)]
impl Type {
    #[must_use]
    pub const fn new(text: &'static str, parts: &'static [Part]) -> Self {
        Type { text, parts }
    }
}

#[doc(hidden)]
impl Part {
    /// What was found is in one of the two, or in none.
    #[must_use]
    pub const fn new(text: &'static str, message: Found, event: Found) -> Self {
        Part { text, found: if message.is_some() { message } else { event } }
    }
}

#[doc(hidden)]
impl Field {
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str, parts: &'static [Part]) -> Self {
        Field { name, ty: Type::new(text, parts), is_default: false, aliases: &[], serde: "" }
    }

    #[must_use]
    pub const fn default(mut self) -> Self {
        self.is_default = true;
        self
    }

    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    #[must_use]
    pub const fn serde(mut self, text: &'static str) -> Self {
        self.serde = text;
        self
    }
}

#[doc(hidden)]
impl Variant {
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Variant { name, shape, aliases: &[], serde: "" }
    }

    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    #[must_use]
    pub const fn serde(mut self, text: &'static str) -> Self {
        self.serde = text;
        self
    }
}
