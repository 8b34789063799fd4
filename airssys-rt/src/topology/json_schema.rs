//! Describes the JSON form of a message in JSON Schema (draft 7).

use super::{
    json_type::{anything, named_members, null, object, of_type, single, tuple, typed},
    json_value::Json,
};
use crate::message::schema::{Field, ParsedType, Schema, SerdeList, Shape, Type, Variant};

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
    pub(super) fn of_type(&mut self, schema: &'static Schema, ty: &Type) -> Json {
        let text = schema.text_of(ty, &mut |part| format!("@{}", self.key(part)));
        of_type(&ParsedType::parse(&text))
    }

    fn key(&mut self, schema: &'static Schema) -> String {
        let name = schema.wire_name();
        if let Some((_, key)) = self.known.iter().find(|(known, _)| known.wire_name() == name) {
            return key.clone();
        }
        let mut key = key(&name);
        while self.known.iter().any(|(_, known)| *known == key) {
            key.push('_');
        }
        self.known.push((schema, key.clone()));
        key
    }

    fn definition(&mut self, schema: &'static Schema) -> Json {
        let json = self.content(schema);
        // What stands beside a reference is ignored.
        let json = match &json {
            Json::Object(members) if members.iter().any(|(name, _)| name == "$ref") => {
                Json::object([("allOf", Json::List(vec![json]))])
            }
            _ => json,
        };
        json.with("title", schema.wire_name().as_str())
            .with("x-fingerprint", schema.fingerprint().to_string().as_str())
    }

    fn content(&mut self, schema: &'static Schema) -> Json {
        let rules = SerdeList(schema.serde);
        let known = ["deny_unknown_fields", "tag", "content", "transparent", "untagged"];
        match schema.shape {
            _ if !rules.without(&known).is_empty() => anything(schema.serde),
            Shape::Enum(variants) => self.variants(schema, rules, variants),
            // A struct with a tag has its own name as a further member.
            _ if rules.has("tag") || rules.has("untagged") => anything(schema.serde),
            Shape::Struct([field]) | Shape::Tuple([field]) if rules.has("transparent") => {
                self.field(schema, field)
            }
            _ if rules.has("transparent") => anything(schema.serde),
            shape => self.shape(schema, shape),
        }
    }

    /// Describes an enum. A value may be that of several variants, if they are not tagged.
    fn variants(
        &mut self,
        schema: &'static Schema,
        rules: SerdeList<'_>,
        variants: &'static [Variant],
    ) -> Json {
        let written = variants.iter().filter(|variant| !SerdeList(variant.serde).has("skip_serializing"));
        let all: Vec<_> = written.map(|variant| self.variant(schema, rules, variant)).collect();
        match all.is_empty() {
            // No value is written: there is none.
            true => Json::object([("not", Json::object([]))]),
            false => Json::object([("anyOf", Json::List(all))]),
        }
    }

    fn variant(&mut self, schema: &'static Schema, rules: SerdeList<'_>, variant: &'static Variant) -> Json {
        let own = SerdeList(variant.serde);
        let known = ["other", "rename", "skip_deserializing", "untagged"];
        let is_known = own.without(&known).is_empty();
        let content = match is_known {
            true => self.shape(schema, variant.shape),
            false => anything(variant.serde),
        };
        let is_unit = is_known && matches!(variant.shape, Shape::Unit);
        let name = Json::object([("const", variant.name.into())]);
        match (rules.value("tag"), rules.value("content")) {
            _ if own.has("untagged") || rules.has("untagged") => content,
            (Some(tag), Some(_)) if is_unit => named_members(vec![(tag, name)]),
            (Some(tag), Some(of)) => named_members(vec![(tag, name), (of, content)]),
            (Some(tag), None) => {
                let tagged = named_members(vec![(tag, name)]);
                match variant.shape {
                    Shape::Struct(_) if is_known => {
                        Json::object([("allOf", Json::List(vec![tagged, content]))])
                    }
                    // The members of what it holds are beside the tag.
                    _ => tagged,
                }
            }
            (None, _) if is_unit => name,
            (None, _) => single(variant.name, content),
        }
    }

    fn shape(&mut self, schema: &'static Schema, shape: Shape) -> Json {
        match shape {
            Shape::Unknown => Json::object([]),
            Shape::Unit => null(),
            Shape::Tuple([field]) => self.field(schema, field),
            Shape::Tuple(fields) => {
                let is_written = |field: &&Field| {
                    !["skip", "skip_serializing"].iter().any(|rule| SerdeList(field.serde).has(rule))
                };
                let may_be_missing = |field: &Field| SerdeList(field.serde).has("skip_serializing_if");
                if fields.iter().any(may_be_missing) {
                    return typed("array");
                }
                tuple(fields.iter().filter(is_written).map(|field| self.field(schema, field)).collect())
            }
            Shape::Struct(fields) => self.members(schema, fields),
            Shape::Enum(_) => anything(""),
        }
    }

    /// Describes named fields. The members of a flattened field are beside the others: they are not described.
    fn members(&mut self, schema: &'static Schema, fields: &'static [Field]) -> Json {
        let has = |field: &Field, rule: &str| SerdeList(field.serde).has(rule);
        let written: Vec<_> =
            fields.iter().filter(|field| !has(field, "skip_serializing") && !has(field, "flatten")).collect();
        let is_required = |field: &&&Field| {
            let text = schema.text_of(&field.ty, &mut |_| String::from("@"));
            !field.is_default
                && !has(field, "skip_serializing_if")
                && !has(field, "skip_deserializing")
                && ParsedType::parse(&text).optional().is_none()
        };
        let required: Vec<_> =
            written.iter().filter(is_required).map(|field| Json::from(field.name)).collect();
        let members = written.iter().map(|field| (field.name.to_owned(), self.field(schema, field)));
        object(members.collect(), required)
    }

    fn field(&mut self, schema: &'static Schema, field: &Field) -> Json {
        let known = ["rename", "skip", "skip_deserializing", "skip_serializing", "skip_serializing_if"];
        match SerdeList(field.serde).without(&known).is_empty() {
            true => self.of_type(schema, &field.ty),
            false => anything(field.serde),
        }
    }
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
