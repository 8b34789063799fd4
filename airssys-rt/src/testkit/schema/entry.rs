/// A message, an event, or what is inside one, as a lock file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) role: Role,
    /// Of a message.
    pub(super) reply: Option<String>,
    pub(super) body: Body,
    pub(super) serde: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Message,
    Event,
    /// It is only sent inside another.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    Unknown,
    Unit,
    Tuple(Vec<Field>),
    Struct(Vec<Field>),
    Enum(Vec<Variant>),
}

impl Body {
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "unknown" => Body::Unknown,
            "unit" => Body::Unit,
            "tuple" => Body::Tuple(Vec::new()),
            "struct" => Body::Struct(Vec::new()),
            "enum" => Body::Enum(Vec::new()),
            _ => return None,
        })
    }

    pub(super) const fn noun(&self) -> &'static str {
        match self {
            Body::Unknown => "unknown",
            Body::Unit => "a unit",
            Body::Tuple(_) => "a tuple",
            Body::Struct(_) => "a struct",
            Body::Enum(_) => "an enum",
        }
    }

    pub(super) fn fields(&mut self) -> Option<&mut Vec<Field>> {
        match self {
            Body::Tuple(fields) | Body::Struct(fields) => Some(fields),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) body: Body,
    pub(super) rules: Rules,
}

/// What serde's attributes say of a field or a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) is_default: bool,
    pub(super) aliases: Vec<String>,
    pub(super) serde: String,
}

impl Rules {
    pub(super) fn is_alias(&self, name: &str) -> bool {
        self.aliases.iter().any(|alias| alias == name)
    }

    /// Whether the attribute is there, with a value or without.
    pub(super) fn has(&self, word: &str) -> bool {
        has(&self.serde, word)
    }
}

pub(super) fn has(serde: &str, word: &str) -> bool {
    serde.split(", ").any(|rule| rule.split([' ', '(']).next() == Some(word))
}
