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
