//! A schema as lines of text: what is hashed, and what a lock file holds.

use crate::message::schema::{Field, Schema, Shape, Type, Variant, ty};
use std::fmt::Write;

/// What to call a message or an event that is inside a type.
type Call<'a> = dyn FnMut(&'static Schema) -> String + 'a;

impl Schema {
    /// `message` or `event`.
    pub(crate) const fn noun(&self) -> &'static str {
        if self.reply.is_some() { "message" } else { "event" }
    }

    /// The shape, the reply if it is `answered`, and a line for each field and variant. A message or an event inside a type
    /// is written `@` and what `call` says.
    pub(crate) fn lines(&self, answered: bool, call: &mut Call<'_>) -> String {
        let mut text = self.shape.word().to_owned();
        if let (Some(reply), true) = (self.reply, answered) {
            add(&mut text, format_args!(" -> {}", reply.written(call)));
        }
        text.push('\n');
        serde(&mut text, 2, self.serde);
        shape(&mut text, 2, self.shape, call);
        text
    }
}

impl Type {
    /// Its text, in which each part is written `@` and what `call` says.
    pub(crate) fn written(&self, call: &mut Call<'_>) -> String {
        self.parts().fold(self.as_str().to_owned(), |text, (part, schema)| {
            ty::replace(&text, part, &format!("@{}", call(schema)))
        })
    }
}

impl Shape {
    const fn word(self) -> &'static str {
        match self {
            Shape::Unknown => "unknown",
            Shape::Unit => "unit",
            Shape::Tuple(_) => "tuple",
            Shape::Struct(_) => "struct",
            Shape::Enum(_) => "enum",
        }
    }
}

fn shape(text: &mut String, depth: usize, of: Shape, call: &mut Call<'_>) {
    match of {
        Shape::Unknown | Shape::Unit => {}
        Shape::Tuple(fields) | Shape::Struct(fields) => {
            fields.iter().for_each(|one| field(text, depth, one, call));
        }
        Shape::Enum(variants) => variants.iter().for_each(|one| variant(text, depth, one, call)),
    }
}

fn variant(text: &mut String, depth: usize, variant: &Variant, call: &mut Call<'_>) {
    let Variant { name, shape: of, .. } = variant;
    line(text, depth, format_args!("variant {} {}", quoted(name), of.word()));
    aliases(text, depth + 2, variant.aliases);
    serde(text, depth + 2, variant.serde);
    shape(text, depth + 2, *of, call);
}

fn field(text: &mut String, depth: usize, field: &Field, call: &mut Call<'_>) {
    line(text, depth, format_args!("field {}: {}", quoted(field.name), field.ty.written(call)));
    if field.is_default {
        line(text, depth + 2, format_args!("default"));
    }
    aliases(text, depth + 2, field.aliases);
    serde(text, depth + 2, field.serde);
}

fn aliases(text: &mut String, depth: usize, aliases: &[&str]) {
    aliases.iter().for_each(|alias| line(text, depth, format_args!("alias {}", quoted(alias))));
}

fn serde(text: &mut String, depth: usize, rules: &str) {
    if !rules.is_empty() {
        line(text, depth, format_args!("serde {rules}"));
    }
}

/// A name as it is, or between quotation marks if it has letters that names in Rust have not.
pub(crate) fn quoted(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "_:.-/".contains(letter);
    if !name.is_empty() && name.chars().all(plain) { name.to_owned() } else { format!("{name:?}") }
}

fn line(text: &mut String, depth: usize, content: std::fmt::Arguments<'_>) {
    add(text, format_args!("{:depth$}{content}\n", ""));
}

fn add(text: &mut String, content: std::fmt::Arguments<'_>) {
    text.write_fmt(content).expect("writing to a string cannot fail");
}
