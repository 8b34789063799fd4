use super::entry::{Body, Entry, Field, Role, Rules, Variant};
use std::collections::BTreeMap;
use thiserror::Error;

/// Of the format.
pub(super) const VERSION: &str = "1";

/// Why a text is no lock file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LockError {
    /// It does not begin with its version: it is something else.
    #[error("it does not begin with `version {VERSION}`: it is no lock file")]
    NoVersion,
    /// It has a format that is not known here.
    #[error("it has version {found}, and only version {VERSION} is known here")]
    Version {
        /// The version in the file.
        found: String,
    },
    /// A merge is not done.
    #[error("line {line}: a merge conflict; resolve it, or have the file written again")]
    Conflict {
        /// From 1 on.
        line: usize,
    },
    /// A line that says nothing that is known, or does not belong where it stands.
    #[error("line {line}: `{text}` has no meaning there")]
    Line {
        /// From 1 on.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A message, an event, a variant or a field is there twice.
    #[error("line {line}: `{name}` is there twice")]
    Twice {
        /// From 1 on.
        line: usize,
        /// Its name.
        name: String,
    },
}

/// The name of the system, and what is in the file.
pub(super) fn parse(text: &str) -> Result<(String, BTreeMap<String, Entry>), LockError> {
    let lines = text.lines().zip(1..).map(|(text, line)| (line, text.trim()));
    let mut lines = lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#'));
    match lines.next().map(|(line, text)| (line, text, text.strip_prefix("version "))) {
        Some((_, _, Some(VERSION))) => {}
        Some((_, _, Some(found))) => return Err(LockError::Version { found: found.to_owned() }),
        Some((line, text, None)) if is_conflict(text) => return Err(LockError::Conflict { line }),
        _ => return Err(LockError::NoVersion),
    }
    let mut reader = Reader::default();
    for (line, text) in lines {
        if is_conflict(text) {
            return Err(LockError::Conflict { line });
        }
        match reader.read(text) {
            Ok(()) => {}
            Err(Wrong::Line) => return Err(LockError::Line { line, text: text.to_owned() }),
            Err(Wrong::Twice(name)) => return Err(LockError::Twice { line, name }),
        }
    }
    reader.close();
    Ok((reader.system, reader.entries))
}

fn is_conflict(text: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| text.starts_with(mark))
}

enum Wrong {
    Line,
    Twice(String),
}

#[derive(Default)]
struct Reader {
    system: String,
    entries: BTreeMap<String, Entry>,
    /// The last one, which is not done.
    open: Option<(String, Entry)>,
}

impl Reader {
    /// One line: a word, and what it is about. It belongs to the last of those above it that it can belong to.
    fn read(&mut self, text: &str) -> Result<(), Wrong> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "system" => {
                let (name, rest) = name(rest)?;
                self.system = name;
                end(rest)
            }
            "message" => self.entry(Role::Message, rest),
            "event" => self.entry(Role::Event, rest),
            "part" => self.entry(Role::Part, rest),
            "variant" => self.variant(rest),
            "field" => self.field(rest),
            "serde" if !rest.is_empty() => {
                rest.clone_into(self.serde()?);
                Ok(())
            }
            "alias" => {
                let (alias, rest) = name(rest)?;
                self.rules()?.aliases.push(alias);
                end(rest)
            }
            "default" => {
                self.rules()?.is_default = true;
                end(rest)
            }
            _ => Err(Wrong::Line),
        }
    }

    fn close(&mut self) {
        if let Some((name, entry)) = self.open.take() {
            self.entries.insert(name, entry);
        }
    }

    fn entry(&mut self, role: Role, rest: &str) -> Result<(), Wrong> {
        self.close();
        let (name, rest) = name(rest)?;
        let (word, reply) = match rest.trim_start().split_once(" -> ") {
            Some((word, reply)) => (word, Some(reply.to_owned())),
            None => (rest.trim_start(), None),
        };
        let body =
            Body::of(word).filter(|_| (role == Role::Message) == reply.is_some()).ok_or(Wrong::Line)?;
        if self.entries.contains_key(&name) {
            return Err(Wrong::Twice(name));
        }
        self.open = Some((name, Entry { role, reply, body, serde: String::new() }));
        Ok(())
    }

    fn body(&mut self) -> Result<&mut Body, Wrong> {
        self.open.as_mut().map(|(_, entry)| &mut entry.body).ok_or(Wrong::Line)
    }

    fn variant(&mut self, rest: &str) -> Result<(), Wrong> {
        let (name, rest) = name(rest)?;
        let body = Body::of(rest.trim_start()).filter(|body| !matches!(body, Body::Enum(_)));
        let body = body.ok_or(Wrong::Line)?;
        let Body::Enum(variants) = self.body()? else { return Err(Wrong::Line) };
        if variants.iter().any(|known| known.name == name) {
            return Err(Wrong::Twice(name));
        }
        variants.push(Variant { name, body, rules: Rules::default() });
        Ok(())
    }

    /// Of the last variant, or of the entry.
    fn fields(&mut self) -> Result<&mut Vec<Field>, Wrong> {
        let fields = match self.body()? {
            Body::Enum(variants) => variants.last_mut().and_then(|variant| variant.body.fields()),
            body => body.fields(),
        };
        fields.ok_or(Wrong::Line)
    }

    fn field(&mut self, rest: &str) -> Result<(), Wrong> {
        let (name, ty) = match rest.starts_with('"') {
            true => {
                let (name, rest) = name(rest)?;
                (name, rest.strip_prefix(": ").ok_or(Wrong::Line)?)
            }
            false => rest.split_once(": ").map(|(name, ty)| (name.to_owned(), ty)).ok_or(Wrong::Line)?,
        };
        let fields = self.fields()?;
        if fields.iter().any(|known| known.name == name) {
            return Err(Wrong::Twice(name));
        }
        fields.push(Field { name, ty: ty.to_owned(), rules: Rules::default() });
        Ok(())
    }

    /// Of the last field, or of its variant if that has none.
    fn rules(&mut self) -> Result<&mut Rules, Wrong> {
        match self.body()? {
            Body::Enum(variants) => {
                let Variant { body, rules, .. } = variants.last_mut().ok_or(Wrong::Line)?;
                Ok(match body.fields().and_then(|fields| fields.last_mut()) {
                    Some(field) => &mut field.rules,
                    None => rules,
                })
            }
            body => {
                let field = body.fields().and_then(|fields| fields.last_mut());
                field.map(|field| &mut field.rules).ok_or(Wrong::Line)
            }
        }
    }

    /// Of the last field or variant, or of the entry if that has none.
    fn serde(&mut self) -> Result<&mut String, Wrong> {
        let is_empty = match self.body()? {
            Body::Enum(variants) => variants.is_empty(),
            body => body.fields().is_none_or(|fields| fields.is_empty()),
        };
        if !is_empty {
            return self.rules().map(|rules| &mut rules.serde);
        }
        self.open.as_mut().map(|(_, entry)| &mut entry.serde).ok_or(Wrong::Line)
    }
}

fn end(rest: &str) -> Result<(), Wrong> {
    if rest.is_empty() { Ok(()) } else { Err(Wrong::Line) }
}

/// A name, between quotation marks or up to a space, and what is behind it.
fn name(text: &str) -> Result<(String, &str), Wrong> {
    let Some(inside) = text.strip_prefix('"') else {
        let (name, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
        return if name.is_empty() { Err(Wrong::Line) } else { Ok((name.to_owned(), rest)) };
    };
    let (mut name, mut letters) = (String::new(), inside.char_indices());
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((name, &inside[at + 1..])),
            '\\' => name.push(escaped(&mut letters).ok_or(Wrong::Line)?),
            letter => name.push(letter),
        }
    }
    Err(Wrong::Line)
}

/// What Rust writes behind a backslash.
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
