use crate::{
    actor::{
        declare::Actor,
        shared::{AnyCell, Cell, ExitReason},
    },
    id::ActorId,
    reply::FaultReport,
    rt,
    sync::{Arc, Weak},
};
use std::{mem, time::Duration};

/// Whom an actor belongs to, and who belongs to it.
#[derive(Default)]
pub(crate) struct Hierarchy {
    parent: Option<Weak<dyn AnyCell>>,
    /// In the order in which they were started. Some may have ended.
    children: Vec<Arc<dyn AnyCell>>,
    /// The children are being stopped: there will be no more.
    closed: bool,
    /// What a child has failed of, until this actor observers.
    failed: Option<ChildFailed>,
}

/// A child of an actor has failed, and its `on_error` said `Escalate`: the fault of the parent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("its child `{actor}` {id} failed")]
#[non_exhaustive]
pub struct ChildFailed {
    /// Who it was.
    pub id: ActorId,
    /// The name of its type.
    pub actor: &'static str,
    /// The name it was spawned with.
    pub name: Option<Arc<str>>,
    /// What it failed of.
    #[source]
    pub fault: FaultReport,
}

impl Hierarchy {
    pub(crate) fn of(parent: Weak<dyn AnyCell>) -> Self {
        Hierarchy { parent: Some(parent), ..Hierarchy::default() }
    }

    pub(crate) fn add_child(&mut self, child: Arc<dyn AnyCell>) -> bool {
        if self.closed {
            return false;
        }
        // Now and then: who has ended need not be stopped. Each time would be slow with many.
        if self.children.len().is_power_of_two() {
            self.children.retain(|other| !other.has_ended());
        }
        self.children.push(child);
        true
    }

    /// There will be no more.
    pub(crate) fn take_children(&mut self) -> Vec<Arc<dyn AnyCell>> {
        self.closed = true;
        mem::take(&mut self.children)
    }

    /// There is another incarnation: it may have children of its own.
    pub(crate) fn reopen(&mut self) {
        self.closed = false;
        self.failed = None;
    }

    /// The first one is what counts: the actor fails once.
    pub(crate) fn child_failed(&mut self, child: ChildFailed) {
        self.failed.get_or_insert(child);
    }

    pub(crate) fn remove_child(&mut self, child: usize) {
        self.children.retain(|other| other.identity() != child);
    }
}

impl<A: Actor> Cell<A> {
    pub(crate) fn parent(&self) -> Option<Arc<dyn AnyCell>> {
        self.with_hierarchy(|hierarchy| hierarchy.parent.clone())?.upgrade()
    }

    /// The child that failed, if there is one.
    #[cold]
    pub(crate) fn take_failed_child(&self) -> Option<ChildFailed> {
        self.with_hierarchy(|hierarchy| hierarchy.failed.take())
    }

    /// The parent, if there is one, fails with this actor.
    #[cold]
    pub(crate) fn escalate(&self, reason: &ExitReason) {
        if let (Some(parent), Some(fault)) = (self.parent(), reason.fault()) {
            let (id, name, fault) = (self.id, self.name().cloned(), fault.clone());
            parent.child_failed(ChildFailed { id, actor: A::NAME, name, fault });
        }
    }

    /// Whether somebody has to be stopped with it.
    pub(crate) fn has_children(self: &Arc<Self>) -> bool {
        // A child points to its parent, and hardly anybody else points weakly: no need to lock.
        Arc::weak_count(self) > 0 && self.with_hierarchy(|hierarchy| !hierarchy.children.is_empty())
    }

    /// Who has to be stopped with it. There will be no more.
    pub(crate) fn take_children(&self) -> Vec<Arc<dyn AnyCell>> {
        self.with_hierarchy(Hierarchy::take_children)
    }
}

/// Stops one after the other, the youngest first. Whoever needs longer than `limit` is killed.
pub(crate) async fn stop_children(children: Vec<Arc<dyn AnyCell>>, limit: Duration) {
    for child in children.into_iter().rev() {
        child.shut_down();
        if rt::timeout(limit, child.exit()).await.is_none() {
            child.kill();
            // A kill takes effect at the next wait, and then `post_stop` has its time.
            let _ = rt::timeout(limit.saturating_mul(2), child.exit()).await;
        }
    }
}
