//! `ActorKey`: distinguishes an actor from all others of the process, also after it has ended.

use crate::{
    id::ActorId,
    sync::{GlobalAtomicU64, Relaxed},
};
use std::fmt;

/// Distinguishes an actor from all others of the process, also after it has ended.
///
/// An [`ActorId`] alone is unique in one system only. The address of a cell is unique only while the cell exists: the next cell
/// may have the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ActorKey {
    /// The number of the state of its type. No two of the process have the same, also not in two instances of one system.
    pub(super) type_state: u64,
    pub(super) id: ActorId,
}

impl fmt::Display for ActorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

static TYPE_STATES: GlobalAtomicU64 = GlobalAtomicU64::new(0);

/// The number of a new `TypeState`.
pub(super) fn next_type_state() -> u64 {
    // Relaxed: only the number itself has to be unique.
    TYPE_STATES.fetch_add(1, Relaxed)
}
