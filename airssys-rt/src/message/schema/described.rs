//! What a schema knows of the types in it: `TypePart` of a type inside a type, `TypeArgument` of a parameter.

use super::{Schema, Type, parsed_type};
use std::any::type_name;

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
    parameter: &'static str,
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

    fn described(&self, names: &mut PartNames<'_>) -> Option<String> {
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

    fn described(&self, names: &mut PartNames<'_>) -> String {
        self.found.map_or_else(|| parsed_type::without_std_paths(&(self.text)()), |text| text(names))
    }
}

impl Schema {
    /// Returns the name on the wire: for an instance of a generic type with its arguments, as `bank::Changed<u64>`.
    ///
    /// The name of an argument without the bound [`Part`](super::Part) is that of [`type_name`].
    #[must_use]
    pub fn wire_name(&self) -> String {
        let mut name = self.name.to_owned();
        for (at, argument) in self.arguments.iter().enumerate() {
            name.push_str(if at == 0 { "<" } else { ", " });
            name.push_str(&argument.described(&mut Schema::wire_name));
        }
        if !self.arguments.is_empty() {
            name.push('>');
        }
        name
    }

    /// Returns the text of a type in this schema, in which each known type and each argument of a parameter is replaced.
    pub(crate) fn text_of(&self, ty: &Type, names: &mut PartNames<'_>) -> String {
        let mut known = Vec::new();
        for part in ty.parts {
            known.extend(part.described(names).map(|text| (part.text, text)));
        }
        for argument in self.arguments {
            if !known.iter().any(|(text, _)| *text == argument.parameter) {
                known.push((argument.parameter, argument.described(names)));
            }
        }
        parsed_type::replace(ty.text, &known)
    }
}
