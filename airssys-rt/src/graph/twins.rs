//! Two messages of one system that go by one name, found when the system is compiled. For generated code.

use super::{Node, Routed, text::Text};
use crate::message::Named;

/// Two that are not the same, and the entry whose message, or which itself, is the second. Events come behind the actors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twins {
    first: Named,
    second: Named,
    pub(super) entry: usize,
}

/// How many names there are, and as much again: the size of the table for the search.
#[must_use]
pub const fn room(nodes: &[Node], events: &[Routed]) -> usize {
    let (mut count, mut node) = (events.len(), 0);
    while node < nodes.len() {
        count += nodes[node].handles.len();
        node += 1;
    }
    2 * count + 1
}

/// Observers each name up once, in a table of [`room`] slots: rustc refuses constants that take long.
pub(super) const fn twins<const ROOM: usize>(nodes: &[Node], events: &[Routed]) -> Option<Twins> {
    let mut table = [None; ROOM];
    let mut entry = 0;
    while entry < nodes.len() {
        let handles = nodes[entry].handles;
        let mut at = 0;
        while at < handles.len() {
            if let Some(message) = handles[at].message
                && let Some(first) = enter(&mut table, message)
            {
                return Some(Twins { first, second: message, entry });
            }
            at += 1;
        }
        entry += 1;
    }
    let mut at = 0;
    while at < events.len() {
        let event = events[at].event;
        if let Some(first) = enter(&mut table, event) {
            return Some(Twins { first, second: event, entry: nodes.len() + at });
        }
        at += 1;
    }
    None
}

/// Enters a name. Comes back with another that goes by it.
const fn enter(table: &mut [Option<Named>], second: Named) -> Option<Named> {
    let room = table.len();
    let mut slot = (second.hash % room as u64) as usize;
    while let Some(first) = table[slot] {
        if first.hash == second.hash && first.id != second.id && is_same(first.name, second.name) {
            return Some(first);
        }
        if first.id == second.id {
            return None;
        }
        slot = (slot + 1) % room;
    }
    table[slot] = Some(second);
    None
}

impl Twins {
    pub(super) const fn text(&self) -> Text {
        let Twins { first, second, .. } = self;
        one(one(Text::EMPTY, first, second).put(" and "), second, first)
            .put(" have the same wire name")
            .put(if is_same(first.name, first.origin.path) { "" } else { " `" })
            .put(if is_same(first.name, first.origin.path) { "" } else { first.name })
            .put(if is_same(first.name, first.origin.path) { "" } else { "`" })
            .put("; give one another: `#[message(name = \"..\")]`")
    }
}

/// The path of a message, with its line if the other has the same path.
const fn one(text: Text, of: &Named, other: &Named) -> Text {
    let text = text.name(of.origin.path);
    if is_same(of.origin.path, other.origin.path) {
        text.put(" (line ").number(of.origin.line).put(")")
    } else {
        text
    }
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Named, room, twins};
    use crate::{
        graph::{Edges, Handled, Node},
        message::{Origin, schema::Schema},
    };

    const SCHEMA: fn() -> &'static Schema = || const { &Schema::unknown("a", None) };

    const fn node(handles: &'static [Handled]) -> Node {
        Node { name: "Actor", entry: false, handles, edges: &Edges::NONE, mailbox: None, slot: 8 }
    }

    const fn handled(message: Named) -> Handled {
        Handled { name: "Ping", entry: false, message: Some(message) }
    }

    /// As many as no system has, each with a name of its own and twice in the list.
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
        const { assert!(twins::<{ room(NODES, &[]) }>(NODES, &[]).is_none()) }
    }

    #[test]
    fn two_messages_of_one_name_are_told_from_one_message_listed_twice() {
        const fn named(path: &'static str, line: u32, id: u64) -> Named {
            Named { name: "bank.Ping", origin: Origin { path, line, column: 1 }, hash: 7, id, schema: SCHEMA }
        }
        const FIRST: Handled = handled(named("a::Ping", 12, 1));
        const SECOND: Handled = handled(named("b::Ping", 305, 2));
        const THIRD: Handled = handled(named("a::Ping", 9, 3));
        assert!(twins::<5>(&[node(&[FIRST]), node(&[FIRST])], &[]).is_none());
        let found = twins::<5>(&[node(&[FIRST]), node(&[SECOND])], &[]);
        let said = "`a::Ping` and `b::Ping` have the same wire name `bank.Ping`; \
                    give one another: `#[message(name = \"..\")]`";
        assert_eq!(found.map(|twins| twins.text().as_str().to_owned()).as_deref(), Some(said));
        let found = twins::<5>(&[node(&[FIRST, THIRD])], &[]);
        let said = "`a::Ping` (line 12) and `a::Ping` (line 9) have the same wire name `bank.Ping`; \
                    give one another: `#[message(name = \"..\")]`";
        assert_eq!(found.map(|twins| twins.text().as_str().to_owned()).as_deref(), Some(said));
    }
}
