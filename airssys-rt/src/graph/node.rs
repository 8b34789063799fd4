//! The tables of the message graph: an actor as a node, its edges, its handled messages, the events.

use crate::{
    mailbox::{MailboxPolicy, Overflow},
    message::{Event, Message, Named, schema::Schema},
};

/// A declared edge from an actor to another actor, or to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The position of the target in `actors(..)`, or in `events(..)`.
    pub to: usize,
    /// The reason why a cycle through this edge is allowed: `cycle = ".."`.
    pub cycle: Option<&'static str>,
    /// Whether the sender may wait for capacity; `false` for `try_tells(..)` and `tells(Self)`.
    pub waits: bool,
}

impl Edge {
    #[must_use]
    pub const fn to(to: usize) -> Self {
        Edge { to, cycle: None, waits: true }
    }

    #[must_use]
    pub const fn allowed(to: usize, why: &'static str) -> Self {
        Edge { to, cycle: Some(why), waits: true }
    }

    /// An edge of an actor that never waits for capacity.
    #[must_use]
    pub const fn tried(to: usize) -> Self {
        Edge { to, cycle: None, waits: false }
    }
}

/// The edges that one actor declares, in one system.
#[derive(Debug, Clone, Copy)]
pub struct Edges {
    pub asks: &'static [Edge],
    pub tells: &'static [Edge],
    /// The messages of `tells(any ..)`.
    pub tells_any: &'static [Named],
    pub publishes: &'static [Edge],
    /// Positions in `events(..)`.
    pub subscribes: &'static [usize],
    pub spawns: &'static [Edge],
}

impl Edges {
    /// The edges of an actor that declares none.
    pub const NONE: Self =
        Edges { asks: &[], tells: &[], tells_any: &[], publishes: &[], subscribes: &[], spawns: &[] };
}

/// A message that an actor handles.
#[derive(Debug, Clone, Copy)]
pub struct Handled {
    /// The name of the message in the actor.
    pub name: &'static str,
    /// Whether the message comes from outside: `#[handler(entry)]`.
    pub entry: bool,
    /// The message; `None` if its type mentions a parameter of the actor: it is not judged in the graph.
    pub message: Option<Named>,
    /// The schema of the message.
    pub schema: Option<fn() -> &'static Schema>,
}

impl Handled {
    /// The messages of an actor, from the names of the types, those that the actor has for them, and the marks as `entry`.
    #[must_use]
    pub const fn all<const N: usize>(
        messages: &[Option<Named>],
        names: [&'static str; N],
        entries: [bool; N],
    ) -> [Self; N] {
        let mut all = [Handled { name: "", entry: false, message: None, schema: None }; N];
        let mut at = 0;
        while at < N {
            all[at] = Handled::new(names[at], entries[at], messages[at]);
            at += 1;
        }
        all
    }

    const fn new(name: &'static str, entry: bool, message: Option<Named>) -> Self {
        let schema = match message {
            Some(named) => Some(named.schema),
            None => None,
        };
        Handled { name, entry, message, schema }
    }

    #[must_use]
    pub const fn message<M: Message>(name: &'static str, entry: bool) -> Self {
        Handled::new(name, entry, Some(Named::message::<M>()))
    }

    /// A message that mentions a parameter of the actor.
    #[must_use]
    pub const fn generic<M: Message>(name: &'static str, entry: bool) -> Self {
        Handled { name, entry, message: None, schema: Some(|| M::SCHEMA) }
    }
}

/// An event of a system.
#[derive(Debug, Clone, Copy)]
pub struct Routed {
    /// The name of the event in the system.
    pub name: &'static str,
    /// Whether the outside publishes the event or listens to it: `events(entry Tick)`.
    pub entry: bool,
    pub event: Named,
    /// The list that the system includes it from.
    pub list: Option<&'static str>,
}

impl Routed {
    #[must_use]
    pub const fn event<E: Event>(name: &'static str, entry: bool) -> Self {
        Routed { name, entry, event: Named::event::<E>(), list: None }
    }

    #[must_use]
    pub const fn from(self, list: &'static str) -> Self {
        Routed { list: Some(list), ..self }
    }
}

/// An actor in the graph of a system.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// The name of the actor in the system.
    pub name: &'static str,
    /// Whether the actor is spawned from outside: `actors(entry Account)`.
    pub entry: bool,
    pub handles: &'static [Handled],
    pub edges: &'static Edges,
    /// Whether its `pre_start` can wait for other actors, which the actor that spawns it then waits for as well.
    pub start_waits: bool,
    /// The mailbox of the actor; `None` for the default of the system.
    pub mailbox: Option<MailboxPolicy>,
    /// The size in bytes of one message in the mailbox. A function, so that rustc computes the layout of the messages only where it is
    /// used.
    pub slot: fn() -> usize,
    /// The list that the system includes it from.
    pub list: Option<&'static str>,
}

impl Node {
    #[must_use]
    pub const fn from(self, list: &'static str) -> Self {
        Node { list: Some(list), ..self }
    }

    /// Returns whether a sender waits when the mailbox is full. The default mailbox of the system is assumed to block.
    pub(super) const fn blocks(&self) -> bool {
        match self.mailbox {
            Some(policy) => policy.capacity().is_some() && matches!(policy.overflow(), Overflow::Block),
            None => true,
        }
    }
}

/// The name of a place in a search for cycles: an actor, an event, or an actor that is in its `pre_start`.
pub(super) const fn place_name(place: usize, nodes: &[Node], events: &[Routed]) -> &'static str {
    if place < nodes.len() {
        nodes[place].name
    } else if place < nodes.len() + events.len() {
        events[place - nodes.len()].name
    } else {
        nodes[place - nodes.len() - events.len()].name
    }
}
