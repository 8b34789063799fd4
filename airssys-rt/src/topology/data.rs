use crate::{
    graph::{Handled, Node, Routed, Warning},
    mailbox::Policy,
    message::schema::Schema,
    system::System,
};

/// Who asks, tells, publishes to and spawns whom in one system. ActorSource by `Bank::topology()`.
#[derive(Debug, Clone)]
pub struct Topology {
    pub(super) system: &'static str,
    pub(super) nodes: &'static [Node],
    pub(super) events: &'static [Routed],
}

/// An actor of a system.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ActorNode {
    /// As the system calls it.
    pub name: &'static str,
    /// It is spawned from outside: `actors(entry Account)`.
    pub entry: bool,
    /// What it handles, in order.
    pub messages: Vec<MessageNode>,
    /// Its mailbox; `None` is the system's default.
    pub mailbox: Option<Policy>,
    /// The bytes that one message takes in its mailbox. It differs from machine to machine.
    pub slot: usize,
}

/// A message that an actor handles.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MessageNode {
    /// As the actor calls it.
    pub name: &'static str,
    /// It comes from outside: `#[handler(entry)]`.
    pub entry: bool,
    /// The type of its reply, `()` if it is not answered. `None`: it mentions a parameter of its actor, so the graph
    /// does not know it.
    pub reply: Option<&'static str>,
    /// What it observers like on a wire, if the graph knows it.
    pub schema: Option<&'static Schema>,
}

/// An event of a system.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EventNode {
    /// As the system calls it.
    pub name: &'static str,
    /// The outside publishes it, or listens to it: `events(entry Closed)`.
    pub entry: bool,
    /// What it observers like on a wire.
    pub schema: &'static Schema,
}

impl Topology {
    /// The graph of `S`.
    #[must_use]
    pub fn of<S: System>() -> Self {
        Topology { system: S::NAME, nodes: S::NODES, events: S::EVENTS }
    }

    /// The name of the system.
    #[must_use]
    pub fn system(&self) -> &'static str {
        self.system
    }

    /// The names of the actors, in the order of `actors(..)`.
    pub fn actors(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.nodes.iter().map(|node| node.name)
    }

    /// The names of the events, in the order of `events(..)`.
    pub fn events(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.events.iter().map(|event| event.name)
    }

    /// The actors, in the order of `actors(..)`.
    pub fn nodes(&self) -> impl Iterator<Item = ActorNode> + '_ {
        self.nodes.iter().map(ActorNode::of)
    }

    /// The events, in the order of `events(..)`.
    pub fn routed(&self) -> impl Iterator<Item = EventNode> + '_ {
        self.events.iter().map(|event| EventNode {
            name: event.name,
            entry: event.entry,
            schema: (event.event.schema)(),
        })
    }

    /// What may be wrong with it, although it compiles.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::of(self.nodes, self.events)
    }
}

impl ActorNode {
    fn of(node: &Node) -> Self {
        ActorNode {
            name: node.name,
            entry: node.entry,
            messages: node.handles.iter().map(MessageNode::of).collect(),
            mailbox: node.mailbox,
            slot: node.slot,
        }
    }

    /// How many bytes its mailbox takes at most when it is full, what the messages own elsewhere not counted. `default`:
    /// the mailbox of an actor that has none of its own. `None` without a limit.
    #[must_use]
    pub fn most_bytes(&self, default: Policy) -> Option<u64> {
        let capacity = self.mailbox.unwrap_or(default).capacity()?;
        Some(u64::from(capacity) * self.slot as u64)
    }

    /// The mailbox as the pictures show it.
    pub(super) fn shown(&self) -> String {
        let (mailbox, from) = match self.mailbox {
            Some(mailbox) => (mailbox, ""),
            None => (Policy::default(), ", by default"),
        };
        match mailbox.capacity() {
            Some(capacity) => {
                let (slot, most) = (self.slot, u64::from(capacity) * self.slot as u64);
                format!("{capacity} x {slot} bytes = {most}{from}")
            }
            None => format!("unbounded x {} bytes{from}", self.slot),
        }
    }
}

impl MessageNode {
    fn of(handled: &Handled) -> Self {
        let schema = handled.message.map(|message| (message.schema)());
        let reply = schema.and_then(|schema| schema.reply).map(|reply| reply.as_str());
        MessageNode { name: handled.name, entry: handled.entry, reply, schema }
    }

    /// Its name, and what it is answered with.
    pub(super) fn shown(&self) -> String {
        match self.reply {
            Some("()") => self.name.to_owned(),
            Some(reply) => format!("{} -> {reply}", self.name),
            None => format!("{} -> ?", self.name),
        }
    }
}
