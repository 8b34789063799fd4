//! An entry of a lock file: a message, an event or a type in one, with its fields and serde attributes.

use crate::message::schema::{ParsedType, SerdeList};

/// An entry of a lock file: a message, an event, or a type inside one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LockEntry {
    pub(super) role: Role,
    /// The type of the reply, only of a message.
    pub(super) reply: Option<String>,
    pub(super) shape: LockShape,
    pub(super) serde: String,
}

/// How an entry is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Message,
    Event,
    /// A type that is only sent inside of others.
    Part,
}

impl Role {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Role::Message => "a message",
            Role::Event => "an event",
            Role::Part => "a part of others",
        }
    }
}

/// The shape of an entry or of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LockShape {
    Unknown,
    Unit,
    Tuple(Vec<LockField>),
    Struct(Vec<LockField>),
    Enum(Vec<LockVariant>),
}

impl LockShape {
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "unknown" => LockShape::Unknown,
            "unit" => LockShape::Unit,
            "tuple" => LockShape::Tuple(Vec::new()),
            "struct" => LockShape::Struct(Vec::new()),
            "enum" => LockShape::Enum(Vec::new()),
            _ => return None,
        })
    }

    pub(super) const fn noun(&self) -> &'static str {
        match self {
            LockShape::Unknown => "unknown",
            LockShape::Unit => "a unit",
            LockShape::Tuple(_) => "a tuple",
            LockShape::Struct(_) => "a struct",
            LockShape::Enum(_) => "an enum",
        }
    }

    pub(super) fn fields(&mut self) -> Option<&mut Vec<LockField>> {
        match self {
            LockShape::Tuple(fields) | LockShape::Struct(fields) => Some(fields),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LockField {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) attributes: SerdeAttributes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LockVariant {
    pub(super) name: String,
    pub(super) shape: LockShape,
    pub(super) attributes: SerdeAttributes,
}

/// The serde attributes of a field or a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SerdeAttributes {
    /// The function that returns the default of a field; empty for that of its type.
    pub(super) default: Option<String>,
    pub(super) aliases: Vec<String>,
    /// The other attributes, as in the source.
    pub(super) serde: String,
}

impl SerdeAttributes {
    pub(super) fn list(&self) -> SerdeList<'_> {
        SerdeList(&self.serde)
    }

    pub(super) fn is_alias(&self, name: &str) -> bool {
        self.aliases.iter().any(|alias| alias == name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.list().has(name)
    }

    /// Returns whether a field or a variant with the name `own` is read from this name.
    pub(super) fn reads(&self, own: &str, name: &str) -> bool {
        let own = self.list().inside("rename").and_then(|rename| rename.value("deserialize")).unwrap_or(own);
        self.is_read() && (own == name || self.is_alias(name))
    }

    pub(super) fn is_read(&self) -> bool {
        !self.has("skip") && !self.has("skip_deserializing")
    }

    pub(super) fn is_written(&self) -> bool {
        !self.has("skip") && !self.has("skip_serializing")
    }

    /// Returns the attributes `rename(..)` that are left: those with another name to write than to read.
    pub(super) fn renames(&self) -> Vec<&str> {
        let mut all = self.list().without(&[]);
        all.retain(|attribute| attribute.starts_with("rename"));
        all
    }

    /// Returns the attributes whose effect is not known: functions of the program, and those of no known name.
    pub(super) fn custom(&self) -> Vec<&str> {
        self.list().without(&[
            "flatten",
            "other",
            "rename",
            "skip",
            "skip_deserializing",
            "skip_serializing",
            "skip_serializing_if",
            "untagged",
        ])
    }
}

impl LockField {
    /// Returns whether a value without this field can be read. An `Option` with its own function for reading is required.
    pub(super) fn is_optional(&self) -> bool {
        self.attributes.default.is_some() || (self.is_option() && self.attributes.custom().is_empty())
    }

    /// Returns what is read if the field is missing.
    pub(super) fn missing(&self) -> Option<&str> {
        match self.attributes.default.as_deref() {
            Some("") | None if self.is_option() => Some("None"),
            default => default,
        }
    }

    pub(super) fn is_plain(&self) -> bool {
        self.attributes.serde.is_empty()
    }

    fn is_option(&self) -> bool {
        ParsedType::parse(&self.ty).optional().is_some()
    }
}

impl LockEntry {
    pub(super) fn list(&self) -> SerdeList<'_> {
        SerdeList(&self.serde)
    }

    /// Returns whether the type refuses unknown fields.
    pub(super) fn refuses_unknown_fields(&self) -> bool {
        self.list().has("deny_unknown_fields")
    }

    /// Returns whether the tag of an enum is among the fields of its variants.
    pub(super) fn has_inner_tag(&self) -> bool {
        self.list().has("tag") && !self.list().has("content")
    }

    /// Returns the attributes of the type whose effect is not known.
    pub(super) fn custom(&self) -> Vec<&str> {
        let known: &[&str] = match self.shape {
            LockShape::Enum(_) => &["content", "deny_unknown_fields", "tag", "untagged"],
            _ => &["deny_unknown_fields", "transparent"],
        };
        self.list().without(known)
    }

    /// Returns the type of the only field, if the entry is written as this field alone.
    pub(super) fn newtype(&self) -> Option<&str> {
        let field = match &self.shape {
            LockShape::Tuple(fields) => fields,
            LockShape::Struct(fields) if self.list().has("transparent") => fields,
            _ => return None,
        };
        match &field[..] {
            [field] if field.is_plain() && self.custom().is_empty() => Some(&field.ty),
            _ => None,
        }
    }

    pub(super) fn fields(&self) -> Vec<&LockField> {
        match &self.shape {
            LockShape::Unknown | LockShape::Unit => Vec::new(),
            LockShape::Tuple(fields) | LockShape::Struct(fields) => fields.iter().collect(),
            LockShape::Enum(variants) => variants.iter().flat_map(LockVariant::fields).collect(),
        }
    }
}

impl LockVariant {
    pub(super) fn fields(&self) -> &[LockField] {
        match &self.shape {
            LockShape::Tuple(fields) | LockShape::Struct(fields) => fields,
            _ => &[],
        }
    }
}
