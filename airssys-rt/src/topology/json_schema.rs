//! Describes the JSON form of a message in JSON Schema (draft 7).

use super::json_value::Json;
use crate::message::schema::{Field, ParsedType, Schema, Shape, Type, Variant};

/// The schemas that a document defines, each under its own key.
#[derive(Default)]
pub(super) struct SchemaDefinitions {
    /// The schemas with their keys; schemas of the same wire name are one. Describing a schema may add those that it mentions.
    known: Vec<(&'static Schema, String)>,
}

impl SchemaDefinitions {
    /// Returns the definitions of all schemas.
    pub(super) fn finish(mut self) -> Json {
        let (mut members, mut at) = (Vec::new(), 0);
        while at < self.known.len() {
            let (schema, key) = self.known[at].clone();
            members.push((key, self.definition(schema)));
            at += 1;
        }
        Json::Object(members)
    }

    /// Returns a reference to the schema of a message.
    pub(super) fn of(&mut self, schema: &'static Schema) -> Json {
        let key = self.key(schema);
        Json::object([("$ref", Json::Text(format!("#/components/schemas/{key}")))])
    }

    /// Returns the schema of a type.
    pub(super) fn of_type(&mut self, ty: &Type) -> Json {
        let text = ty.with_part_names(&mut |part| self.key(part));
        of_type(&ParsedType::parse(&text))
    }

    fn key(&mut self, schema: &'static Schema) -> String {
        if let Some((_, key)) = self.known.iter().find(|(known, _)| known.name == schema.name) {
            return key.clone();
        }
        let mut key = key(schema.name);
        while self.known.iter().any(|(_, known)| *known == key) {
            key.push('_');
        }
        self.known.push((schema, key.clone()));
        key
    }

    fn definition(&mut self, schema: &'static Schema) -> Json {
        let json = match schema.serde {
            "" => self.shape(schema.shape),
            rules => Json::object([("description", Json::Text(format!("as serde writes it: {rules}")))]),
        };
        json.with("title", schema.name).with("x-fingerprint", schema.fingerprint().to_string().as_str())
    }

    fn shape(&mut self, shape: Shape) -> Json {
        match shape {
            Shape::Unknown => Json::object([]),
            Shape::Unit => typed("null"),
            Shape::Tuple([field]) => self.field(field),
            Shape::Tuple(fields) => tuple(fields.iter().map(|field| self.field(field)).collect()),
            Shape::Struct(fields) => self.object(fields),
            Shape::Enum(variants) => {
                Json::object([("oneOf", Json::List(variants.iter().map(|one| self.variant(one)).collect()))])
            }
        }
    }

    fn variant(&mut self, variant: &Variant) -> Json {
        match variant.shape {
            Shape::Unit => Json::object([("const", variant.name.into())]),
            shape => single(variant.name, self.shape(shape)),
        }
    }

    fn object(&mut self, fields: &[Field]) -> Json {
        let is_required = |field: &&Field| {
            !field.is_default
                && field.serde.is_empty()
                && ParsedType::parse(field.ty.as_str()).optional().is_none()
        };
        let required: Vec<_> =
            fields.iter().filter(is_required).map(|field| Json::from(field.name)).collect();
        let members = fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
        let object = typed("object").with("properties", Json::Object(members));
        if required.is_empty() { object } else { object.with("required", Json::List(required)) }
    }

    fn field(&mut self, field: &Field) -> Json {
        match field.serde {
            "" => self.of_type(&field.ty),
            rules => Json::object([("description", Json::Text(format!("as serde writes it: {rules}")))]),
        }
    }
}

fn of_type(ty: &ParsedType<'_>) -> Json {
    let many = |types: &[ParsedType<'_>]| types.iter().map(of_type).collect::<Vec<_>>();
    match ty {
        ParsedType::Part(key) => Json::object([("$ref", Json::Text(format!("#/components/schemas/{key}")))]),
        ParsedType::Tuple(types) if types.is_empty() => typed("null"),
        ParsedType::Tuple(types) => tuple(many(types)),
        ParsedType::Array(of, size) => match size.parse::<u64>() {
            Ok(size) => list(of).with("minItems", size).with("maxItems", size),
            Err(_) => list(of),
        },
        ParsedType::Named("Option", of) if of.len() == 1 => {
            Json::object([("oneOf", Json::List(vec![of_type(&of[0]), typed("null")]))])
        }
        ParsedType::Named("Vec", of) if of.len() == 1 => list(&of[0]),
        ParsedType::Named("HashMap", of) if of.len() == 2 => {
            typed("object").with("additionalProperties", of_type(&of[1]))
        }
        ParsedType::Named("Result", of) if of.len() == 2 => {
            let sides = vec![single("Ok", of_type(&of[0])), single("Err", of_type(&of[1]))];
            Json::object([("oneOf", Json::List(sides))])
        }
        ParsedType::Named(name, of) if of.is_empty() => named(name),
        ParsedType::Named(name, _) | ParsedType::Other(name) => Json::object([("title", (*name).into())]),
    }
}

/// Returns the schema of a type without arguments. A type that is not known may be anything.
fn named(name: &str) -> Json {
    match name {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            typed("integer").with("minimum", 0).with("x-rust-type", name)
        }
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => typed("integer").with("x-rust-type", name),
        "f32" | "f64" => typed("number").with("x-rust-type", name),
        "bool" => typed("boolean"),
        "String" | "char" => typed("string"),
        name => Json::object([("title", name.into())]),
    }
}

fn typed(name: &str) -> Json {
    Json::object([("type", name.into())])
}

fn list(of: &ParsedType<'_>) -> Json {
    typed("array").with("items", of_type(of))
}

fn tuple(items: Vec<Json>) -> Json {
    let length = items.len() as u64;
    typed("array").with("items", Json::List(items)).with("minItems", length).with("maxItems", length)
}

/// Returns the schema of an object with one member.
fn single(name: &str, value: Json) -> Json {
    typed("object")
        .with("properties", Json::object([(name, value)]))
        .with("required", Json::List(vec![name.into()]))
        .with("additionalProperties", false)
}

/// Turns a name into a key that a reference can contain. Another ASCII character becomes `_`, a non-ASCII one `_` and its code
/// point.
pub(super) fn key(name: &str) -> String {
    let mut key = String::new();
    for letter in name.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '.' | '-' => key.push(letter),
            letter if letter.is_ascii() => key.push('_'),
            letter => key.push_str(&format!("_{:x}", u32::from(letter))),
        }
    }
    key
}
