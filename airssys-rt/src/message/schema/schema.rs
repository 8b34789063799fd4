//! `Schema`: the wire format of a message or an event as data: its fields, variants, types and serde attributes.

use std::fmt;

/// The form of a message or an event on a wire.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Schema {
    /// The name on the wire.
    pub name: &'static str,
    /// The reply type of a message, `()` if the message is not answered; `None` for an event.
    pub reply: Option<Type>,
    /// The fields or variants.
    pub shape: Shape,
    /// The serde attributes on the type, except those that the other fields express.
    pub serde: &'static str,
}

/// The content of a type or of a variant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// Unknown, because the trait was implemented by hand.
    Unknown,
    /// No fields.
    Unit,
    /// Fields by position, in order. Their names are `0`, `1`, ..
    Tuple(&'static [Field]),
    /// Fields by name, in the order of their declaration.
    Struct(&'static [Field]),
    /// One of several variants, in the order of their declaration.
    Enum(&'static [Variant]),
}

/// A field of a message or of a variant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The type.
    pub ty: Type,
    /// Whether serde fills in a default if the field is missing: `#[serde(default)]`.
    pub is_default: bool,
    /// Other names that serde accepts: `#[serde(alias = "..")]`.
    pub aliases: &'static [&'static str],
    /// All other serde attributes.
    pub serde: &'static str,
}

/// A variant of an enum.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Variant {
    /// The name on the wire.
    pub name: &'static str,
    /// The fields.
    pub shape: Shape,
    /// Other names that serde accepts.
    pub aliases: &'static [&'static str],
    /// All other serde attributes.
    pub serde: &'static str,
}

/// A type as it is written in the program, without spaces and line breaks.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    text: &'static str,
    parts: &'static [TypePart],
}

/// A type that occurs inside another type, with its schema if it is a message or an event.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct TypePart {
    text: &'static str,
    found: Found,
}

/// The schema of a type, if it has one. It is a function because two messages may contain each other, and a constant that
/// refers to itself is an error.
pub type Found = Option<fn() -> &'static Schema>;

impl Type {
    /// Returns the messages and events that occur in this type: the text of each, and its schema.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &'static Schema)> + '_ {
        self.parts.iter().filter_map(|part| part.found.map(|schema| (part.text, schema())))
    }

    /// Returns the text of the type.
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
    /// Makes the schema of a type of which only the name and the reply are known.
    pub(crate) const fn unknown(name: &'static str, reply: Option<Type>) -> Self {
        Schema { name, reply, shape: Shape::Unknown, serde: "" }
    }
}

/// Constructors for generated code: calls are shorter than struct literals.
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
    pub const fn new(text: &'static str, parts: &'static [TypePart]) -> Self {
        Type { text, parts }
    }

    /// A type of the standard library: no message is in it.
    #[must_use]
    pub const fn of(text: &'static str) -> Self {
        Type { text, parts: &[] }
    }
}

#[doc(hidden)]
impl TypePart {
    /// At most one of `message` and `event` is `Some`.
    #[must_use]
    pub const fn new(text: &'static str, message: Found, event: Found) -> Self {
        TypePart { text, found: if message.is_some() { message } else { event } }
    }
}

#[doc(hidden)]
impl Field {
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str, parts: &'static [TypePart]) -> Self {
        Field { name, ty: Type::new(text, parts), is_default: false, aliases: &[], serde: "" }
    }

    #[must_use]
    pub const fn of(name: &'static str, text: &'static str) -> Self {
        Field { name, ty: Type::of(text), is_default: false, aliases: &[], serde: "" }
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
