use crate::{
    broker::MessageBroker,
    rt::Runtime,
    sync::Arc,
    system::{ActorSystem, System},
};

/// What there is in a system that a shutdown should not leave behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Leftovers {
    pub(crate) actors: usize,
    pub(crate) names: Vec<Arc<str>>,
    /// About how many messages something is kept beside their mailbox.
    pub(crate) kept: usize,
}

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    pub(crate) fn leftovers(&self) -> Leftovers {
        let core = self.core();
        let mut kept = 0;
        S::kinds(&core.registry, &mut |kind| kept += kind.kept());
        Leftovers { actors: core.cells().len(), names: core.names.all(), kept }
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.core().runtime
    }
}
