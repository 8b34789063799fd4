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

const fn path(mut text: Text, places: &[usize], nodes: &[Node], events: &[Routed]) -> Text {
    let mut at = 0;
    while at < places.len() {
        text = name(text, places[at], nodes, events).put(" -> ");
        at += 1;
    }
    name(text, places[0], nodes, events)
}

const fn name(text: Text, place: usize, nodes: &[Node], events: &[Routed]) -> Text {
    if place < nodes.len() {
        text.name(nodes[place].name)
    } else {
        text.name(events[place - nodes.len()].name)
    }
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
