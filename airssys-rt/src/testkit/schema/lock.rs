use super::{
    LockError,
    change::Change,
    compare::Comparison,
    entry::Entry,
    parse::{VERSION, parse},
};
use crate::{
    message::schema::{Schema, quoted},
    system::System,
};
use std::{collections::BTreeMap, fmt};

/// What the messages and events of a system look like on the wire.
///
/// As a text it is what a `schema.lock` holds: a line for each message, event, variant and field, sorted by name.
#[derive(Debug, Clone)]
pub struct Lock {
    pub(super) system: String,
    pub(super) entries: BTreeMap<String, Entry>,
    text: String,
}

impl Lock {
    /// Of the system `S`: of all that its actors handle, all that it routes, and the messages and events inside of them.
    ///
    /// A message that mentions a parameter of a generic actor is not there: the system does not know it.
    ///
    /// # Panics
    ///
    /// If two that differ go by one name. Of those that are sent by themselves, rustc has said so before.
    #[must_use]
    #[track_caller]
    pub fn of<S: System>() -> Self {
        let handled = S::NODES.iter().flat_map(|node| node.handles).filter_map(|handled| handled.message);
        let events = S::EVENTS.iter().map(|routed| routed.event);
        let schemas: Vec<_> = handled.chain(events).map(|named| (named.schema)()).collect();
        Lock::of_schemas(S::NAME, &schemas)
    }

    /// Of these, as the messages and events of a system of that name.
    ///
    /// # Panics
    ///
    /// If two that differ go by one name.
    #[must_use]
    #[track_caller]
    pub fn of_schemas(system: &str, schemas: &[&'static Schema]) -> Self {
        let text = match written(system, schemas) {
            Ok(text) => text,
            Err(name) => {
                panic!("two types that differ are called `{name}` on the wire: give one another name")
            }
        };
        match parse(&text) {
            Ok((system, entries)) => Lock { system, entries, text },
            Err(error) => unreachable!("what is written here can be read: {error}\n{text}"),
        }
    }

    /// Reads what a lock file holds.
    ///
    /// # Errors
    ///
    /// If it is not one, or one of another version.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let (system, entries) = parse(text)?;
        Ok(Lock { system, entries, text: text.to_owned() })
    }

    /// The name of the system.
    #[must_use]
    pub fn system(&self) -> &str {
        &self.system
    }

    /// Everything in which `now` differs from this, the lock of before.
    #[must_use]
    pub fn changes(&self, now: &Lock) -> Vec<Change> {
        Comparison::new(self, now).changes()
    }
}

/// The content of a lock file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The text, or the name by which two go.
fn written(system: &str, schemas: &[&'static Schema]) -> Result<String, &'static str> {
    let mut queue: Vec<(&'static Schema, bool)> = schemas.iter().map(|schema| (*schema, true)).collect();
    let mut entries: BTreeMap<&'static str, (bool, String)> = BTreeMap::new();
    let mut at = 0;
    while at < queue.len() {
        let (schema, is_sent) = queue[at];
        at += 1;
        // It may hold itself.
        let is_known = entries.contains_key(schema.name);
        let lines = schema.lines(is_sent, &mut |part| {
            if !is_known {
                queue.push((part, false));
            }
            quoted(part.name)
        });
        let noun = if is_sent { schema.noun() } else { "part" };
        let text = format!("{noun} {} {lines}", quoted(schema.name));
        match entries.get(schema.name) {
            // A part that is also sent by itself; what is sent by itself comes first.
            Some((true, known)) if !is_sent && body(known) == body(&text) => {}
            Some((_, known)) if *known == text => {}
            Some(_) => return Err(schema.name),
            None => drop(entries.insert(schema.name, (is_sent, text))),
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

/// The lines below the first.
fn body(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, body)| body)
}
