//! The parser of a lock file, and its errors.

use super::lock_entry::{LockEntry, LockField, LockShape, LockVariant, Role, SerdeAttributes};
use std::collections::BTreeMap;
use thiserror::Error;

/// The version of the format.
pub(super) const VERSION: &str = "2";

/// The error of a text that is not a valid lock file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LockError {
    /// The text does not begin with a version: it is not a lock file.
    #[error("it does not begin with `version {VERSION}`: it is not a lock file")]
    NoVersion,
    /// The file has an unknown version.
    #[error("it has version {found}, but only version {VERSION} is supported")]
    Version {
        /// The version in the file.
        found: String,
    },
    /// The file has an unresolved merge conflict.
    #[error("line {line}: a merge conflict; resolve it, or write the file again")]
    Conflict {
        /// The number of the line, from 1 on.
        line: usize,
    },
    /// A line is unknown, or is not valid at its place.
    #[error("line {line}: `{text}` is not valid here")]
    Line {
        /// The number of the line, from 1 on.
        line: usize,
        /// The text of the line.
        text: String,
    },
    /// A message, an event, a variant or a field is defined twice.
    #[error("line {line}: `{name}` is defined twice")]
    Twice {
        /// The number of the line, from 1 on.
        line: usize,
        /// The name that is defined twice.
        name: String,
    },
}

/// The content of a lock file.
pub(super) struct ParsedLock {
    pub(super) system: String,
    /// The entries by wire name.
    pub(super) entries: BTreeMap<String, LockEntry>,
    /// The lines that say what is opaque.
    pub(super) opaque: Vec<String>,
}

/// Parses a lock file.
pub(super) fn parse(text: &str) -> Result<ParsedLock, LockError> {
    let lines = text.lines().zip(1..).map(|(text, line)| (line, text.trim()));
    let mut lines = lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#'));
    match lines.next().map(|(line, text)| (line, text, text.strip_prefix("version "))) {
        Some((_, _, Some(VERSION))) => {}
        Some((_, _, Some(found))) => return Err(LockError::Version { found: found.to_owned() }),
        Some((line, text, None)) if is_conflict(text) => return Err(LockError::Conflict { line }),
        _ => return Err(LockError::NoVersion),
    }
    let mut parser = Parser::default();
    for (line, text) in lines {
        if is_conflict(text) {
            return Err(LockError::Conflict { line });
        }
        match parser.line(text) {
            Ok(()) => {}
            Err(LineError::Line) => return Err(LockError::Line { line, text: text.to_owned() }),
            Err(LineError::Twice(name)) => return Err(LockError::Twice { line, name }),
        }
    }
    parser.close();
    let Parser { system, entries, opaque, .. } = parser;
    Ok(ParsedLock { system, entries, opaque })
}

fn is_conflict(text: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| text.starts_with(mark))
}

enum LineError {
    Line,
    Twice(String),
}

#[derive(Default)]
struct Parser {
    system: String,
    entries: BTreeMap<String, LockEntry>,
    opaque: Vec<String>,
    /// The entry of the last lines, which is not complete.
    open: Option<(String, LockEntry)>,
}

impl Parser {
    /// Parses one line: a keyword and its arguments. The line belongs to the last item above it that can contain it.
    fn line(&mut self, text: &str) -> Result<(), LineError> {
        let (keyword, rest) = text.split_once(' ').unwrap_or((text, ""));
        match keyword {
            "system" => {
                let (name, rest) = name(rest)?;
                self.system = name;
                end(rest)
            }
            "message" => self.entry(Role::Message, rest),
            "event" => self.entry(Role::Event, rest),
            "part" => self.entry(Role::Part, rest),
            "opaque" if !rest.is_empty() => {
                self.close();
                self.opaque.push(rest.to_owned());
                Ok(())
            }
            "variant" => self.variant(rest),
            "field" => self.field(rest),
            "serde" if !rest.is_empty() => {
                rest.clone_into(self.serde()?);
                Ok(())
            }
            "alias" => {
                let (alias, rest) = name(rest)?;
                self.attributes()?.aliases.push(alias);
                end(rest)
            }
            "default" => {
                self.attributes()?.default = Some(rest.to_owned());
                Ok(())
            }
            _ => Err(LineError::Line),
        }
    }

    fn close(&mut self) {
        if let Some((name, entry)) = self.open.take() {
            self.entries.insert(name, entry);
        }
    }

    fn entry(&mut self, role: Role, rest: &str) -> Result<(), LineError> {
        self.close();
        let (name, rest) = name(rest)?;
        let (shape, reply) = match rest.trim_start().split_once(" -> ") {
            Some((shape, reply)) => (shape, Some(reply.to_owned())),
            None => (rest.trim_start(), None),
        };
        let shape = LockShape::of(shape)
            .filter(|_| (role == Role::Message) == reply.is_some())
            .ok_or(LineError::Line)?;
        if self.entries.contains_key(&name) {
            return Err(LineError::Twice(name));
        }
        self.open = Some((name, LockEntry { role, reply, shape, serde: String::new() }));
        Ok(())
    }

    fn shape(&mut self) -> Result<&mut LockShape, LineError> {
        self.open.as_mut().map(|(_, entry)| &mut entry.shape).ok_or(LineError::Line)
    }

    fn variant(&mut self, rest: &str) -> Result<(), LineError> {
        let (name, rest) = name(rest)?;
        let shape = LockShape::of(rest.trim_start()).filter(|shape| !matches!(shape, LockShape::Enum(_)));
        let shape = shape.ok_or(LineError::Line)?;
        let LockShape::Enum(variants) = self.shape()? else { return Err(LineError::Line) };
        if variants.iter().any(|known| known.name == name) {
            return Err(LineError::Twice(name));
        }
        variants.push(LockVariant { name, shape, attributes: SerdeAttributes::default() });
        Ok(())
    }

    /// Returns the fields of the last variant, or of the entry.
    fn fields(&mut self) -> Result<&mut Vec<LockField>, LineError> {
        let fields = match self.shape()? {
            LockShape::Enum(variants) => variants.last_mut().and_then(|variant| variant.shape.fields()),
            shape => shape.fields(),
        };
        fields.ok_or(LineError::Line)
    }

    fn field(&mut self, rest: &str) -> Result<(), LineError> {
        let (name, ty) = match rest.starts_with('"') {
            true => {
                let (name, rest) = name(rest)?;
                (name, rest.strip_prefix(": ").ok_or(LineError::Line)?)
            }
            false => rest.split_once(": ").map(|(name, ty)| (name.to_owned(), ty)).ok_or(LineError::Line)?,
        };
        let fields = self.fields()?;
        if fields.iter().any(|known| known.name == name) {
            return Err(LineError::Twice(name));
        }
        fields.push(LockField { name, ty: ty.to_owned(), attributes: SerdeAttributes::default() });
        Ok(())
    }

    /// Returns the attributes of the last field, or of its variant if the variant has no fields.
    fn attributes(&mut self) -> Result<&mut SerdeAttributes, LineError> {
        match self.shape()? {
            LockShape::Enum(variants) => {
                let LockVariant { shape, attributes, .. } = variants.last_mut().ok_or(LineError::Line)?;
                Ok(match shape.fields().and_then(|fields| fields.last_mut()) {
                    Some(field) => &mut field.attributes,
                    None => attributes,
                })
            }
            shape => {
                let field = shape.fields().and_then(|fields| fields.last_mut());
                field.map(|field| &mut field.attributes).ok_or(LineError::Line)
            }
        }
    }

    /// Returns the other serde attributes of the last field or variant, or of the entry if it has none of them.
    fn serde(&mut self) -> Result<&mut String, LineError> {
        let is_empty = match self.shape()? {
            LockShape::Enum(variants) => variants.is_empty(),
            shape => shape.fields().is_none_or(|fields| fields.is_empty()),
        };
        if !is_empty {
            return self.attributes().map(|attributes| &mut attributes.serde);
        }
        self.open.as_mut().map(|(_, entry)| &mut entry.serde).ok_or(LineError::Line)
    }
}

fn end(rest: &str) -> Result<(), LineError> {
    if rest.is_empty() { Ok(()) } else { Err(LineError::Line) }
}

/// Parses a name, between quotation marks or up to a space. Returns it and the rest of the text.
fn name(text: &str) -> Result<(String, &str), LineError> {
    let Some(inside) = text.strip_prefix('"') else {
        let (name, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
        return if name.is_empty() { Err(LineError::Line) } else { Ok((name.to_owned(), rest)) };
    };
    let (mut name, mut letters) = (String::new(), inside.char_indices());
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((name, &inside[at + 1..])),
            '\\' => name.push(escaped(&mut letters).ok_or(LineError::Line)?),
            letter => name.push(letter),
        }
    }
    Err(LineError::Line)
}

/// Parses the rest of an escape of a Rust string, after the backslash.
fn escaped(letters: &mut std::str::CharIndices<'_>) -> Option<char> {
    match letters.next()?.1 {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'u' => {
            let code: String =
                letters.by_ref().map(|(_, letter)| letter).take_while(|letter| *letter != '}').collect();
            u32::from_str_radix(code.strip_prefix('{')?, 16).ok().and_then(char::from_u32)
        }
        letter => Some(letter),
    }
}
