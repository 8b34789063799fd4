use super::{Handled, Node};

/// What the declared edges of a system reach.
#[derive(Debug, Clone, Copy)]
pub struct Reach<const ACTORS: usize, const EVENTS: usize> {
    told: [bool; ACTORS],
    spawned: [bool; ACTORS],
    published: [bool; EVENTS],
    heard: [bool; EVENTS],
    /// Some handler is marked as an entry.
    entries: bool,
}

impl<const ACTORS: usize, const EVENTS: usize> Reach<ACTORS, EVENTS> {
    #[must_use]
    pub const fn of(nodes: &[Node]) -> Self {
        let mut reach = Reach {
            told: [false; ACTORS],
            spawned: [false; ACTORS],
            published: [false; EVENTS],
            heard: [false; EVENTS],
            entries: false,
        };
        let mut node = 0;
        while node < nodes.len() {
            let edges = nodes[node].edges;
            let mut at = 0;
            while at < edges.asks.len() {
                reach.told[edges.asks[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.tells.len() {
                reach.told[edges.tells[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.spawns.len() {
                reach.spawned[edges.spawns[at]] = true;
                at += 1;
            }
            at = 0;
            while at < edges.publishes.len() {
                reach.published[edges.publishes[at].to] = true;
                at += 1;
            }
            at = 0;
            while at < edges.subscribes.len() {
                // One that is configured out has no place.
                if edges.subscribes[at] < EVENTS {
                    reach.heard[edges.subscribes[at]] = true;
                }
                at += 1;
            }
            at = 0;
            while at < nodes[node].handles.len() {
                reach.entries |= nodes[node].handles[at].entry;
                at += 1;
            }
            node += 1;
        }
        reach
    }

    #[must_use]
    pub const fn publishes(&self, event: usize) -> bool {
        self.published[event]
    }

    #[must_use]
    pub const fn hears(&self, event: usize) -> bool {
        self.heard[event]
    }

    #[must_use]
    pub const fn spawns(&self, actor: usize) -> bool {
        self.spawned[actor]
    }

    /// The first message of an actor that no declared edge brings and that is no entry. One that mentions a parameter of the
    /// actor is not judged, because nobody knows whether it is told to any actor.
    #[must_use]
    pub const fn unreached(&self, nodes: &[Node], actor: usize) -> Option<&'static str> {
        if self.told[actor] {
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

    /// Whether this is worth a warning: only of a program that marks its entries is known what comes from outside.
    #[must_use]
    pub const fn misses(&self, nodes: &[Node], actor: usize) -> bool {
        self.entries && self.unreached(nodes, actor).is_some()
    }
}

impl Handled {
    /// No edge that names its actor is known of.
    pub(super) const fn is_unreached(&self, nodes: &[Node]) -> bool {
        match self.message {
            Some(message) => !self.entry && !is_told_to_any(nodes, message.id),
            None => false,
        }
    }
}

const fn is_told_to_any(nodes: &[Node], message: u64) -> bool {
    let mut node = 0;
    while node < nodes.len() {
        let told = nodes[node].edges.tells_any;
        let mut at = 0;
        while at < told.len() {
            if told[at].id == message {
                return true;
            }
            at += 1;
        }
        node += 1;
    }
    false
}
