//! `Lock`: the wire format of all messages and events of a system, the content of a `schema.lock`.

use super::{
    change::Change,
    compare::changes,
    lock_entry::LockEntry,
    opaque::opaque,
    parse::{LockError, ParsedLock, VERSION, parse},
};
use crate::{
    message::schema::{Schema, quoted},
    system::System,
};
use std::{collections::BTreeMap, fmt};

/// The wire format of the messages and events of a system.
///
/// Its text is the content of a `schema.lock`: a line for each message, event, variant and field, sorted by name.
#[derive(Debug, Clone)]
pub struct Lock {
    pub(super) system: String,
    pub(super) entries: BTreeMap<String, LockEntry>,
    pub(super) opaque: Vec<String>,
    text: String,
}

impl Lock {
    /// Returns the wire format of the system `S`: of all messages that its actors handle, all events that it routes, and the
    /// messages, events and parts inside of them.
    ///
    /// # Panics
    ///
    /// If two different types have the same wire name. For types that are sent by themselves this is a compile error already.
    #[must_use]
    #[track_caller]
    pub fn of<S: System>() -> Self {
        let handled = S::NODES.iter().flat_map(|node| node.handles).filter_map(|handled| handled.schema);
        let events = S::EVENTS.iter().map(|routed| routed.event.schema);
        let schemas: Vec<_> = handled.chain(events).map(|schema| schema()).collect();
        Lock::of_schemas(S::NAME, &schemas)
    }

    /// Returns the wire format of these messages and events, for a system with the name `system`.
    ///
    /// # Panics
    ///
    /// If two different types have the same wire name.
    #[must_use]
    #[track_caller]
    pub fn of_schemas(system: &str, schemas: &[&'static Schema]) -> Self {
        let text = match lock_text(system, schemas) {
            Ok(text) => text,
            Err(name) => {
                panic!("two different types have the wire name `{name}`: give one of them another name")
            }
        };
        match parse(&text) {
            Ok(ParsedLock { system, entries, .. }) => {
                let opaque = opaque(&entries);
                let text = text + &opaque_text(&opaque);
                Lock { system, entries, opaque, text }
            }
            Err(error) => unreachable!("a written lock can be parsed: {error}\n{text}"),
        }
    }

    /// Parses the content of a lock file.
    ///
    /// # Errors
    ///
    /// If the text is not a valid lock file, or has another version.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let ParsedLock { system, entries, opaque } = parse(text)?;
        Ok(Lock { system, entries, opaque, text: text.to_owned() })
    }

    /// Returns the name of the system.
    #[must_use]
    pub fn system(&self) -> &str {
        &self.system
    }

    /// Returns what the lock does not see: the text of each type that is not described, and each place with a serde attribute that
    /// writes in its own way, as `bank::Pay.amount: with = "cents"`. A change inside of them is not found.
    pub fn opaque(&self) -> impl Iterator<Item = &str> {
        self.opaque.iter().map(String::as_str)
    }

    /// Returns all changes from this older lock to `now`.
    #[must_use]
    pub fn changes(&self, now: &Lock) -> Vec<Change> {
        changes(&self.entries, &now.entries)
    }
}

/// Writes the content of the lock file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the text of a lock file. The error is a wire name that two different types have.
fn lock_text(system: &str, schemas: &[&'static Schema]) -> Result<String, String> {
    let mut queue: Vec<(&'static Schema, bool)> = schemas.iter().map(|schema| (*schema, true)).collect();
    let mut entries: BTreeMap<String, (bool, String)> = BTreeMap::new();
    let mut at = 0;
    while at < queue.len() {
        let (schema, is_sent) = queue[at];
        at += 1;
        let name = schema.wire_name();
        // A type may contain itself.
        let is_known = entries.contains_key(&name);
        let lines = schema.lines(is_sent, &mut |part| {
            if !is_known {
                queue.push((part, false));
            }
            format!("@{}", quoted(&part.wire_name()))
        });
        let noun = if is_sent { schema.noun() } else { "part" };
        let text = format!("{noun} {} {lines}", quoted(&name));
        match entries.get(&name) {
            // A part that is also sent by itself; types that are sent by themselves are first in the queue.
            Some((true, known)) if !is_sent && body(known) == body(&text) => {}
            Some((_, known)) if *known == text => {}
            Some(_) => return Err(name),
            None => drop(entries.insert(name, (is_sent, text))),
        }
    }
    let entries: Vec<_> = entries.into_values().map(|(_, text)| text).collect();
    Ok(format!(
        "# What the messages of {system} look like on the wire. A test compares them with this file, which is written\n\
         # again by `UPDATE_SCHEMA=1 cargo test`.\n\
         version {VERSION}\nsystem {}\n\n{}",
        quoted(system),
        entries.join("\n")
    ))
}

fn opaque_text(opaque: &[String]) -> String {
    if opaque.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = opaque.iter().map(|line| format!("opaque {line}\n")).collect();
    format!(
        "\n# A change inside of these is not seen. `#[message(part)]` describes a type.\n{}",
        lines.concat()
    )
}

/// Returns the lines after the first.
fn body(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, body)| body)
}
