use crate::{
    backoff::BackoffState,
    supervision::{
        AutoShutdown, Restart, Strategy, Verdict,
        plan::{Action, Happened, Key, Phase, Plan, State},
    },
};
use std::time::{Duration, Instant};

/// What follows from what happens to a child.
impl Plan {
    pub(super) fn take_in(&mut self, key: Key, what: Happened, now: Instant, todo: &mut Vec<Action>) {
        let Some(kid) = self.kids.get_mut(&key) else { return };
        match (kid.state, what) {
            (State::Starting { .. }, Happened::Started) => {
                match &mut kid.backoff {
                    Some(backoff) => backoff.started(now),
                    None => kid.attempts = 0,
                }
                self.set(key, State::Running);
                self.opening.remove(&key);
            }
            // Told to stop while it started: its end is still to come.
            (State::Stopping { .. }, Happened::Started) => {}
            (State::Stopping { for_good }, _) => self.has_stopped(key, for_good, now, todo),
            (State::Running | State::Starting { .. }, _) if self.phase == Phase::Closing => {
                self.put_down(key, State::Stopped, todo);
            }
            (State::Starting { again: true }, _) if kid.stale => self.has_stopped(key, false, now, todo),
            (State::Starting { .. }, Happened::NotWanted) => self.put_down(key, State::Idle, todo),
            (State::Starting { again: false }, Happened::StartFailed | Happened::Refused)
                if self.phase == Phase::Opening =>
            {
                self.put_down(key, State::Stopped, todo);
                todo.push(Action::NotOpened(key));
                self.begin_closing(todo);
            }
            (State::Starting { again: false }, Happened::StartFailed)
            | (State::Starting { .. }, Happened::Refused) => self.put_down(key, State::Stopped, todo),
            (State::Starting { .. }, Happened::StartFailed) => self.failed(key, false, now, todo),
            (State::Running | State::Starting { .. }, Happened::Ended { .. })
                if self.phase == Phase::Opening && !kid.stale =>
            {
                self.deferred.push((key, what));
            }
            (State::Running | State::Starting { .. }, Happened::Ended { abnormal, hopeless }) => {
                self.has_ended(key, abnormal, hopeless, now, todo);
            }
            _ => {}
        }
    }

    /// A child ended by itself.
    fn has_ended(&mut self, key: Key, abnormal: bool, hopeless: bool, now: Instant, todo: &mut Vec<Action>) {
        let kid = &self.kids[&key];
        if kid.stale {
            // It was to be stopped anyway, so this costs nothing.
            return self.has_stopped(key, false, now, todo);
        }
        let restarts = match kid.restart {
            Restart::Permanent => true,
            Restart::Transient => abnormal,
            Restart::Temporary => false,
        };
        if abnormal && hopeless {
            return self.give_up(key, true, todo);
        }
        if restarts {
            return self.failed(key, false, now, todo);
        }
        let significant = kid.significant;
        self.put_down(key, State::Finished, todo);
        let shuts_down = significant
            && match self.auto {
                AutoShutdown::Never => false,
                AutoShutdown::AnySignificant => true,
                AutoShutdown::AllSignificant => !self.kids.values().any(|kid| kid.significant && kid.is_up()),
            };
        if shuts_down {
            self.begin_closing(todo);
        }
    }

    /// A child that was told to stop has ended, in whatever way.
    fn has_stopped(&mut self, key: Key, for_good: bool, now: Instant, todo: &mut Vec<Action>) {
        if for_good || self.phase == Phase::Closing || self.kids[&key].restart == Restart::Temporary {
            return self.put_down(key, State::Stopped, todo);
        }
        self.wait(key, now, true);
        todo.push(Action::Rest(key));
    }

    /// A child has to be started again: within the budget, and with whom the strategy says.
    fn failed(&mut self, key: Key, hopeless: bool, now: Instant, todo: &mut Vec<Action>) {
        if self.intensity.record(now) == Verdict::Escalate {
            return self.give_up(key, hopeless, todo);
        }
        let kid = self.kids.get_mut(&key).expect("it has just failed");
        let delay = kid.backoff.as_mut().map_or(Duration::ZERO, |backoff| backoff.failed(now));
        kid.attempts = kid.backoff.as_ref().map_or(kid.attempts + 1, BackoffState::attempts);
        // Later than any clock can say is as good as never.
        let due = now.checked_add(delay).unwrap_or(now + Duration::from_secs(1 << 32));
        self.wait(key, due, true);
        todo.push(Action::Rest(key));
        let from = match self.strategy {
            Strategy::OneForOne => return,
            Strategy::OneForAll => 0,
            Strategy::RestForOne => key,
        };
        for other in self.kids.range_mut(from..).filter(|(other, _)| **other != key).map(|(_, kid)| kid) {
            other.stale |= matches!(other.state, State::Running | State::Starting { .. });
        }
    }

    fn give_up(&mut self, key: Key, hopeless: bool, todo: &mut Vec<Action>) {
        todo.push(Action::GiveUp { child: key, hopeless });
        self.put_down(key, State::Stopped, todo);
        self.begin_closing(todo);
    }
}
