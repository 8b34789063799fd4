//! Decides which starts and stops are possible now: in order, in groups, or all at once.

use crate::supervision::{
    Strategy,
    plan::{Action, ChildPhase, Key, SupervisorPlan, plan::PlanPhase},
};
use std::{mem, time::Instant};

/// What can be done at a moment.
impl SupervisorPlan {
    /// Adds all actions that are possible now.
    pub(super) fn advance(&mut self, now: Instant, actions: &mut Vec<Action>) {
        match self.phase {
            PlanPhase::Closing => self.stop_next(actions),
            PlanPhase::Starting => self.start_initial(now, actions),
            PlanPhase::Running if self.is_grouped() => self.advance_group(now, actions),
            PlanPhase::Running => self.start_all_due(now, actions),
            PlanPhase::Closed => {}
        }
    }

    fn start_initial(&mut self, now: Instant, actions: &mut Vec<Action>) {
        if self.is_busy() {
            return;
        }
        if let Some(first) = self.initial.first().copied() {
            return self.begin_start(first, actions);
        }
        self.phase = PlanPhase::Running;
        actions.push(Action::SupervisorStarted);
        for (key, event) in mem::take(&mut self.deferred) {
            self.apply(key, event, now, actions);
        }
        self.advance(now, actions);
    }

    /// One action at a time: first all children of a group restart are stopped, the last one first; then they are started in
    /// order.
    fn advance_group(&mut self, now: Instant, actions: &mut Vec<Action>) {
        if self.is_stopping() {
            return;
        }
        let last = self.children.iter().rev().find(|(_, child)| child.group_restart).map(|(key, _)| *key);
        if let Some(key) = last {
            self.set_phase(key, ChildPhase::Stopping { for_good: false });
            return actions.push(Action::Stop(key));
        }
        if self.is_busy() {
            return;
        }
        if let Some((key, _)) = self.first_waiting().filter(|(_, due)| *due <= now) {
            self.begin_start(key, actions);
        }
    }

    fn start_all_due(&mut self, now: Instant, actions: &mut Vec<Action>) {
        while let Some((_, key)) = self.due.first().copied().filter(|(due, _)| *due <= now) {
            self.begin_start(key, actions);
        }
    }

    /// Stops the last child that is up, unless all are stopped at once. Ends the supervisor when no child is left.
    fn stop_next(&mut self, actions: &mut Vec<Action>) {
        if !self.at_once && !self.is_stopping() {
            if let Some(last) = self.up.last().copied() {
                return self.begin_stop(last, actions);
            }
        }
        if self.alive == 0 {
            self.phase = PlanPhase::Closed;
            actions.push(Action::SupervisorEnded);
        }
    }

    fn begin_start(&mut self, key: Key, actions: &mut Vec<Action>) {
        let restart = matches!(self.children[&key].phase, ChildPhase::Waiting { restart: true, .. });
        self.set_phase(key, ChildPhase::Starting { restart });
        actions.push(Action::Start(key));
    }

    pub(super) fn begin_stop(&mut self, key: Key, actions: &mut Vec<Action>) {
        self.set_phase(key, ChildPhase::Stopping { for_good: true });
        actions.push(Action::Stop(key));
    }

    /// Whether a failure of one child affects others.
    pub(super) fn is_grouped(&self) -> bool {
        self.strategy != Strategy::OneForOne
    }

    /// Whether a child is starting or stopping.
    pub(super) fn is_busy(&self) -> bool {
        self.starting + self.stopping > 0
    }

    fn is_stopping(&self) -> bool {
        self.stopping > 0
    }

    /// The first child that waits. Checks all children: only for groups, which are small.
    pub(super) fn first_waiting(&self) -> Option<(Key, Instant)> {
        self.children.iter().find_map(|(key, child)| match child.phase {
            ChildPhase::Waiting { due, .. } => Some((*key, due)),
            _ => None,
        })
    }
}
