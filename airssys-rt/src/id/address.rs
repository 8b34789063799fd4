use crate::id::ActorId;
use std::{fmt, sync::Arc};

/// Where to find an actor, as plain data. It is resolved when something is sent, not before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ActorAddress {
    /// This very actor.
    Id(ActorId),
    /// Whoever has this name at that moment.
    Named(Arc<str>),
}

impl ActorAddress {
    /// Whoever has this name when something is sent.
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
            ActorAddress::Named(name) => write!(f, "`{name}`"),
        }
    }
}
