//! `Link`: a declared edge of the message graph (asks, tells, publishes, subscribes, spawns).

use super::Topology;
use std::fmt;

/// A declared link between two actors, or between an actor and an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Link {
    /// The kind of the link.
    pub kind: LinkKind,
    /// The name of the actor, or of the event if the link is a subscription.
    pub from: &'static str,
    /// The name of the actor, or of the event if the link is a publication.
    pub to: &'static str,
    /// The reason why a cycle through the link is allowed: `cycle = ".."`.
    pub cycle: Option<&'static str>,
    /// The positions of both ends in `actors(..)` or `events(..)`.
    pub(crate) ends: (usize, usize),
}

/// The kind of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkKind {
    /// `asks(..)`
    Asks,
    /// `tells(..)`
    Tells,
    /// `try_tells(..)`, or `tells(Self)`: the sender never waits for capacity.
    TriesToTell,
    /// `tells(any ..)`: one link to each actor that handles this message.
    TellsAny(&'static str),
    /// `publishes(..)`
    Publishes,
    /// `#[on_event]`, or `subscribes(..)`
    Subscribes,
    /// `spawns(..)`
    Spawns,
}

impl LinkKind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            LinkKind::Asks => "asks",
            LinkKind::Tells => "tells",
            LinkKind::TriesToTell => "tries to tell",
            LinkKind::TellsAny(_) => "tells any",
            LinkKind::Publishes => "publishes",
            LinkKind::Subscribes => "subscribes",
            LinkKind::Spawns => "spawns",
        }
    }
}

impl fmt::Display for LinkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkKind::TellsAny(message) => write!(f, "tells any {message}"),
            kind => f.write_str(kind.word()),
        }
    }
}

/// Writes the link as `Account asks Ledger`; a subscription begins with the actor.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = match self.kind {
            LinkKind::Subscribes => (self.to, self.from),
            _ => (self.from, self.to),
        };
        match self.kind {
            LinkKind::Subscribes => write!(f, "{first} subscribes to {last}"),
            LinkKind::TellsAny(message) => write!(f, "{first} tells {last} {message}"),
            kind => write!(f, "{first} {kind} {last}"),
        }
    }
}

impl Topology {
    /// Returns all declared links: for each actor, what it asks, tells, publishes, subscribes to and spawns.
    ///
    /// `tells(any Note)` is a link to each actor that handles `Note`.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        let actor = |at: usize| self.nodes[at].name;
        let event = |at: usize| self.events[at].name;
        let mut links = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let (from, edges) = (node.name, node.edges);
            let mut add = |kind, to: usize, name, cycle| {
                links.push(Link { kind, from, to: name, cycle, ends: (at, to) });
            };
            edges.asks.iter().for_each(|edge| add(LinkKind::Asks, edge.to, actor(edge.to), edge.cycle));
            for edge in edges.tells {
                let kind = if edge.waits { LinkKind::Tells } else { LinkKind::TriesToTell };
                add(kind, edge.to, actor(edge.to), edge.cycle);
            }
            for told in edges.tells_any {
                for (to, node) in self.nodes.iter().enumerate() {
                    let is_it = |message: crate::message::Named| message.is(told);
                    let handled = node.handles.iter().find(|one| one.message.is_some_and(is_it));
                    if let Some(handled) = handled {
                        add(LinkKind::TellsAny(handled.name), to, node.name, None);
                    }
                }
            }
            edges
                .publishes
                .iter()
                .for_each(|edge| add(LinkKind::Publishes, edge.to, event(edge.to), edge.cycle));
            edges.spawns.iter().for_each(|edge| add(LinkKind::Spawns, edge.to, actor(edge.to), edge.cycle));
            // An event that is configured out has no position in the list.
            for subscribed in edges.subscribes.iter().filter(|subscribed| **subscribed < self.events.len()) {
                links.push(Link {
                    kind: LinkKind::Subscribes,
                    from: event(*subscribed),
                    to: node.name,
                    cycle: None,
                    ends: (*subscribed, at),
                });
            }
        }
        links
    }
}
