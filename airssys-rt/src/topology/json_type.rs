//! The JSON Schema of a type, as serde writes it to JSON.

use super::json_value::Json;
use crate::message::schema::ParsedType;

/// Returns the schema of a type. A type that is not known may be anything.
pub(super) fn of_type(ty: &ParsedType<'_>) -> Json {
    let many = |types: &[ParsedType<'_>]| types.iter().map(of_type).collect::<Vec<_>>();
    match ty {
        ParsedType::Part(key) => Json::object([("$ref", Json::Text(format!("#/components/schemas/{key}")))]),
        ParsedType::Tuple(types) if types.is_empty() => null(),
        ParsedType::Tuple(types) => tuple(many(types)),
        ParsedType::Array(of, size) => match size.parse::<u64>() {
            Ok(size) => list(of).with("minItems", size).with("maxItems", size),
            Err(_) => list(of),
        },
        // A value of the type may be `null` as well, so it is not one of both.
        ParsedType::Named("Option", of) if of.len() == 1 => any_of(vec![of_type(&of[0]), null()]),
        ParsedType::Named("Vec" | "HashSet" | "BinaryHeap", of) if of.len() == 1 => list(&of[0]),
        ParsedType::Named("HashMap", of) if of.len() == 2 => {
            typed("object").with("additionalProperties", of_type(&of[1]))
        }
        ParsedType::Named("Result", of) if of.len() == 2 => {
            any_of(vec![single("Ok", of_type(&of[0])), single("Err", of_type(&of[1]))])
        }
        ParsedType::Named("::marker::PhantomData", _) => null(),
        ParsedType::Named("::num::NonZero", of) if of.len() == 1 => of_type(&of[0]),
        ParsedType::Named("::path::PathBuf", _) => typed("string"),
        ParsedType::Named(name, of) if of.is_empty() => named(name),
        ParsedType::Named(name, _) | ParsedType::Other(name) => unknown(name),
    }
}

fn named(name: &str) -> Json {
    match name {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            typed("integer").with("minimum", 0).with("x-rust-type", name)
        }
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => typed("integer").with("x-rust-type", name),
        // JSON has no NaN and no infinity: serde_json writes `null`.
        "f32" | "f64" => Json::object([("type", Json::List(vec!["number".into(), "null".into()]))])
            .with("x-rust-type", name),
        "bool" => typed("boolean"),
        "String" | "char" => typed("string"),
        name => unknown(name),
    }
}

fn unknown(name: &str) -> Json {
    let name = name.strip_prefix("::").map_or_else(|| name.to_owned(), |name| format!("std::{name}"));
    Json::object([("title", name.as_str().into())])
}

/// Any value, which serde writes by these attributes.
pub(super) fn anything(rules: &str) -> Json {
    match rules {
        "" => Json::object([]),
        rules => Json::object([("description", Json::Text(format!("as serde writes it: {rules}")))]),
    }
}

pub(super) fn typed(name: &str) -> Json {
    Json::object([("type", name.into())])
}

pub(super) fn null() -> Json {
    typed("null")
}

fn any_of(schemas: Vec<Json>) -> Json {
    Json::object([("anyOf", Json::List(schemas))])
}

fn list(of: &ParsedType<'_>) -> Json {
    typed("array").with("items", of_type(of))
}

/// Returns the schema of a list of these. A list of schemas must not be empty.
pub(super) fn tuple(items: Vec<Json>) -> Json {
    let length = items.len() as u64;
    let array = typed("array");
    let array = if items.is_empty() { array } else { array.with("items", Json::List(items)) };
    array.with("minItems", length).with("maxItems", length)
}

/// Returns the schema of an object with these members, and possibly others.
pub(super) fn object(members: Vec<(String, Json)>, required: Vec<Json>) -> Json {
    let object = typed("object").with("properties", Json::Object(members));
    if required.is_empty() { object } else { object.with("required", Json::List(required)) }
}

/// Returns the schema of an object that has each of these members.
pub(super) fn named_members(members: Vec<(&str, Json)>) -> Json {
    let required = members.iter().map(|(name, _)| Json::from(*name)).collect();
    object(members.into_iter().map(|(name, json)| (name.to_owned(), json)).collect(), required)
}

/// Returns the schema of an object with one member.
pub(super) fn single(name: &str, value: Json) -> Json {
    named_members(vec![(name, value)]).with("additionalProperties", false)
}
