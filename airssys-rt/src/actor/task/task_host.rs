//! The trait `TaskHost`: the part of a system that registers an actor and makes its task, for supervisors.

use crate::{
    actor::{
        declare::Actor,
        shared::{CellConfig, Host},
        spawn::SpawnError,
        task::TaskState,
    },
    sync::Arc,
};

/// The part of a system that makes the task of an actor: for supervisors, which start tasks themselves.
pub(crate) trait TaskHost<A: Actor>: Host<A> {
    /// Registers an actor: from here on messages reach it. Dropping the state leaves nothing behind.
    fn enter(self: Arc<Self>, config: CellConfig) -> Result<TaskState<A>, SpawnError>;
}

/// The part of the system behind `host` that makes tasks.
pub(crate) fn task_host<A: Actor>(host: Arc<dyn Host<A>>) -> Option<Arc<dyn TaskHost<A>>> {
    host.task_host().downcast().ok().map(|task_host| *task_host)
}
