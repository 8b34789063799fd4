//! The names and types of a schema with what is known at run time: arguments of parameters and types inside of types.

use super::{PartNames, Schema, Type, parsed_type};

impl Schema {
    /// Returns the name on the wire: for an instance of a generic type with its arguments, as `bank::Changed<u64>`.
    ///
    /// The name of an argument without the bound [`Part`](super::Part) is that of [`type_name`](std::any::type_name).
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
