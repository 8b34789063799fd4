//! The children of a supervisor as callers and subscribers observe them: snapshots and lifecycle events.

use crate::{
    actor::{LifecycleEvent, LifecycleStep},
    rt::{self, Instant},
    supervision::{
        ChildInfo, ChildState,
        cell::{ChildHandle, IncarnationView},
        incarnation::{Incarnation, child_entry::ChildEntry},
        plan::{ChildPhase, Key},
    },
    sync::Mutex,
};
use std::time::Duration;

/// What callers and subscribers observe of the children.
impl Incarnation {
    /// Adds a lifecycle event of a child to the deferred effects, if such events have subscribers.
    pub(super) fn emit(&mut self, key: Key, step: LifecycleStep) {
        if !self.system.observes_lifecycle() {
            return;
        }
        if let Some(child) = self.children.get(&key) {
            let (id, name) = match child.handle() {
                Some(ChildHandle::Actor(cell)) => (Some(cell.id()), cell.name().cloned()),
                _ => (None, None),
            };
            let name = name.or_else(|| Some(child.spec.id()));
            self.deferred.events.push(LifecycleEvent::new(id, child.spec.actor, name, step));
        }
    }

    fn info(&self, key: Key, child: &ChildEntry, now: Instant) -> ChildInfo {
        let actor_id = match child.handle() {
            Some(ChildHandle::Actor(cell)) => Some(cell.id()),
            _ => None,
        };
        let attempt = self.plan.attempts(key);
        let stuck = child.is_stuck();
        let state = match self.plan.child_phase(key).unwrap_or(ChildPhase::Stopped) {
            ChildPhase::Waiting { restart: true, .. } | ChildPhase::Starting { restart: true }
                if stuck && child.stuck =>
            {
                ChildState::Stuck
            }
            ChildPhase::Waiting { due, restart: true } => {
                let due_in = Instant::from_std(due).saturating_duration_since(now);
                ChildState::Restarting { attempt, due_in }
            }
            ChildPhase::Starting { restart: true } => {
                ChildState::Restarting { attempt, due_in: Duration::ZERO }
            }
            ChildPhase::Waiting { .. } | ChildPhase::Starting { .. } => ChildState::Starting,
            ChildPhase::Running => ChildState::Running,
            ChildPhase::Stopping { .. } => ChildState::Stopping,
            ChildPhase::Stopped => ChildState::Stopped,
            ChildPhase::Finished => ChildState::Finished,
            ChildPhase::Idle => ChildState::Idle,
        };
        ChildInfo {
            id: child.spec.id(),
            actor: child.spec.actor,
            actor_id,
            state,
            restarts: child.restarts,
            stuck,
        }
    }
}

impl IncarnationView for Mutex<Option<Incarnation>> {
    fn number(&self) -> Option<u32> {
        self.lock().as_ref().map(|incarnation| incarnation.number)
    }

    fn children(&self) -> Vec<ChildInfo> {
        let incarnation = self.lock();
        let Some(incarnation) = incarnation.as_ref() else { return Vec::new() };
        let now = rt::now();
        incarnation.children.iter().map(|(key, child)| incarnation.info(*key, child, now)).collect()
    }

    fn child_handles(&self) -> Vec<(ChildInfo, Option<ChildHandle>)> {
        let incarnation = self.lock();
        let Some(incarnation) = incarnation.as_ref() else { return Vec::new() };
        let now = rt::now();
        let children = incarnation.children.iter();
        children.map(|(key, child)| (incarnation.info(*key, child, now), child.handle().cloned())).collect()
    }

    fn child_handle(&self, id: &str) -> Option<ChildHandle> {
        let incarnation = self.lock();
        let incarnation = incarnation.as_ref()?;
        incarnation.children.get(incarnation.ids.get(id)?)?.handle().cloned()
    }
}
