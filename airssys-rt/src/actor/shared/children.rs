//! The children of an actor: how they are stopped, youngest first, and how a failure reaches the parent.

use crate::{
    actor::{
        declare::Actor,
        shared::{
            AnyCell, AnySystem, Cell, ChildFailed, ExitReason, LifecycleEvent, LifecycleStep,
            end_waits::EndWait, end_within,
        },
    },
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
}

/// Stops the children of an actor, the youngest first, and waits for their end. If the wait is given up, those that are left are its
/// children still.
pub(crate) async fn stop_children(parent: &dyn AnyCell, limit: Duration, system: &dyn AnySystem) {
    let family = parent.about();
    family.close_family();
    if !family.has_children() {
        return;
    }
    let _wait = EndWait::begin(parent);
    while let Some(child) = family.youngest_child() {
        let left = stop_one(&child, limit, system).await;
        family.remove_youngest_child(child.identity());
        family.adopt(left);
    }
}

/// Stops actors, the last one first, each completely before the next, and waits for their end.
pub(crate) async fn stop_each(mut actors: Vec<Arc<dyn AnyCell>>, limit: Duration, system: &dyn AnySystem) {
    while let Some(actor) = actors.pop() {
        actors.extend(stop_one(&actor, limit, system).await);
    }
}

/// Stops an actor and waits for its end.
///
/// It has `limit` to end, without the time in which it waits for its own children. If it exceeds that, it is killed. If it does not end
/// then, its code blocks its thread: it is given up, and its children are returned, which have to be stopped in its place.
async fn stop_one(
    actor: &Arc<dyn AnyCell>,
    limit: Duration,
    system: &dyn AnySystem,
) -> Vec<Arc<dyn AnyCell>> {
    actor.shut_down();
    actor.wake(); // its code may wait for an actor that waits for its end
    if end_within(&**actor, limit).await {
        return Vec::new();
    }
    actor.kill();
    system.record_overdue(actor);
    // A kill takes effect at the next wait; `post_stop` then has its time limit.
    if end_within(&**actor, limit.saturating_mul(2)).await {
        return Vec::new();
    }
    if system.observes_lifecycle() {
        let (id, name) = (Some(actor.id()), actor.name().cloned());
        let step = LifecycleStep::Stuck;
        system.lifecycle_event(&LifecycleEvent::new(id, actor.actor(), name, step));
    }
    give_up(actor, system)
}

/// Gives up an actor that was killed and has not ended: its name is free. Returns its children, which it cannot stop.
pub(crate) fn give_up(cell: &Arc<dyn AnyCell>, system: &dyn AnySystem) -> Vec<Arc<dyn AnyCell>> {
    if let Some(name) = cell.name() {
        system.release_name(name, cell.id());
    }
    cell.about().take_children()
}
