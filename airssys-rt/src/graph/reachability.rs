//! Which actors, messages and events the declared edges lead to: finds a handler that no actor sends to.

use super::{Handled, Node};
use crate::message::Named;

/// The actors and events of a system that declared edges lead to.
#[derive(Debug, Clone, Copy)]
pub struct Reachability<const ACTORS: usize, const EVENTS: usize> {
    sent_to: [bool; ACTORS],
    spawned: [bool; ACTORS],
    published: [bool; EVENTS],
    subscribed: [bool; EVENTS],
    /// Whether a handler is marked as an entry.
    has_entries: bool,
}

impl<const ACTORS: usize, const EVENTS: usize> Reachability<ACTORS, EVENTS> {
    #[must_use]
    pub const fn of(nodes: &[Node]) -> Self {
        let mut reach = Reachability {
            sent_to: [false; ACTORS],
            spawned: [false; ACTORS],
            published: [false; EVENTS],
            subscribed: [false; EVENTS],
            has_entries: false,
        };
        let mut node = 0;
        while node < nodes.len() {
            let edges = nodes[node].edges;
            let mut at = 0;
            while at < edges.asks.len() {
                reach.sent_to[edges.asks[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.tells.len() {
                reach.sent_to[edges.tells[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.spawns.len() {
                reach.spawned[edges.spawns[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.publishes.len() {
                reach.published[edges.publishes[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.subscribes.len() {
                // An event that is configured out has no position in the list.
                if edges.subscribes[at] < EVENTS {
                    reach.subscribed[edges.subscribes[at]] = true;
                }
                at += 1;
            }
            at = 0;
            while at < nodes[node].handles.len() {
                reach.has_entries |= nodes[node].handles[at].entry;
                at += 1;
            }
            node += 1;
        }
        reach
    }

    /// Returns whether an actor publishes this event.
    #[must_use]
    pub const fn is_published(&self, event: usize) -> bool {
        self.published[event]
    }

    /// Returns whether an actor subscribes to this event.
    #[must_use]
    pub const fn is_subscribed(&self, event: usize) -> bool {
        self.subscribed[event]
    }

    /// Returns whether an actor spawns this one.
    #[must_use]
    pub const fn is_spawned(&self, actor: usize) -> bool {
        self.spawned[actor]
    }

    /// Returns the first message of an actor that no declared edge leads to and that is no entry. A message that mentions a
    /// parameter of the actor is not checked, because it is not known whether a `tells(any ..)` sends it.
    #[must_use]
    pub const fn unreached(&self, nodes: &[Node], actor: usize) -> Option<&'static str> {
        if self.sent_to[actor] {
            return None;
        }
        let handles = nodes[actor].handles;
        let mut at = 0;
        while at < handles.len() {
            let handled = handles[at];
            if handled.is_unreached(nodes) {
                return Some(handled.name);
            }
            at += 1;
        }
        None
    }

    /// Returns whether an actor has an unreached message and the system marks entries. Without marked entries it is not known
    /// which messages come from outside, so there is no warning.
    #[must_use]
    pub const fn has_unreached(&self, nodes: &[Node], actor: usize) -> bool {
        self.has_entries && self.unreached(nodes, actor).is_some()
    }
}

impl Handled {
    /// Returns whether no actor sends this message, provided that no edge names its actor.
    pub(super) const fn is_unreached(&self, nodes: &[Node]) -> bool {
        match self.message {
            Some(message) => !self.entry && !is_sent_to_any(nodes, &message),
            None => false,
        }
    }
}

const fn is_sent_to_any(nodes: &[Node], message: &Named) -> bool {
    let mut node = 0;
    while node < nodes.len() {
        let told = nodes[node].edges.tells_any;
        let mut at = 0;
        while at < told.len() {
            if told[at].is(message) {
                return true;
            }
            at += 1;
        }
        node += 1;
    }
    false
}

/// The constants that generated code names where a graph is right; where it is wrong, an inherent constant of the same name is
/// deprecated, with the warning as its text.
pub trait NoFinding {
    const EVENT_WITHOUT_SUBSCRIBER: () = ();
    const EVENT_WITHOUT_PUBLISHER: () = ();
    const HANDLER_WITHOUT_SENDER: () = ();
    const ACTOR_WITHOUT_SPAWNER: () = ();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::{Edge, Edges},
        message::{Origin, schema::Schema},
    };

    const fn named(path: &'static str, id: u64) -> Named {
        let origin = Origin { path, line: 1, column: 1 };
        Named { name: path, origin, hash: id, id, schema: || const { &Schema::unknown("a", None) } }
    }

    const DEPOSIT: Named = named("bank::Deposit", 1);
    const CLOSE: Named = named("bank::Close", 2);

    const fn node(name: &'static str, handles: &'static [Handled], edges: &'static Edges) -> Node {
        Node { name, entry: false, handles, edges, start_waits: false, mailbox: None, slot: || 8, list: None }
    }

    const fn handled(message: Named, entry: bool) -> Handled {
        Handled { name: message.name, entry, message: Some(message), schema: None }
    }

    const UNKNOWN: Handled = Handled { name: "Put<T>", entry: false, message: None, schema: None };

    /// A bank that tells the first account and asks the second, spawns the second, and publishes the second event of three.
    const BANK: Edges = Edges {
        asks: &[Edge::to(2)],
        tells: &[Edge::tried(1)],
        publishes: &[Edge::to(1)],
        spawns: &[Edge::to(2)],
        ..Edges::NONE
    };
    /// Subscribes to the third event, and to one that is configured out.
    const AUDIT: Edges = Edges { subscribes: &[2, usize::MAX], ..Edges::NONE };
    const TELLS: Edges = Edges { tells: &[Edge::to(1)], ..Edges::NONE };
    const ASKS: Edges = Edges { asks: &[Edge::to(1)], ..Edges::NONE };
    const SPAWNS: Edges = Edges { spawns: &[Edge::to(1)], ..Edges::NONE };
    const ENTRY: &[Handled] = &[handled(DEPOSIT, true)];
    const TELLS_ANY: Edges = Edges { tells_any: &[DEPOSIT], ..Edges::NONE };

    #[test]
    fn edges_lead_to_their_targets_only() {
        let nodes = [node("Bank", &[], &BANK), node("A", &[], &AUDIT), node("B", &[], &Edges::NONE)];
        let reach = Reachability::<3, 3>::of(&nodes);
        assert_eq!([0, 1, 2].map(|actor| reach.sent_to[actor]), [false, true, true]);
        assert_eq!([0, 1, 2].map(|actor| reach.is_spawned(actor)), [false, false, true]);
        assert_eq!([0, 1, 2].map(|event| reach.is_published(event)), [false, true, false]);
        assert_eq!([0, 1, 2].map(|event| reach.is_subscribed(event)), [false, false, true]);
    }

    #[test]
    fn a_message_is_unreached_if_no_edge_names_its_actor_and_no_actor_tells_it_to_any() {
        let account: &[Handled] = const { &[UNKNOWN, handled(DEPOSIT, false), handled(CLOSE, false)] };
        let unreached = |edges: &'static Edges, handles| {
            let nodes = [node("Bank", &[], edges), node("Account", handles, &Edges::NONE)];
            Reachability::<2, 3>::of(&nodes).unreached(&nodes, 1)
        };
        assert_eq!(unreached(&Edges::NONE, account), Some("bank::Deposit"), "the first of them");
        assert_eq!(unreached(&TELLS_ANY, account), Some("bank::Close"));
        assert_eq!(unreached(&TELLS, account), None);
        assert_eq!(unreached(&ASKS, account), None);
        assert_eq!(unreached(&SPAWNS, account), Some("bank::Deposit"), "a spawn sends nothing");
        assert_eq!(unreached(&Edges::NONE, ENTRY), None, "it comes from outside");
        assert_eq!(unreached(&Edges::NONE, const { &[UNKNOWN] }), None, "it may be one that is told to any");
        assert_eq!(unreached(&Edges::NONE, &[]), None);
    }

    #[test]
    fn without_a_marked_entry_there_is_no_finding() {
        let finding = |first_is_entry| {
            let handles: &[Handled] = if first_is_entry {
                const { &[handled(DEPOSIT, true), handled(CLOSE, false)] }
            } else {
                const { &[handled(DEPOSIT, false), handled(CLOSE, false)] }
            };
            let nodes = [node("Account", handles, &Edges::NONE)];
            Reachability::<1, 0>::of(&nodes).has_unreached(&nodes, 0)
        };
        assert_eq!([false, true].map(finding), [false, true]);
    }
}
