//! Finds two messages or events of one system that have the same wire name, at compile time.

use super::{Node, Routed, text::Text};
use crate::message::{Named, is_same_text};

/// Two different messages or events with the same wire name.
#[derive(Debug, Clone, Copy)]
pub(super) struct DuplicateName {
    first: Named,
    second: Named,
    /// The entry that handles the second message, or that is the second event. Entries of events follow those of actors.
    pub(super) entry: usize,
}

/// Returns the size of the table for the search: twice the number of names, plus 1.
#[must_use]
pub const fn table_size(nodes: &[Node], events: &[Routed]) -> usize {
    let (mut count, mut node) = (events.len(), 0);
    while node < nodes.len() {
        count += nodes[node].handles.len();
        node += 1;
    }
    2 * count + 1
}

/// Looks each name up once, in a hash table of [`table_size`] slots: rustc rejects constants that take long to evaluate.
pub(super) const fn find_duplicate<const TABLE_SIZE: usize>(
    nodes: &[Node],
    events: &[Routed],
) -> Option<DuplicateName> {
    let mut table = [None; TABLE_SIZE];
    let mut entry = 0;
    while entry < nodes.len() {
        let handles = nodes[entry].handles;
        let mut at = 0;
        while at < handles.len() {
            if let Some(message) = handles[at].message {
                if let Some(first) = insert(&mut table, message) {
                    return Some(DuplicateName { first, second: message, entry });
                }
            }
            at += 1;
        }
        entry += 1;
    }
    let mut at = 0;
    while at < events.len() {
        let event = events[at].event;
        if let Some(first) = insert(&mut table, event) {
            return Some(DuplicateName { first, second: event, entry: nodes.len() + at });
        }
        at += 1;
    }
    None
}

/// Inserts a message. Returns a different message that has the same name.
const fn insert(table: &mut [Option<Named>], second: Named) -> Option<Named> {
    let size = table.len();
    let mut slot = (second.hash % size as u64) as usize;
    while let Some(first) = table[slot] {
        if first.hash == second.hash && !first.is(&second) && is_same_text(first.name, second.name) {
            return Some(first);
        }
        if first.is(&second) {
            return None;
        }
        slot = (slot + 1) % size;
    }
    table[slot] = Some(second);
    None
}

impl DuplicateName {
    pub(super) const fn text(&self) -> Text {
        let DuplicateName { first, second, .. } = self;
        let text = push_path(Text::EMPTY, first, second).push(" and ");
        let text = push_path(text, second, first).push(" have the same wire name");
        let is_path = is_same_text(first.name, first.origin.path);
        let text = if is_path { text } else { text.push(" ").push_code(first.name) };
        text.push("; give one of them another name: `#[message(name = \"..\")]`")
    }
}

/// Appends the path of a message, with its line if the other message has the same path.
const fn push_path(text: Text, of: &Named, other: &Named) -> Text {
    let text = text.push_code(of.origin.path);
    if is_same_text(of.origin.path, other.origin.path) {
        text.push(" (line ").push_number(of.origin.line).push(")")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, find_duplicate, table_size};
    use crate::{
        graph::{Edges, Handled, Node},
        message::{Origin, schema::Schema},
    };

    const SCHEMA: fn() -> &'static Schema = || const { &Schema::unknown("a", None) };

    const fn node(handles: &'static [Handled]) -> Node {
        Node {
            name: "Actor",
            entry: false,
            handles,
            edges: &Edges::NONE,
            start_waits: false,
            mailbox: None,
            slot: || 8,
            list: None,
        }
    }

    const fn handled(message: Named) -> Handled {
        Handled { name: "Ping", entry: false, message: Some(message), schema: None }
    }

    /// More messages than a system has, each with its own name and twice in the list.
    static MANY: [Handled; 10_000] = {
        let origin = Origin { path: "a", line: 0, column: 0 };
        let one = Named { name: "a", origin, hash: 0, id: 0, schema: SCHEMA };
        let mut many = [handled(one); 10_000];
        let mut at = 0;
        while at < many.len() {
            let hash = (at as u64 / 2).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            many[at].message = Some(Named { hash, id: at as u64 / 2, ..one });
            at += 1;
        }
        many
    };

    #[test]
    fn many_names_are_looked_up_in_a_constant() {
        const NODES: &[Node] = &[node(&MANY)];
        const { assert!(find_duplicate::<{ table_size(NODES, &[]) }>(NODES, &[]).is_none()) }
    }

    #[test]
    fn two_messages_of_one_name_are_an_error_and_one_message_listed_twice_is_not() {
        const fn named(path: &'static str, line: u32, id: u64) -> Named {
            Named { name: "bank.Ping", origin: Origin { path, line, column: 1 }, hash: 7, id, schema: SCHEMA }
        }
        const FIRST: Handled = handled(named("a::Ping", 12, 1));
        const SECOND: Handled = handled(named("b::Ping", 305, 2));
        const THIRD: Handled = handled(named("a::Ping", 9, 3));
        assert!(find_duplicate::<5>(&[node(&[FIRST]), node(&[FIRST])], &[]).is_none());
        let found = find_duplicate::<5>(&[node(&[FIRST]), node(&[SECOND])], &[]);
        let text = "`a::Ping` and `b::Ping` have the same wire name `bank.Ping`; \
                    give one of them another name: `#[message(name = \"..\")]`";
        assert_eq!(found.map(|duplicate| duplicate.text().as_str().to_owned()).as_deref(), Some(text));
        let found = find_duplicate::<5>(&[node(&[FIRST, THIRD])], &[]);
        let text = "`a::Ping` (line 12) and `a::Ping` (line 9) have the same wire name `bank.Ping`; \
                    give one of them another name: `#[message(name = \"..\")]`";
        assert_eq!(found.map(|duplicate| duplicate.text().as_str().to_owned()).as_deref(), Some(text));
    }
}
