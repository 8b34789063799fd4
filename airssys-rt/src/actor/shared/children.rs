//! The children of an actor: how they are stopped, youngest first, and how a failure reaches the parent.

use crate::{
    actor::{
        declare::Actor,
        shared::{
            AnyCell, AnySystem, Cell, ChildFailed, ExitReason, LifecycleEvent, LifecycleStep, end_within,
        },
    },
    sync::Arc,
};
use std::{mem, time::Duration};

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

/// Stops the children of an actor, the youngest first, and waits for their end.
pub(crate) async fn stop_children(parent: &dyn AnyCell, limit: Duration, system: &dyn AnySystem) {
    let mut rest = StoppedChildren { parent, children: parent.take_children() };
    if !rest.children.is_empty() {
        parent.begin_children_wait();
        stop_each(&mut rest.children, limit, system).await;
        parent.end_children_wait();
    }
}

/// The children of an actor that have not ended. If the wait for their end is given up, they are its children again.
struct StoppedChildren<'a> {
    parent: &'a dyn AnyCell,
    children: Vec<Arc<dyn AnyCell>>,
}

impl Drop for StoppedChildren<'_> {
    fn drop(&mut self) {
        if !self.children.is_empty() {
            self.parent.return_children(mem::take(&mut self.children));
        }
    }
}

/// Stops actors, the last one first, each completely before the next, and waits for their end.
///
/// Each has `limit` to end, without the time in which it waits for its own children. An actor that exceeds it is killed. If it does
/// not end then, its code blocks its thread: it is given up, and its children are stopped in its place.
///
/// An actor is in the list until it has ended or is given up.
pub(crate) async fn stop_each(actors: &mut Vec<Arc<dyn AnyCell>>, limit: Duration, system: &dyn AnySystem) {
    while let Some(actor) = actors.last().cloned() {
        let ended = stop_within(&actor, limit, system).await;
        actors.pop();
        if !ended {
            if system.observes_lifecycle() {
                let (id, name) = (Some(actor.id()), actor.name().cloned());
                let step = LifecycleStep::Stuck;
                system.lifecycle_event(&LifecycleEvent { id, actor: actor.actor(), name, step });
            }
            actors.extend(give_up(&actor, system));
        }
    }
}

/// Stops an actor, and kills it after the limit. Returns whether it has ended.
async fn stop_within(actor: &Arc<dyn AnyCell>, limit: Duration, system: &dyn AnySystem) -> bool {
    actor.shut_down();
    if end_within(&**actor, limit).await {
        return true;
    }
    actor.kill();
    system.record_overdue(actor);
    // A kill takes effect at the next wait; `post_stop` then has its time limit.
    end_within(&**actor, limit.saturating_mul(2)).await
}

/// Gives up an actor that was killed and has not ended: its name is free. Returns its children, which it cannot stop.
pub(crate) fn give_up(cell: &Arc<dyn AnyCell>, system: &dyn AnySystem) -> Vec<Arc<dyn AnyCell>> {
    if let Some(name) = cell.name() {
        system.release_name(name, cell.id());
    }
    cell.take_children()
}
