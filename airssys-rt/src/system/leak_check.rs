//! What must not remain of a system after its shutdown, for the ledger of the test kit.

use crate::{
    broker::MessageBroker,
    rt::Runtime,
    sync::Arc,
    system::{ActorSystem, System},
};

/// Resources of a system that must not remain after a shutdown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Leftovers {
    pub(crate) actors: usize,
    pub(crate) names: Vec<Arc<str>>,
    /// The approximate number of messages with an entry in a metadata table.
    pub(crate) metadata_entries: usize,
}

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    pub(crate) fn leftovers(&self) -> Leftovers {
        let core = self.core();
        let mut metadata_entries = 0;
        S::kinds(&core.registry, &mut |kind| metadata_entries += kind.kept());
        Leftovers { actors: core.cells().len(), names: core.names.all(), metadata_entries }
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.core().runtime
    }
}
