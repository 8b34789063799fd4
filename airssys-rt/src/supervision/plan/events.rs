//! Decides what follows from the start, failure or end of a child: restart, stop or escalation.

use crate::{
    actor::{IncarnationEvent, RestartRequest},
    backoff::BackoffState,
    supervision::{
        AutoShutdown, Restart, RestartDecision, Strategy,
        plan::{Action, ChildPhase, Key, SupervisorPlan, plan::PlanPhase},
    },
};
use std::time::{Duration, Instant};

/// What follows from an event of a child.
impl SupervisorPlan {
    pub(super) fn apply(
        &mut self,
        key: Key,
        event: IncarnationEvent,
        now: Instant,
        actions: &mut Vec<Action>,
    ) {
        use ChildPhase::{Idle, Running, Starting, Stopped, Stopping};
        use IncarnationEvent::{Declined, Ended, Refused, StartFailed, Started, TaskEnded};
        let Some(child) = self.children.get_mut(&key) else { return };
        match (child.phase, &event) {
            (Starting { .. }, Started) => {
                match &mut child.backoff {
                    Some(backoff) => backoff.started(now),
                    None => child.attempts = 0,
                }
                self.set_phase(key, Running);
                self.initial.remove(&key);
            }
            // Told to stop while it started: its end follows.
            (Stopping { .. }, Started) => {}
            (Stopping { for_good }, _) => self.child_stopped(key, for_good, now, actions),
            (Running | Starting { .. }, _) if self.phase == PlanPhase::Closing => {
                self.deactivate(key, Stopped, actions);
            }
            (Starting { restart: true }, _) if child.group_restart => {
                self.child_stopped(key, false, now, actions);
            }
            (Starting { .. }, Declined) => self.deactivate(key, Idle, actions),
            (Starting { restart: false }, StartFailed(_) | Refused) if self.phase == PlanPhase::Starting => {
                self.deactivate(key, Stopped, actions);
                actions.push(Action::SupervisorStartFailed(key));
                self.begin_closing(actions);
            }
            (Starting { restart: false }, StartFailed(_)) | (Starting { .. }, Refused) => {
                self.deactivate(key, Stopped, actions);
            }
            (Starting { .. }, StartFailed(_)) => self.restart(key, now, actions),
            (Running | Starting { .. }, Ended(_) | TaskEnded)
                if self.phase == PlanPhase::Starting && !child.group_restart =>
            {
                self.deferred.push((key, event));
            }
            (Running | Starting { .. }, Ended(end)) => {
                let escalates = end.request == RestartRequest::Escalate;
                self.child_ended(key, end.exit.reason.is_abnormal(), escalates, now, actions);
            }
            (Running | Starting { .. }, TaskEnded) => self.child_ended(key, true, false, now, actions),
            _ => {}
        }
    }

    /// A child ended by itself. `abnormal`: it failed or was killed. `escalates`: it requested an escalation.
    fn child_ended(
        &mut self,
        key: Key,
        abnormal: bool,
        escalates: bool,
        now: Instant,
        actions: &mut Vec<Action>,
    ) {
        let child = &self.children[&key];
        if child.group_restart {
            // It was to be stopped anyway, so this is no further restart.
            return self.child_stopped(key, false, now, actions);
        }
        let restarts = match child.restart {
            Restart::Permanent => true,
            Restart::Transient => abnormal,
            Restart::Temporary => false,
        };
        if abnormal && escalates {
            return self.escalate(key, true, actions);
        }
        if restarts {
            return self.restart(key, now, actions);
        }
        let significant = child.significant;
        self.deactivate(key, ChildPhase::Finished, actions);
        let shuts_down = significant
            && match self.auto {
                AutoShutdown::Never => false,
                AutoShutdown::AnySignificant => true,
                AutoShutdown::AllSignificant => {
                    !self.children.values().any(|child| child.significant && child.phase.is_wanted())
                }
            };
        if shuts_down {
            self.begin_closing(actions);
        }
    }

    /// A child that was told to stop has ended, normally or not.
    fn child_stopped(&mut self, key: Key, for_good: bool, now: Instant, actions: &mut Vec<Action>) {
        let is_temporary = self.children[&key].restart == Restart::Temporary;
        if for_good || self.phase == PlanPhase::Closing || is_temporary {
            return self.deactivate(key, ChildPhase::Stopped, actions);
        }
        self.wait(key, now, true);
        actions.push(Action::Wait(key));
    }

    /// Restarts a child, and others by the strategy, within the restart limit.
    fn restart(&mut self, key: Key, now: Instant, actions: &mut Vec<Action>) {
        if self.intensity.record(now) == RestartDecision::Escalate {
            return self.escalate(key, false, actions);
        }
        let child = self.children.get_mut(&key).expect("it has just failed");
        let delay = child.backoff.as_mut().map_or(Duration::ZERO, |backoff| backoff.failed(now));
        child.attempts = child.backoff.as_ref().map_or(child.attempts + 1, BackoffState::attempts);
        // A time beyond the range of the clock is as good as never.
        let due = now.checked_add(delay).unwrap_or(now + Duration::from_secs(1 << 32));
        self.wait(key, due, true);
        actions.push(Action::Wait(key));
        let from = match self.strategy {
            Strategy::OneForOne => return,
            Strategy::OneForAll => 0,
            Strategy::RestForOne => key,
        };
        for (_, other) in self.children.range_mut(from..).filter(|(other, _)| **other != key) {
            other.group_restart |= other.is_up();
        }
    }

    fn escalate(&mut self, key: Key, requested: bool, actions: &mut Vec<Action>) {
        actions.push(Action::Escalate { child: key, requested });
        self.deactivate(key, ChildPhase::Stopped, actions);
        self.begin_closing(actions);
    }
}
