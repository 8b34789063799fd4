//! The children of an actor: how they are taken and stopped, youngest first, and how a failure reaches the parent.

use crate::{
    actor::{
        declare::Actor,
        shared::{AnyCell, Cell, ChildFailed, ExitReason},
    },
    rt,
    sync::Arc,
};
use std::time::Duration;

impl<A: Actor> Cell<A> {
    pub(crate) fn parent(&self) -> Option<Arc<dyn AnyCell>> {
        self.about().parent()
    }

    /// Takes the failure of a child, if there is one.
    pub(crate) fn take_failed_child(&self) -> Option<ChildFailed> {
        self.about().take_failed_child()
    }

    /// Makes the parent, if there is one, fail with this actor.
    pub(crate) fn escalate(&self, reason: &ExitReason) {
        self.about().escalate(self, reason);
    }

    /// Whether there are children, which stop with this actor.
    pub(crate) fn has_children(self: &Arc<Self>) -> bool {
        // A child has a weak reference to its parent, and there are few others: without one, no lock is needed.
        Arc::weak_count(self) > 0 && self.about().has_children()
    }

    /// Takes the children, which stop with this actor. No child can be added any more.
    pub(crate) fn take_children(&self) -> Vec<Arc<dyn AnyCell>> {
        self.about().take_children()
    }
}

/// Stops one child after the other, the youngest first. A child that takes longer than `limit` is killed.
pub(crate) async fn stop_children(children: Vec<Arc<dyn AnyCell>>, limit: Duration) {
    for child in children.into_iter().rev() {
        child.shut_down();
        if rt::timeout(limit, child.exit()).await.is_none() {
            child.kill();
            // A kill takes effect at the next wait; `post_stop` then has its time limit.
            let _ = rt::timeout(limit.saturating_mul(2), child.exit()).await;
        }
    }
}
