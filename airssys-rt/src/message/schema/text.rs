//! A schema as lines of text: the input of its fingerprint, and the content of a lock file.

use crate::message::schema::{Field, PartNames, Schema, Shape, Variant};
use std::fmt::Write;

impl Schema {
    /// Returns `message` or `event`.
    pub(crate) const fn noun(&self) -> &'static str {
        if self.reply.is_some() { "message" } else { "event" }
    }

    /// Writes the shape, the reply type if `with_reply`, and a line for each field and variant. `name_of` returns the text
    /// of a message, an event or a part inside a type.
    pub(crate) fn lines(&self, with_reply: bool, name_of: &mut PartNames<'_>) -> String {
        let mut text = self.shape.word().to_owned();
        if let (Some(reply), true) = (self.reply, with_reply) {
            add(&mut text, format_args!(" -> {}", self.text_of(&reply, name_of)));
        }
        text.push('\n');
        serde(&mut text, 2, self.serde);
        self.add_shape(&mut text, 2, self.shape, name_of);
        text
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

impl Schema {
    fn add_shape(&self, text: &mut String, depth: usize, of: Shape, name_of: &mut PartNames<'_>) {
        match of {
            Shape::Unknown | Shape::Unit => {}
            Shape::Tuple(fields) | Shape::Struct(fields) => {
                fields.iter().for_each(|one| self.add_field(text, depth, one, name_of));
            }
            Shape::Enum(variants) => {
                variants.iter().for_each(|one| self.add_variant(text, depth, one, name_of));
            }
        }
    }

    fn add_variant(&self, text: &mut String, depth: usize, variant: &Variant, name_of: &mut PartNames<'_>) {
        let Variant { name, shape: of, .. } = variant;
        line(text, depth, format_args!("variant {} {}", quoted(name), of.word()));
        aliases(text, depth + 2, variant.aliases);
        serde(text, depth + 2, variant.serde);
        self.add_shape(text, depth + 2, *of, name_of);
    }

    fn add_field(&self, text: &mut String, depth: usize, field: &Field, name_of: &mut PartNames<'_>) {
        let ty = self.text_of(&field.ty, name_of);
        line(text, depth, format_args!("field {}: {ty}", quoted(field.name)));
        if field.is_default {
            let space = if field.default.is_empty() { "" } else { " " };
            line(text, depth + 2, format_args!("default{space}{}", field.default));
        }
        aliases(text, depth + 2, field.aliases);
        serde(text, depth + 2, field.serde);
    }
}

fn aliases(text: &mut String, depth: usize, aliases: &[&str]) {
    aliases.iter().for_each(|alias| line(text, depth, format_args!("alias {}", quoted(alias))));
}

fn serde(text: &mut String, depth: usize, rules: &str) {
    if !rules.is_empty() {
        line(text, depth, format_args!("serde {rules}"));
    }
}

/// Returns `name`, in quotation marks if it has characters that a Rust path cannot have.
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
