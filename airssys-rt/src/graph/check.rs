//! What is refused when a system is compiled. Each function is called in a constant at an entry of the system's lists, so that
//! the error lies there.

use super::{
    Cycle, Node, Routed, Waits, first,
    text::Text,
    twins::{Twins, twins},
};

/// How many subscriptions there are in a system.
#[must_use]
pub const fn subscriptions(nodes: &[Node]) -> usize {
    let (mut count, mut node) = (0, 0);
    while node < nodes.len() {
        count += nodes[node].edges.subscribes.len();
        node += 1;
    }
    count
}

/// What is wrong in every system, strict or not.
#[derive(Debug)]
pub struct Faults<const ACTORS: usize> {
    nodes: &'static [Node],
    twins: Option<Twins>,
    asks: Option<Cycle<ACTORS>>,
}

impl<const ACTORS: usize> Faults<ACTORS> {
    #[must_use]
    pub const fn of<const ROOM: usize>(nodes: &'static [Node], events: &'static [Routed]) -> Self {
        Faults {
            nodes,
            twins: twins::<ROOM>(nodes, events),
            asks: first::<ACTORS, 1, 0>(nodes, Waits::Replies),
        }
    }

    /// The first cycle of full mailboxes; none if there is one of asks, which is one too and is reported already.
    #[must_use]
    pub const fn or_of_room<const PLACES: usize, const FROM: usize, const HEARD: usize>(
        &self,
    ) -> Option<Cycle<PLACES>> {
        if self.asks.is_some() {
            return None;
        }
        first::<PLACES, FROM, HEARD>(self.nodes, Waits::Room)
    }

    /// Reports, at an entry, two messages of one name of which it has the second, and a cycle of asks of which it is the
    /// first actor.
    ///
    /// # Panics
    ///
    /// Then; in a constant, that is a compile error.
    #[track_caller]
    pub const fn check(&self, entry: usize) {
        if let Some(twins) = &self.twins
            && twins.entry == entry
        {
            panic!("{}", twins.text().as_str());
        }
        if let Some(cycle) = &self.asks
            && cycle.places()[0] == entry
        {
            panic!("{}", asks(cycle.places(), self.nodes).as_str());
        }
    }
}

const fn asks(places: &[usize], nodes: &[Node]) -> Text {
    let (first, last) = (nodes[places[0]].name, nodes[places[places.len() - 1]].name);
    let text = path(Text::EMPTY.put("ask cycle: "), places, nodes, &[]);
    let text = if places.len() == 1 {
        text.put(
            "\nan actor that asks its own type can wait for itself\nmake it a `tell`, or say why it cannot",
        )
    } else {
        text.put("\neach waits for the next, so in the end for itself\nmake one of these asks a `tell`, or say on ")
            .name(last)
            .put(" why it cannot deadlock")
    };
    text.put(": `asks(").put(first).put(", cycle = \"why\")`")
}

/// Reports a cycle of full mailboxes at the first of its actors.
///
/// # Panics
///
/// Then; in a constant, that is a compile error.
#[track_caller]
pub const fn tell_cycle<const PLACES: usize>(
    cycle: &Option<Cycle<PLACES>>,
    nodes: &[Node],
    events: &[Routed],
    entry: usize,
) {
    if let Some(cycle) = cycle
        && cycle.places()[0] == entry
    {
        let text = path(Text::EMPTY.put("cycle of full mailboxes: "), cycle.places(), nodes, events)
            .put("\nif all of these mailboxes are full, each waits for room in the next\n")
            .put("give one of them another overflow policy, `mailbox(capacity = 1000, overflow = Error)`, ")
            .put("or say at one edge why it cannot happen: `tells(Type, cycle = \"why\")`");
        panic!("{}", text.as_str());
    }
}

/// Of a way that is too long for the text, the middle is left out.
const fn path(mut text: Text, places: &[usize], nodes: &[Node], events: &[Routed]) -> Text {
    let last = places.len() - 1;
    let room = Text::HALF
        .saturating_sub(name(places[last], nodes, events).len() + name(places[0], nodes, events).len());
    let mut at = 0;
    while at < last && text.len() + name(places[at], nodes, events).len() < room {
        text = text.name(name(places[at], nodes, events)).put(" -> ");
        at += 1;
    }
    if at < last {
        text = text.put("(").number((last - at) as u32).put(" more) -> ");
    }
    text.name(name(places[last], nodes, events)).put(" -> ").name(name(places[0], nodes, events))
}

const fn name(place: usize, nodes: &[Node], events: &[Routed]) -> &'static str {
    if place < nodes.len() { nodes[place].name } else { events[place - nodes.len()].name }
}

/// Refuses what `strict` does not allow.
///
/// # Panics
///
/// If it is wrong; in a constant, that is a compile error.
#[track_caller]
pub const fn refuse(is_wrong: bool, text: &'static str) {
    if is_wrong {
        panic!("{}", text);
    }
}

/// Refuses a message that nobody sends.
///
/// # Panics
///
/// If there is one; in a constant, that is a compile error.
#[track_caller]
pub const fn refuse_unreached(message: Option<&'static str>, system: &'static str, actor: &'static str) {
    if let Some(message) = message {
        let text = Text::EMPTY
            .put("no actor of ")
            .name(system)
            .put(" sends ")
            .name(message)
            .put(" to ")
            .name(actor)
            .put("\nif it comes from outside, say so: `#[handler(entry)]`");
        panic!("{}", text.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, asks};
    use crate::graph::Edges;

    const fn node(name: &'static str) -> Node {
        Node { name, entry: false, handles: &[], edges: &Edges::NONE, mailbox: None, slot: 8 }
    }

    #[test]
    fn of_a_long_way_the_middle_is_left_out() {
        let long: &str = &"Long".repeat(100);
        let long: &'static str = long.to_owned().leak();
        for (count, name) in [(300, "SomeActor"), (12, long), (1000, "A")] {
            let mut nodes = vec![node(name); count];
            nodes[0] = node("First");
            nodes[count - 1] = node("Last");
            let places: Vec<_> = (0..count).collect();
            let text = asks(&places, &nodes);
            let said = text.as_str();
            assert!(said.starts_with(&format!("ask cycle: `First` -> `{name}` -> `")), "{said}");
            let end = "-> `Last` -> `First`\neach waits for the next, so in the end for itself\nmake one of these asks a `tell`, \
                       or say on `Last` why it cannot deadlock: `asks(First, cycle = \"why\")`";
            assert!(said.ends_with(end), "{said}");
            let way = said.strip_prefix("ask cycle: ").and_then(|said| said.split_once('\n')).unwrap().0;
            let parts: Vec<_> = way.split(" -> ").collect();
            let left_out = parts.iter().find_map(|part| part.strip_prefix('(')?.strip_suffix(" more)"));
            let left_out: usize = left_out.unwrap_or_else(|| panic!("{said}")).parse().unwrap();
            // The first one comes twice.
            assert_eq!(parts.len() - 1 + left_out - 1, count);
        }
    }

    #[test]
    fn a_way_that_has_room_is_said_in_full() {
        let nodes: Vec<_> = (0..50).map(|number| node(format!("Actor{number}").leak())).collect();
        let places: Vec<_> = (0..50).collect();
        assert!(!asks(&places, &nodes).as_str().contains("more"));
    }
}
