//! The plan of a supervisor: the state from which it decides which child is started, stopped, removed.

use crate::{
    actor::IncarnationEvent,
    backoff::BackoffState,
    supervision::{
        AutoShutdown, Intensity, Restart, Strategy,
        plan::{Action, ChildPhase, Key, child::PlannedChild},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    time::Instant,
};

/// The decisions of a supervisor: which child is started, stopped and removed, and when the supervisor gives up.
///
/// A function of its state, of events, and of the time: it does nothing itself. Children are ordered by their keys.
#[derive(Debug)]
pub(in crate::supervision) struct SupervisorPlan {
    pub(super) strategy: Strategy,
    pub(super) intensity: Intensity,
    pub(super) auto: AutoShutdown,
    /// Whether all children are stopped at once, not one after the other.
    pub(super) at_once: bool,
    /// Whether a child is removed when it is not started again, whatever its restart type.
    pub(super) forgets: bool,
    pub(super) children: BTreeMap<Key, PlannedChild>,
    /// Children that wait for their start, ordered by time.
    pub(super) due: BTreeSet<(Instant, Key)>,
    pub(super) phase: PlanPhase,
    /// Initial children that have not started yet: the supervisor has started when all have.
    pub(super) initial: BTreeSet<Key>,
    /// Ends of children that are handled when the supervisor has started.
    pub(super) deferred: Vec<(Key, IncarnationEvent)>,
    /// Number of children with a task that has not ended.
    pub(super) alive: usize,
    /// The children that run or are starting.
    pub(super) up: BTreeSet<Key>,
    /// Number of children that are starting.
    pub(super) starting: usize,
    /// Number of children that are stopping.
    pub(super) stopping: usize,
}

/// The phase of the supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlanPhase {
    /// The initial children are being started.
    Starting,
    Running,
    /// All children are being stopped.
    Closing,
    Closed,
}

impl SupervisorPlan {
    /// An empty plan. `dynamic`: all children are stopped at once, and none is kept that is not started again.
    pub(in crate::supervision) fn new(
        strategy: Strategy,
        intensity: Intensity,
        auto: AutoShutdown,
        dynamic: bool,
    ) -> Self {
        SupervisorPlan {
            strategy,
            intensity,
            auto,
            at_once: dynamic,
            forgets: dynamic,
            children: BTreeMap::new(),
            due: BTreeSet::new(),
            phase: PlanPhase::Starting,
            initial: BTreeSet::new(),
            deferred: Vec::new(),
            alive: 0,
            up: BTreeSet::new(),
            starting: 0,
            stopping: 0,
        }
    }

    /// Adds a child, which is due at once.
    pub(in crate::supervision) fn add(
        &mut self,
        key: Key,
        restart: Restart,
        significant: bool,
        backoff: Option<BackoffState>,
        now: Instant,
    ) {
        let phase = ChildPhase::Stopped;
        let child = PlannedChild { restart, significant, backoff, attempts: 0, phase, group_restart: false };
        self.children.insert(key, child);
        self.wait(key, now, false);
    }

    /// Makes a child an initial one: the supervisor starts if and only if the child does.
    pub(in crate::supervision) fn add_initial(&mut self, key: Key) {
        self.initial.insert(key);
    }

    pub(in crate::supervision) fn child_phase(&self, key: Key) -> Option<ChildPhase> {
        self.children.get(&key).map(|child| child.phase)
    }

    /// When a child that waits is started, at the earliest. In a group it waits for the children before it.
    pub(in crate::supervision) fn earliest_start(&self, key: Key) -> Option<Instant> {
        let ChildPhase::Waiting { due, .. } = self.child_phase(key)? else { return None };
        let first = if self.is_grouped() { self.first_waiting() } else { None };
        Some(first.map_or(due, |(_, first)| due.max(first)))
    }

    /// Whether no incarnation of a child follows that was told to stop.
    pub(in crate::supervision) fn stops_for_good(&self, key: Key) -> bool {
        match self.child_phase(key) {
            Some(ChildPhase::Stopping { for_good }) => for_good || self.is_closing(),
            _ => false,
        }
    }

    /// Number of consecutive failures of a child.
    pub(in crate::supervision) fn attempts(&self, key: Key) -> u32 {
        self.children.get(&key).map_or(0, |child| child.attempts)
    }

    pub(in crate::supervision) fn is_closing(&self) -> bool {
        matches!(self.phase, PlanPhase::Closing | PlanPhase::Closed)
    }

    /// The time of the next action that needs no event.
    pub(in crate::supervision) fn next_due(&self) -> Option<Instant> {
        match self.phase {
            PlanPhase::Starting | PlanPhase::Closing | PlanPhase::Closed => None,
            PlanPhase::Running if self.is_grouped() && self.is_busy() => None,
            // The first in order must be the first to start, even if others are due earlier.
            PlanPhase::Running if self.is_grouped() => self.first_waiting().map(|(_, due)| due),
            PlanPhase::Running => self.due.first().map(|(due, _)| *due),
        }
    }

    /// Stops a child, which is not started again automatically.
    pub(in crate::supervision) fn stop(&mut self, key: Key, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        let deferred = self.deferred.len();
        self.deferred.retain(|(other, _)| *other != key);
        match self.child_phase(key) {
            // It has ended already and would report no second end.
            Some(_) if self.deferred.len() < deferred => {
                self.deactivate(key, ChildPhase::Stopped, &mut actions);
            }
            Some(ChildPhase::Running | ChildPhase::Starting { .. }) => {
                self.set_phase(key, ChildPhase::Stopping { for_good: true });
                actions.push(Action::Stop(key));
            }
            Some(ChildPhase::Stopping { .. }) => {
                self.set_phase(key, ChildPhase::Stopping { for_good: true });
            }
            Some(ChildPhase::Waiting { .. }) => self.deactivate(key, ChildPhase::Stopped, &mut actions),
            _ => {}
        }
        self.advance(now, &mut actions);
        actions
    }

    /// Starts a child that does not run.
    pub(in crate::supervision) fn start(&mut self, key: Key, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        self.wait(key, now, false);
        self.advance(now, &mut actions);
        actions
    }

    /// Removes a child that does not run.
    pub(in crate::supervision) fn remove(&mut self, key: Key) {
        self.set_phase(key, ChildPhase::Stopped);
        self.children.remove(&key);
    }

    /// Stops all children, and then the supervisor.
    pub(in crate::supervision) fn close(&mut self, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        self.begin_closing(&mut actions);
        self.advance(now, &mut actions);
        actions
    }

    /// Stops all children at once, also if they are being stopped one after the other.
    pub(in crate::supervision) fn abort(&mut self, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        self.at_once = true;
        self.begin_closing(&mut actions);
        self.stop_all(&mut actions);
        self.advance(now, &mut actions);
        actions
    }

    /// Decides what to do after time has passed or children were added.
    pub(in crate::supervision) fn tick(&mut self, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        self.advance(now, &mut actions);
        actions
    }

    /// Decides what to do after an event of a child.
    pub(in crate::supervision) fn handle(
        &mut self,
        key: Key,
        event: IncarnationEvent,
        now: Instant,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        self.apply(key, event, now, &mut actions);
        self.advance(now, &mut actions);
        actions
    }

    /// Ends a child that does not run: it is not started again automatically.
    pub(super) fn deactivate(&mut self, key: Key, phase: ChildPhase, actions: &mut Vec<Action>) {
        self.initial.remove(&key);
        self.set_phase(key, phase);
        if self.forgets || self.children[&key].restart == Restart::Temporary {
            self.children.remove(&key);
            actions.push(Action::Remove(key));
        } else {
            actions.push(Action::End(key));
        }
    }

    pub(super) fn begin_closing(&mut self, actions: &mut Vec<Action>) {
        if self.is_closing() {
            return;
        }
        self.phase = PlanPhase::Closing;
        let waiting: Vec<_> = self.due.iter().map(|(_, key)| *key).collect();
        for key in waiting {
            self.deactivate(key, ChildPhase::Stopped, actions);
        }
        for (key, _) in mem::take(&mut self.deferred) {
            self.deactivate(key, ChildPhase::Stopped, actions);
        }
        if self.at_once {
            self.stop_all(actions);
        }
    }

    fn stop_all(&mut self, actions: &mut Vec<Action>) {
        self.up.clone().into_iter().for_each(|key| self.begin_stop(key, actions));
    }

    pub(super) fn wait(&mut self, key: Key, due: Instant, restart: bool) {
        self.set_phase(key, ChildPhase::Waiting { due, restart });
    }

    /// The only place where the phase of a child changes.
    pub(super) fn set_phase(&mut self, key: Key, phase: ChildPhase) {
        let Some(child) = self.children.get_mut(&key) else { return };
        if let ChildPhase::Waiting { due, .. } = child.phase {
            self.due.remove(&(due, key));
        }
        if let ChildPhase::Waiting { due, .. } = phase {
            self.due.insert((due, key));
        }
        let before = mem::replace(&mut child.phase, phase);
        self.alive -= usize::from(before.is_alive());
        self.alive += usize::from(phase.is_alive());
        self.starting -= usize::from(before.is_starting());
        self.starting += usize::from(phase.is_starting());
        self.stopping -= usize::from(before.is_stopping());
        self.stopping += usize::from(phase.is_stopping());
        match (before.is_up(), phase.is_up()) {
            (true, false) => drop(self.up.remove(&key)),
            (false, true) => drop(self.up.insert(key)),
            _ => {}
        }
        child.group_restart &= matches!(phase, ChildPhase::Running);
    }
}
