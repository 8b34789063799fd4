use crate::{
    mailbox::{Overflow, Policy},
    message::{Event, Message, Named},
};

/// A declared way from an actor to another, or to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The position of its end in `actors(..)`, or in `events(..)`.
    pub to: usize,
    /// Why a cycle through it is meant: `cycle = ".."`.
    pub cycle: Option<&'static str>,
}

impl Edge {
    #[must_use]
    pub const fn to(to: usize) -> Self {
        Edge { to, cycle: None }
    }

    #[must_use]
    pub const fn allowed(to: usize, why: &'static str) -> Self {
        Edge { to, cycle: Some(why) }
    }
}

/// What one actor declares, in one system.
#[derive(Debug, Clone, Copy)]
pub struct Edges {
    pub asks: &'static [Edge],
    pub tells: &'static [Edge],
    /// The messages that it tells to any actor.
    pub tells_any: &'static [Named],
    pub publishes: &'static [Edge],
    /// Positions in `events(..)`.
    pub subscribes: &'static [usize],
    /// Positions in `actors(..)`.
    pub spawns: &'static [usize],
}

impl Edges {
    /// Of an actor that declares nothing.
    pub const NONE: Self =
        Edges { asks: &[], tells: &[], tells_any: &[], publishes: &[], subscribes: &[], spawns: &[] };
}

/// A message that an actor handles.
#[derive(Debug, Clone, Copy)]
pub struct Handled {
    /// As the actor calls it.
    pub name: &'static str,
    /// It comes from outside: `#[handler(entry)]`.
    pub entry: bool,
    /// Unknown of a type that mentions a parameter of the actor.
    pub message: Option<Named>,
}

impl Handled {
    #[must_use]
    pub const fn message<M: Message>(name: &'static str, entry: bool) -> Self {
        Handled { name, entry, message: Some(Named::message::<M>()) }
    }

    #[must_use]
    pub const fn unknown(name: &'static str, entry: bool) -> Self {
        Handled { name, entry, message: None }
    }
}

/// An event of a system.
#[derive(Debug, Clone, Copy)]
pub struct Routed {
    /// As the system calls it.
    pub name: &'static str,
    /// The outside publishes it, or listens to it: `events(entry Tick)`.
    pub entry: bool,
    pub event: Named,
}

impl Routed {
    #[must_use]
    pub const fn event<E: Event>(name: &'static str, entry: bool) -> Self {
        Routed { name, entry, event: Named::event::<E>() }
    }
}

/// One actor in the graph of a system.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// As the system calls it.
    pub name: &'static str,
    /// It is spawned from outside: `actors(entry Account)`.
    pub entry: bool,
    pub handles: &'static [Handled],
    pub edges: &'static Edges,
    /// Its mailbox, where the system's default does not do.
    pub mailbox: Option<Policy>,
    /// Bytes that a message takes in its mailbox.
    pub slot: usize,
}

impl Node {
    /// Whether a sender waits when its mailbox is full. The system's default is taken to be that.
    pub(super) const fn blocks(&self) -> bool {
        match self.mailbox {
            Some(policy) => policy.capacity().is_some() && matches!(policy.overflow(), Overflow::Block),
            None => true,
        }
    }
}
