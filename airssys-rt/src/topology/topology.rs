//! `Topology`: the message graph of a system as data: its actors, messages, events and warnings.

use crate::{
    graph::{Handled, Node, Routed, Warning},
    mailbox::MailboxPolicy,
    message::schema::Schema,
    system::System,
};

/// The message graph of one system: its actors and events, and which actor asks, tells, publishes, subscribes to and spawns
/// which. `Bank::topology()` returns it.
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
    /// The name of the actor in the system.
    pub name: &'static str,
    /// Whether the actor is spawned from outside: `actors(entry Account)`.
    pub entry: bool,
    /// The path of the list that the system includes the actor from. `None`: the system lists it itself.
    pub list: Option<&'static str>,
    /// The messages that the actor handles, in order.
    pub messages: Vec<MessageNode>,
    /// The mailbox of the actor; `None` for the default of the system.
    pub mailbox: Option<MailboxPolicy>,
    /// The size in bytes of one message in the mailbox. It depends on the target platform.
    pub slot: usize,
}

/// A message that an actor handles.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MessageNode {
    /// The name of the message in the actor.
    pub name: &'static str,
    /// Whether the message comes from outside: `#[handler(entry)]`.
    pub entry: bool,
    /// The type of the reply as it is written at the message, `()` if the message has no reply.
    pub reply: Option<&'static str>,
    /// The wire format of the message.
    pub schema: Option<&'static Schema>,
}

/// An event of a system.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EventNode {
    /// The name of the event in the system.
    pub name: &'static str,
    /// Whether the outside publishes the event or listens to it: `events(entry Closed)`.
    pub entry: bool,
    /// The path of the list that the system includes the event from. `None`: the system lists it itself.
    pub list: Option<&'static str>,
    /// The wire format of the event.
    pub schema: &'static Schema,
}

/// An included list, with the positions of its entries.
pub(super) struct IncludedList {
    pub(super) name: &'static str,
    pub(super) actors: Vec<usize>,
    pub(super) events: Vec<usize>,
}

impl Topology {
    /// Returns the graph of `S`.
    #[must_use]
    pub fn of<S: System>() -> Self {
        Topology { system: S::NAME, nodes: S::NODES, events: S::EVENTS }
    }

    /// Returns the name of the system.
    #[must_use]
    pub fn system(&self) -> &'static str {
        self.system
    }

    /// Returns the names of the actors, in the order of `actors(..)`.
    pub fn actors(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.nodes.iter().map(|node| node.name)
    }

    /// Returns the names of the events, in the order of `events(..)`.
    pub fn events(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.events.iter().map(|event| event.name)
    }

    /// Returns the actors, in the order of `actors(..)`.
    pub fn nodes(&self) -> impl Iterator<Item = ActorNode> + '_ {
        self.nodes.iter().map(ActorNode::of)
    }

    /// Returns the events, in the order of `events(..)`.
    pub fn routed(&self) -> impl Iterator<Item = EventNode> + '_ {
        self.events.iter().map(|event| EventNode {
            name: event.name,
            entry: event.entry,
            list: event.list,
            schema: (event.event.schema)(),
        })
    }

    /// Returns the lists that the system includes, in order, each with the positions of its actors and events.
    pub(super) fn lists(&self) -> Vec<IncludedList> {
        let mut lists: Vec<IncludedList> = Vec::new();
        let actors = self.nodes.iter().enumerate().map(|(at, node)| (node.list, at, true));
        let events = self.events.iter().enumerate().map(|(at, event)| (event.list, at, false));
        for (list, at, is_actor) in actors.chain(events) {
            let Some(name) = list else { continue };
            let known = lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
                lists.push(IncludedList { name, actors: Vec::new(), events: Vec::new() });
                lists.len() - 1
            });
            let list = &mut lists[known];
            if is_actor { list.actors.push(at) } else { list.events.push(at) }
        }
        lists
    }

    /// Returns the possible mistakes in the graph.
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
            list: node.list,
            messages: node.handles.iter().map(MessageNode::of).collect(),
            mailbox: node.mailbox,
            slot: (node.slot)(),
        }
    }

    /// Returns the size in bytes of the full mailbox, without the memory that the messages own elsewhere. An actor without its
    /// own mailbox has the mailbox `default`. Returns `None` if the mailbox is unbounded.
    #[must_use]
    pub fn most_bytes(&self, default: MailboxPolicy) -> Option<u64> {
        let capacity = self.mailbox.unwrap_or(default).capacity()?;
        Some(u64::from(capacity) * self.slot as u64)
    }

    /// Returns the text that describes the mailbox in a diagram.
    pub(super) fn mailbox_label(&self) -> String {
        let (mailbox, origin) = match self.mailbox {
            Some(mailbox) => (mailbox, ""),
            None => (MailboxPolicy::default(), ", by default"),
        };
        match mailbox.capacity() {
            Some(capacity) => {
                let (slot, most) = (self.slot, u64::from(capacity) * self.slot as u64);
                format!("{capacity} x {slot} bytes = {most}{origin}")
            }
            None => format!("unbounded x {} bytes{origin}", self.slot),
        }
    }
}

impl MessageNode {
    fn of(handled: &Handled) -> Self {
        let schema = handled.schema.map(|schema| schema());
        let reply = schema.and_then(|schema| schema.reply).map(|reply| reply.as_str());
        MessageNode { name: handled.name, entry: handled.entry, reply, schema }
    }

    /// Returns the name of the message and the type of its reply.
    pub(super) fn label(&self) -> String {
        match self.reply {
            Some("()") => self.name.to_owned(),
            Some(reply) => format!("{} -> {reply}", self.name),
            None => format!("{} -> ?", self.name),
        }
    }
}
