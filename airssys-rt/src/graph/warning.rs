//! `Warning`: a possible mistake in a message graph that compiles, such as a deadlock or an unused event.

use super::{
    Edges, Node, Routed, Waits,
    cycle::{Search, index_of_smallest},
    node::place_name,
};
use std::fmt;

/// A possible mistake in a message graph that compiles. `#[actor_system(strict, ..)]` makes each warning an error.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// A cycle of actors that can deadlock: if all of their mailboxes are full, each actor waits for capacity in the next
    /// mailbox, or for the `pre_start` of the next actor.
    Cycle {
        /// The names of the actors and events; the first name is repeated at the end.
        path: Vec<&'static str>,
    },
    /// No actor subscribes to the event.
    Unheard {
        /// The name of the event.
        event: &'static str,
    },
    /// No actor publishes the event.
    Unpublished {
        /// The name of the event.
        event: &'static str,
    },
    /// No actor sends the message to the actor, and its handler is not marked `#[handler(entry)]`.
    Unreached {
        /// The name of the actor.
        actor: &'static str,
        /// The name of the message.
        message: &'static str,
    },
    /// No actor spawns the actor, and it is not marked as spawned from outside, `actors(entry ..)`.
    Unspawned {
        /// The name of the actor.
        actor: &'static str,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Cycle { path } => write!(f, "cycle of full mailboxes: {}", path.join(" -> ")),
            Warning::Unheard { event } => write!(f, "no actor subscribes to {event}"),
            Warning::Unpublished { event } => write!(f, "no actor publishes {event}"),
            Warning::Unreached { actor, message } => write!(f, "no actor sends {message} to {actor}"),
            Warning::Unspawned { actor } => write!(f, "no actor spawns {actor}"),
        }
    }
}

impl Warning {
    /// Returns all warnings of a graph. A warning about messages or spawns that may come from outside needs a graph that marks
    /// its entries.
    pub(crate) fn of(nodes: &[Node], events: &[Routed]) -> Vec<Self> {
        let mut warnings = cycles(nodes, events);
        let any = |declares: &dyn Fn(&Edges) -> bool| nodes.iter().any(|node| declares(node.edges));
        for (index, event) in events.iter().enumerate().filter(|(_, event)| !event.entry) {
            if !any(&|edges| edges.subscribes.contains(&index)) {
                warnings.push(Warning::Unheard { event: event.name });
            } else if !any(&|edges| edges.publishes.iter().any(|edge| edge.to == index)) {
                warnings.push(Warning::Unpublished { event: event.name });
            }
        }
        let has_entry_handlers = nodes.iter().any(|node| node.handles.iter().any(|handled| handled.entry));
        let has_entry_actors = nodes.iter().any(|node| node.entry);
        for (index, node) in nodes.iter().enumerate() {
            let is_sent_to = any(&|edges| edges.asks.iter().chain(edges.tells).any(|edge| edge.to == index));
            if has_entry_handlers && !is_sent_to {
                let unreached = node.handles.iter().filter(|handled| handled.is_unreached(nodes));
                warnings.extend(
                    unreached.map(|handled| Warning::Unreached { actor: node.name, message: handled.name }),
                );
            }
            if has_entry_actors
                && !node.entry
                && !any(&|edges| edges.spawns.iter().any(|edge| edge.to == index))
            {
                warnings.push(Warning::Unspawned { actor: node.name });
            }
        }
        warnings
    }
}

/// Returns one warning for each edge that closes a cycle.
fn cycles(nodes: &[Node], events: &[Routed]) -> Vec<Warning> {
    let places = 2 * nodes.len() + events.len();
    let subscriptions = nodes.iter().map(|node| node.edges.subscribes.len()).sum();
    let (mut subscriber_offsets, mut subscribers) = (vec![0; events.len() + 1], vec![0; subscriptions]);
    let (mut colours, mut next_edge, mut path) = (vec![0; places], vec![0; places], vec![0; places]);
    let mut search = Search {
        nodes,
        waits: Waits::Capacity,
        subscriber_offsets: &mut subscriber_offsets,
        subscribers: &mut subscribers,
        colours: &mut colours,
        next_edge: &mut next_edge,
        path: &mut path,
        depth: 0,
        root: 0,
        has_circle_of_spawns: false,
    };
    search.sort_subscriptions();
    let around = |cycle: &[usize]| {
        let first = index_of_smallest(cycle);
        let around = cycle.iter().cycle().skip(first).take(cycle.len() + 1);
        Warning::Cycle { path: around.map(|place| place_name(*place, nodes, events)).collect() }
    };
    let mut found = Vec::new();
    while let Some(begin) = search.next_cycle() {
        found.push(around(&search.path[begin..search.depth]));
    }
    if found.is_empty() && search.has_circle_of_spawns && search.cycle_from_each() {
        found.push(around(&search.path[..search.depth]));
    }
    found
}
