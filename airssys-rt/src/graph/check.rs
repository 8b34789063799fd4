//! The checks of a message graph that are compile errors: cycles, unreached messages, duplicate names.
//!
//! Generated code calls each function in a constant at an entry of the lists of the system, so that rustc reports the error at
//! that entry.

use super::{
    Cycle, Edge, Node, Routed, Waits,
    cycle::first_cycle,
    duplicate_names::{DuplicateName, find_duplicate},
    node::place_name,
    text::Text,
};

/// Returns the number of subscriptions in a system.
#[must_use]
pub const fn subscriptions(nodes: &[Node]) -> usize {
    let (mut count, mut node) = (0, 0);
    while node < nodes.len() {
        count += nodes[node].edges.subscribes.len();
        node += 1;
    }
    count
}

/// The errors that are reported in every system, `strict` or not.
#[derive(Debug)]
pub struct Errors<const ACTORS: usize> {
    nodes: &'static [Node],
    duplicate: Option<DuplicateName>,
    ask_cycle: Option<Cycle<ACTORS>>,
}

impl<const ACTORS: usize> Errors<ACTORS> {
    #[must_use]
    pub const fn of<const TABLE_SIZE: usize>(nodes: &'static [Node], events: &'static [Routed]) -> Self {
        Errors {
            nodes,
            duplicate: find_duplicate::<TABLE_SIZE>(nodes, events),
            ask_cycle: first_cycle::<ACTORS, 1, 0>(nodes, Waits::Replies),
        }
    }

    /// Returns the first cycle of full mailboxes. Returns `None` if there is an ask cycle: that is a cycle of full mailboxes as
    /// well, and is reported already.
    #[must_use]
    pub const fn mailbox_cycle<const PLACES: usize, const OFFSETS: usize, const SUBSCRIPTIONS: usize>(
        &self,
    ) -> Option<Cycle<PLACES>> {
        if self.ask_cycle.is_some() {
            return None;
        }
        first_cycle::<PLACES, OFFSETS, SUBSCRIPTIONS>(self.nodes, Waits::Capacity)
    }

    /// Reports two messages with the same wire name, at the entry that has the second of them.
    ///
    /// # Panics
    ///
    /// If there is such an error; in a constant, that is a compile error.
    #[track_caller]
    pub const fn check_name(&self, entry: usize) {
        match &self.duplicate {
            Some(duplicate) if duplicate.entry == entry => panic!("{}", duplicate.text().as_str()),
            _ => {}
        }
    }

    /// Reports an ask cycle, at the entry of its first actor.
    ///
    /// # Panics
    ///
    /// If there is such an error; in a constant, that is a compile error.
    #[track_caller]
    pub const fn check_cycle(&self, entry: usize) {
        match &self.ask_cycle {
            Some(cycle) if cycle.places()[0] == entry => {
                panic!("{}", ask_cycle_text(cycle.places(), self.nodes).as_str())
            }
            _ => {}
        }
    }
}

const fn ask_cycle_text(places: &[usize], nodes: &[Node]) -> Text {
    if let Some(spawn) = first_spawn(places, nodes, &[]) {
        return start_cycle_text(places, spawn, nodes);
    }
    let (first, last) = (nodes[places[0]].name, nodes[places[places.len() - 1]].name);
    let text = push_path(Text::EMPTY.push("ask cycle: "), places, nodes, &[]);
    let text = if places.len() == 1 {
        text.push(
            "\nan actor that asks its own type can wait for itself\nmake it a `tell`, or say why it cannot",
        )
    } else {
        text.push("\neach waits for the next, so they can all wait forever\nmake one of these asks a `tell`, or say on ")
            .push_code(last)
            .push(" why the cycle cannot deadlock")
    };
    text.push(": `asks(").push(first).push(", cycle = \"why\")`")
}

/// The text for a cycle in which an actor waits for the `pre_start` of the actor that it spawns; `spawn` is its position.
const fn start_cycle_text(places: &[usize], spawn: usize, nodes: &[Node]) -> Text {
    let (parent, child) = (places[spawn], places[(spawn + 1) % places.len()]);
    push_path(Text::EMPTY.push("start cycle: "), places, nodes, &[])
        .push("\neach waits for the next, so the `pre_start` of ")
        .push_code(nodes[child].name)
        .push(" can wait forever\nlet it `tell` instead of ask, or say on ")
        .push_code(nodes[parent].name)
        .push(" why the cycle cannot deadlock: `spawns(")
        .push(nodes[child].name)
        .push(", cycle = \"why\")`")
}

/// Returns the position of the first place that waits for the `pre_start` of the next place.
const fn first_spawn(places: &[usize], nodes: &[Node], events: &[Routed]) -> Option<usize> {
    let mut at = 0;
    while at < places.len() {
        if is_spawn(places[at], places[(at + 1) % places.len()], nodes, events) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Returns whether the edge between two places of a cycle is a spawn.
const fn is_spawn(from: usize, to: usize, nodes: &[Node], events: &[Routed]) -> bool {
    let starts = nodes.len() + events.len();
    if to >= starts {
        return true;
    }
    let from = if from >= starts { from - starts } else { from };
    if from >= nodes.len() || to >= nodes.len() {
        return false;
    }
    let edges = nodes[from].edges;
    let waits_otherwise = waits_on(edges.asks, to) || waits_on(edges.tells, to);
    nodes[to].start_waits && waits_on(edges.spawns, to) && !waits_otherwise
}

const fn waits_on(edges: &[Edge], to: usize) -> bool {
    let mut at = 0;
    while at < edges.len() {
        if edges[at].to == to && edges[at].cycle.is_none() && edges[at].waits {
            return true;
        }
        at += 1;
    }
    false
}

/// Reports a cycle of full mailboxes at the entry of its first actor.
///
/// # Panics
///
/// If `entry` is the first actor of the cycle; in a constant, that is a compile error.
#[track_caller]
pub const fn tell_cycle<const PLACES: usize>(
    cycle: &Option<Cycle<PLACES>>,
    nodes: &[Node],
    events: &[Routed],
    entry: usize,
) {
    let Some(cycle) = cycle else { return };
    if cycle.places()[0] != entry {
        return;
    }
    let text = push_path(Text::EMPTY.push("cycle of full mailboxes: "), cycle.places(), nodes, events)
        .push("\nif all of these mailboxes are full, each actor waits for capacity in the next mailbox");
    let text = match first_spawn(cycle.places(), nodes, events) {
        Some(_) => text.push(" or for the next `pre_start`"),
        None => text,
    };
    let (policy, tries) = if cycle.places().len() == 1 {
        ("it", "declare that it tells only itself, `tells(Self)`,\n")
    } else {
        ("one of them", "let one of them only try, `try_tells(Type)`,\n")
    };
    let text = text
        .push("\ngive ")
        .push(policy)
        .push(" another overflow policy, `mailbox(capacity = 1000, overflow = Error)`,\n")
        .push(tries)
        .push("or say at one edge why it cannot happen: `tells(Type, cycle = \"why\")`");
    panic!("{}", text.as_str());
}

/// Appends the path of a cycle. The middle of a path that is too long is replaced by the number of its places.
const fn push_path(mut text: Text, places: &[usize], nodes: &[Node], events: &[Routed]) -> Text {
    let last = places.len() - 1;
    let limit = Text::HALF.saturating_sub(
        place_name(places[last], nodes, events).len() + place_name(places[0], nodes, events).len(),
    );
    let mut at = 0;
    while at < last && text.len() + place_name(places[at], nodes, events).len() < limit {
        text = text.push_code(place_name(places[at], nodes, events));
        text = push_arrow(text, places[at], places[at + 1], nodes, events);
        at += 1;
    }
    if at < last {
        text = text.push("(").push_number((last - at) as u32).push(" more) -> ");
    }
    let text = text.push_code(place_name(places[last], nodes, events));
    push_arrow(text, places[last], places[0], nodes, events).push_code(place_name(places[0], nodes, events))
}

/// Appends the arrow from one place to the next: it says where an actor waits for a start.
const fn push_arrow(text: Text, from: usize, to: usize, nodes: &[Node], events: &[Routed]) -> Text {
    let text =
        if is_spawn(from, to, nodes, events) { text.push(" spawns (waits for `pre_start`)") } else { text };
    text.push(" -> ")
}

/// Reports what `strict` does not allow.
///
/// # Panics
///
/// If `is_wrong`; in a constant, that is a compile error.
#[track_caller]
pub const fn refuse(is_wrong: bool, text: &'static str) {
    if is_wrong {
        panic!("{}", text);
    }
}

/// Reports a message that no actor sends.
///
/// # Panics
///
/// If there is one; in a constant, that is a compile error.
#[track_caller]
pub const fn refuse_unreached(message: Option<&'static str>, system: &'static str, actor: &'static str) {
    if let Some(message) = message {
        let text = Text::EMPTY
            .push("no actor of ")
            .push_code(system)
            .push(" sends ")
            .push_code(message)
            .push(" to ")
            .push_code(actor)
            .push("\nif it comes from outside, say so: `#[handler(entry)]`");
        panic!("{}", text.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, ask_cycle_text};
    use crate::graph::Edges;

    const fn node(name: &'static str) -> Node {
        Node {
            name,
            entry: false,
            handles: &[],
            edges: &Edges::NONE,
            start_waits: false,
            mailbox: None,
            slot: || 8,
            list: None,
        }
    }

    #[test]
    fn the_middle_of_a_long_path_is_left_out() {
        let long: &str = &"Long".repeat(100);
        let long: &'static str = long.to_owned().leak();
        for (count, name) in [(300, "SomeActor"), (12, long), (1000, "A")] {
            let mut nodes = vec![node(name); count];
            nodes[0] = node("First");
            nodes[count - 1] = node("Last");
            let places: Vec<_> = (0..count).collect();
            let text = ask_cycle_text(&places, &nodes);
            let text = text.as_str();
            assert!(text.starts_with(&format!("ask cycle: `First` -> `{name}` -> `")), "{text}");
            let end = "-> `Last` -> `First`\neach waits for the next, so they can all wait forever\n\
                       make one of these asks a `tell`, or say on `Last` why the cycle cannot deadlock: \
                       `asks(First, cycle = \"why\")`";
            assert!(text.ends_with(end), "{text}");
            let path = text.strip_prefix("ask cycle: ").and_then(|text| text.split_once('\n')).unwrap().0;
            let parts: Vec<_> = path.split(" -> ").collect();
            let left_out = parts.iter().find_map(|part| part.strip_prefix('(')?.strip_suffix(" more)"));
            let left_out: usize = left_out.unwrap_or_else(|| panic!("{text}")).parse().unwrap();
            // The first actor is named twice.
            assert_eq!(parts.len() - 1 + left_out - 1, count);
        }
    }

    #[test]
    fn a_path_that_fits_is_written_in_full() {
        let nodes: Vec<_> = (0..50).map(|number| node(format!("Actor{number}").leak())).collect();
        let places: Vec<_> = (0..50).collect();
        assert!(!ask_cycle_text(&places, &nodes).as_str().contains("more"));
    }
}
