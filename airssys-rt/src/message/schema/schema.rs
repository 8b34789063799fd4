//! `Schema`: the wire format of a message, an event or a part as data: its fields, variants, types and serde attributes.

use super::parsed_type;
use std::{any::type_name, fmt};

/// The form of a message, an event or a part of one on a wire.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Schema {
    /// The name of the type. All instances of a generic type have one; [`wire_name`](Schema::wire_name) has the arguments as well.
    pub name: &'static str,
    /// The reply type of a message, `()` if the message is not answered; `None` for an event and a part.
    pub reply: Option<Type>,
    /// The fields or variants.
    pub shape: Shape,
    /// The serde attributes on the type, except those that the other fields express.
    pub serde: &'static str,
    /// The arguments of an instance of a generic type.
    #[doc(hidden)]
    pub arguments: &'static [TypeArgument],
}

/// The content of a type or of a variant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// Unknown, because the trait was implemented by hand.
    Unknown,
    /// No fields.
    Unit,
    /// Fields by position, in order. Their names are `0`, `1`, .. A skipped field is one of them: a struct with one field is
    /// written as this field, and one with a skipped field beside it as a sequence.
    Tuple(&'static [Field]),
    /// Fields by name, in the order of their declaration, without skipped fields.
    Struct(&'static [Field]),
    /// One of several variants, in the order of their declaration.
    Enum(&'static [Variant]),
}

/// A field of a message or of a variant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Field {
    /// The name on the wire, as it is written: after `rename` and `rename_all`.
    pub name: &'static str,
    /// The type.
    pub ty: Type,
    /// Whether serde fills in a default if the field is missing: `#[serde(default)]`.
    pub is_default: bool,
    /// The function that returns the default, `Self::default()` if it is the field of the default of the whole type. Empty for the
    /// default of the type of the field.
    pub default: &'static str,
    /// Other names that serde accepts: `#[serde(alias = "..")]`.
    pub aliases: &'static [&'static str],
    /// All other serde attributes.
    pub serde: &'static str,
}

/// A variant of an enum.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Variant {
    /// The name on the wire, as it is written: after `rename` and `rename_all`.
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
    pub(super) text: &'static str,
    pub(super) parts: &'static [TypePart],
}

impl Type {
    /// Returns the messages, events and parts that occur in this type: the text of each, and its schema.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &'static Schema)> + '_ {
        self.parts.iter().flat_map(|part| part.schemas().into_iter().map(|schema| (part.text, schema)))
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
        Schema { name, reply, shape: Shape::Unknown, serde: "", arguments: &[] }
    }
}

/// Constructors for generated code: calls are shorter than struct literals.
#[doc(hidden)]
impl Schema {
    #[must_use]
    pub const fn message(name: &'static str, shape: Shape, reply: Type) -> Self {
        Schema { name, reply: Some(reply), shape, serde: "", arguments: &[] }
    }

    #[must_use]
    pub const fn event(name: &'static str, shape: Shape) -> Self {
        Schema { name, reply: None, shape, serde: "", arguments: &[] }
    }

    #[must_use]
    pub const fn serde(mut self, text: &'static str) -> Self {
        self.serde = text;
        self
    }

    #[must_use]
    pub const fn arguments(mut self, arguments: &'static [TypeArgument]) -> Self {
        self.arguments = arguments;
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
impl Field {
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str, parts: &'static [TypePart]) -> Self {
        Field { name, ty: Type::new(text, parts), is_default: false, default: "", aliases: &[], serde: "" }
    }

    #[must_use]
    pub const fn of(name: &'static str, text: &'static str) -> Self {
        Field::new(name, text, &[])
    }

    #[must_use]
    pub const fn default(mut self) -> Self {
        self.is_default = true;
        self
    }

    #[must_use]
    pub const fn default_of(mut self, function: &'static str) -> Self {
        self.is_default = true;
        self.default = function;
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

/// Returns the text to write for a message, an event or a part inside a type.
#[doc(hidden)]
pub type PartNames<'a> = dyn FnMut(&'static Schema) -> String + 'a;

/// Returns the text of a type whose wire format is known, if it is. It is a function because two messages may contain each other,
/// and a constant that refers to itself is an error.
#[doc(hidden)]
pub type Found = Option<fn(&mut PartNames<'_>) -> String>;

/// A type, or the length of an array, that occurs inside another type.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct TypePart {
    pub(super) text: &'static str,
    known: Known,
}

#[derive(Debug, Clone, Copy)]
enum Known {
    Type(Found),
    Length(usize),
}

/// The argument of a parameter of a generic type.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct TypeArgument {
    pub(super) parameter: &'static str,
    text: fn() -> String,
    found: Found,
}

#[doc(hidden)]
impl TypePart {
    /// At most one of the three is `Some`.
    #[must_use]
    pub const fn new(text: &'static str, message: Found, event: Found, part: Found) -> Self {
        let found = match (message, event) {
            (Some(_), _) => message,
            (None, Some(_)) => event,
            (None, None) => part,
        };
        TypePart { text, known: Known::Type(found) }
    }

    /// The length of an array that is not a number in the source.
    #[must_use]
    pub const fn length(text: &'static str, length: usize) -> Self {
        TypePart { text, known: Known::Length(length) }
    }

    pub(super) fn schemas(&self) -> Vec<&'static Schema> {
        let mut schemas = Vec::new();
        if let Known::Type(Some(text)) = self.known {
            text(&mut |schema| {
                schemas.push(schema);
                String::new()
            });
        }
        schemas
    }

    pub(super) fn described(&self, names: &mut PartNames<'_>) -> Option<String> {
        match self.known {
            Known::Type(found) => found.map(|text| text(names)),
            Known::Length(length) => Some(length.to_string()),
        }
    }
}

#[doc(hidden)]
impl TypeArgument {
    #[must_use]
    pub const fn ty<T: ?Sized>(parameter: &'static str, found: Found) -> Self {
        TypeArgument { parameter, text: || type_name::<T>().to_owned(), found }
    }

    #[must_use]
    pub const fn constant(parameter: &'static str, text: fn() -> String) -> Self {
        TypeArgument { parameter, text, found: None }
    }

    pub(super) fn described(&self, names: &mut PartNames<'_>) -> String {
        self.found.map_or_else(|| parsed_type::without_std_paths(&(self.text)()), |text| text(names))
    }
}
