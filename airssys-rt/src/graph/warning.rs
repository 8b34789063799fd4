use super::{
    Edges, Node, Routed, Waits,
    cycle::{Search, smallest},
};
use std::fmt;

/// What may be wrong with a graph, although it compiles. `#[actor_system(strict, ..)]` makes each an error.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// If the mailboxes of all of these are full, each waits for room in the next.
    Cycle {
        /// The names of the actors and events, the first one again at the end.
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
    /// No actor sends the message, and it is not marked as coming from outside.
    Unreached {
        /// The name of the actor.
        actor: &'static str,
        /// The name of the message.
        message: &'static str,
    },
    /// No actor spawns it, and it is not marked as spawned from outside.
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
    /// All that can be said of a graph. What depends on the outside is only said of a graph that marks its entries.
    pub(crate) fn of(nodes: &[Node], events: &[Routed]) -> Vec<Self> {
        let mut warnings = cycles(nodes, events);
        let any = |reaches: &dyn Fn(&Edges) -> bool| nodes.iter().any(|node| reaches(node.edges));
        for (index, event) in events.iter().enumerate().filter(|(_, event)| !event.entry) {
            if !any(&|edges| edges.subscribes.contains(&index)) {
                warnings.push(Warning::Unheard { event: event.name });
            } else if !any(&|edges| edges.publishes.iter().any(|edge| edge.to == index)) {
                warnings.push(Warning::Unpublished { event: event.name });
            }
        }
        let marked = nodes.iter().any(|node| node.handles.iter().any(|handled| handled.entry));
        let spawned = nodes.iter().any(|node| node.entry);
        for (index, node) in nodes.iter().enumerate() {
            let told = any(&|edges| edges.asks.iter().chain(edges.tells).any(|edge| edge.to == index));
            if marked && !told {
                let unreached = node.handles.iter().filter(|handled| handled.is_unreached(nodes));
                warnings.extend(
                    unreached.map(|handled| Warning::Unreached { actor: node.name, message: handled.name }),
                );
            }
            if spawned && !node.entry && !any(&|edges| edges.spawns.contains(&index)) {
                warnings.push(Warning::Unspawned { actor: node.name });
            }
        }
        warnings
    }
}

/// One cycle for each edge that closes one.
fn cycles(nodes: &[Node], events: &[Routed]) -> Vec<Warning> {
    let places = nodes.len() + events.len();
    let heard = nodes.iter().map(|node| node.edges.subscribes.len()).sum();
    let (mut heard_from, mut heard_by) = (vec![0; events.len() + 1], vec![0; heard]);
    let (mut colours, mut next, mut path) = (vec![0; places], vec![0; places], vec![0; places]);
    let mut search = Search {
        nodes,
        waits: Waits::Room,
        heard_from: &mut heard_from,
        heard_by: &mut heard_by,
        colours: &mut colours,
        next: &mut next,
        path: &mut path,
        depth: 0,
        root: 0,
    };
    search.hear();
    let name = |place: usize| match nodes.get(place) {
        Some(node) => node.name,
        None => events[place - nodes.len()].name,
    };
    let mut found = Vec::new();
    while let Some(begin) = search.next() {
        let cycle = &search.path[begin..search.depth];
        let first = smallest(cycle);
        let around = cycle.iter().cycle().skip(first).take(cycle.len() + 1);
        found.push(Warning::Cycle { path: around.map(|place| name(*place)).collect() });
    }
    found
}
