//! `ChildFailed`: the fault of a parent whose child actor failed and escalated.

use crate::{id::ActorId, reply::FaultReport, sync::Arc};

/// The fault of an actor whose child failed and returned [`Escalate`](crate::actor::ErrorAction::Escalate) from `on_error`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("its child `{actor}` {id} failed")]
#[non_exhaustive]
pub struct ChildFailed {
    /// The id of the child.
    pub id: ActorId,
    /// The name of the child's type.
    pub actor: &'static str,
    /// The name that the child was spawned with.
    pub name: Option<Arc<str>>,
    /// The fault of the child.
    #[source]
    pub fault: FaultReport,
}
