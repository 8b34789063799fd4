//! `ActorAddress`: the id or the name of an actor as plain data, resolved at the time of the send.

use crate::id::{ActorId, Printable};
use std::{fmt, sync::Arc};

/// The address of an actor as plain data: its id or its name.
///
/// An address is resolved at the time of the send, not before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ActorAddress {
    /// The actor with this id.
    Id(ActorId),
    /// The actor that has this name at the time of the send.
    Named(Arc<str>),
}

impl ActorAddress {
    /// Creates the address of the actor that has this name at the time of the send.
    pub fn named(name: impl Into<Arc<str>>) -> Self {
        ActorAddress::Named(name.into())
    }
}

impl From<ActorId> for ActorAddress {
    fn from(id: ActorId) -> Self {
        ActorAddress::Id(id)
    }
}

impl fmt::Display for ActorAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ActorAddress::Id(id) => write!(f, "{id}"),
            ActorAddress::Named(name) => write!(f, "`{}`", Printable(name)),
        }
    }
}
