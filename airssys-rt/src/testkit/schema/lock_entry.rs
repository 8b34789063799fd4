//! An entry of a lock file: a message, an event or a type in one, with its fields and serde attributes.

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
    pub(super) is_default: bool,
    pub(super) aliases: Vec<String>,
    /// The other attributes, as in the source.
    pub(super) serde: String,
}

impl SerdeAttributes {
    pub(super) fn is_alias(&self, name: &str) -> bool {
        self.aliases.iter().any(|alias| alias == name)
    }

    /// Returns whether there is an attribute of this name, with or without a value.
    pub(super) fn has(&self, name: &str) -> bool {
        has(&self.serde, name)
    }
}

/// Returns whether a list of serde attributes has one of this name.
pub(super) fn has(serde: &str, name: &str) -> bool {
    serde.split(", ").any(|attribute| attribute.split([' ', '(']).next() == Some(name))
}
