//! The names of live actors: claimed at spawn, freed when the actor has ended.

use crate::{id::ActorId, sync::Arc};
use dashmap::{DashMap, Entry};

/// The names of the actors of one system. A name belongs to one live actor at a time.
#[derive(Default)]
pub(crate) struct NameTable(DashMap<Arc<str>, ActorId>);

impl NameTable {
    /// Gives `name` to `id`, or returns the id that has it. Of several concurrent claims exactly one succeeds.
    pub(crate) fn claim(&self, name: &Arc<str>, id: ActorId) -> Result<(), ActorId> {
        match self.0.entry(name.clone()) {
            Entry::Occupied(taken) => Err(*taken.get()),
            Entry::Vacant(free) => {
                free.insert(id);
                Ok(())
            }
        }
    }

    /// Frees `name` if `id` has it.
    pub(crate) fn release(&self, name: &str, id: ActorId) {
        self.0.remove_if(name, |_, holder| *holder == id);
    }

    /// The id that has `name` now.
    pub(crate) fn find(&self, name: &str) -> Option<ActorId> {
        self.0.get(name).map(|holder| *holder)
    }
}

#[cfg(feature = "testkit")]
impl NameTable {
    /// All names that are taken.
    pub(crate) fn all(&self) -> Vec<Arc<str>> {
        self.0.iter().map(|entry| entry.key().clone()).collect()
    }
}
