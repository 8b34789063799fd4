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

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &Schema = &Schema::event("bank.Note", Shape::Unit);
    const FEE: &Schema = &Schema::message("bank.Fee", Shape::Unit, Type::of("()"));

    fn text(schema: &Schema) -> String {
        schema.lines(true, &mut |part| part.name.to_owned())
    }

    #[test]
    fn each_part_of_a_schema_is_in_its_text() {
        let found: &[TypePart] =
            const { &[TypePart::new("Fee", Some(|| FEE), None), TypePart::new("Note", None, Some(|| NOTE))] };
        let fields = [
            Field::of("cents", "u64").default().aliases(&["amount"]),
            Field::new("notes", "Vec<(Fee,Note)>", found).serde("skip"),
        ];
        let variants = [
            Variant::new("Open", Shape::Unit).aliases(&["Opened"]).serde("untagged"),
            Variant::new("Closed", Shape::Tuple(const { &[Field::of("0", "u8")] })),
        ];
        let fields: &'static [Field] = fields.to_vec().leak();
        let variants: &'static [Variant] = variants.to_vec().leak();
        let message = Schema::message("bank.Pay", Shape::Struct(fields), Type::new("Option<Fee>", found));
        assert_eq!(
            text(&message.serde("deny_unknown_fields")),
            "struct -> Option<@bank.Fee>\n  serde deny_unknown_fields\n  field cents: u64\n    default\n    alias amount\n  \
             field notes: Vec<(@bank.Fee,@bank.Note)>\n    serde skip\n"
        );
        let event = Schema::event("bank.State", Shape::Enum(variants));
        assert_eq!(
            text(&event),
            "enum\n  variant Open unit\n    alias Opened\n    serde untagged\n  variant Closed tuple\n    field 0: u8\n"
        );
        assert_eq!((message.noun(), event.noun()), ("message", "event"));
        let parts: Vec<_> =
            Type::new("Vec<(Fee,Note)>", found).parts().map(|(text, schema)| (text, schema.name)).collect();
        assert_eq!(parts, [("Fee", "bank.Fee"), ("Note", "bank.Note")]);
    }

    #[test]
    fn each_part_of_a_schema_is_in_its_fingerprint() {
        let fingerprint = |schema: Schema| Box::leak(Box::new(schema)).fingerprint();
        let field = |field: Field| Schema::event("a", Shape::Struct(vec![field].leak()));
        let variant = |variant: Variant| Schema::event("a", Shape::Enum(vec![variant].leak()));
        let plain = Field::of("a", "u8");
        let all = [
            Schema::event("a", Shape::Unit),
            Schema::event("b", Shape::Unit),
            Schema::event("a", Shape::Unit).serde("x"),
            Schema::message("a", Shape::Unit, Type::of("()")),
            Schema::message("a", Shape::Unit, Type::of("u8")),
            Schema::unknown("a", None),
            field(plain),
            field(plain.default()),
            field(plain.aliases(&["b"])),
            field(plain.serde("x")),
            field(Field::of("b", "u8")),
            field(Field::of("a", "u16")),
            variant(Variant::new("a", Shape::Unit)),
            variant(Variant::new("b", Shape::Unit)),
            variant(Variant::new("a", Shape::Tuple(&[]))),
            variant(Variant::new("a", Shape::Unit).aliases(&["b"])),
            variant(Variant::new("a", Shape::Unit).serde("x")),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().map(|schema| fingerprint(*schema)).collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(fingerprint(all[6]), fingerprint(field(plain)), "the same schema has the same");
        let first = fingerprint(all[0]);
        assert_eq!(first.to_string(), format!("{:016x}", first.as_u64()));
    }
}
