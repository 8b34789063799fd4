mod steps;
#[cfg(test)]
mod world;

use crate::{
    guard::BackoffState,
    supervisor::{AutoShutdown, Intensity, Restart, Strategy, Verdict},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    time::{Duration, Instant},
};

/// Which child of a supervisor; later ones are greater.
pub(super) type Key = u64;

/// What a supervisor decides, without doing any of it: who is started, stopped and forgotten, and when it gives up.
///
/// A function of its state, of what happens, and of the time. The order of the children is that of their keys.
#[derive(Debug)]
pub(super) struct Plan {
    strategy: Strategy,
    intensity: Intensity,
    auto: AutoShutdown,
    /// Children are stopped all at once, not one after the other.
    at_once: bool,
    kids: BTreeMap<Key, Kid>,
    /// Those who wait for their turn, by when it comes.
    due: BTreeSet<(Instant, Key)>,
    phase: Phase,
    /// Who is to be started for the first time, before anything else happens.
    opening: BTreeSet<Key>,
    /// What happened meanwhile.
    deferred: Vec<(Key, Happened)>,
    /// How many children have a task that has not ended.
    alive: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The first children are being started.
    Opening,
    Up,
    /// All children are being stopped.
    Closing,
    Closed,
}

#[derive(Debug)]
struct Kid {
    restart: Restart,
    significant: bool,
    backoff: Option<BackoffState>,
    attempts: u32,
    state: State,
    /// It has to be stopped because of another one.
    stale: bool,
}

/// Where a child is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It will be started then, when its turn comes. `again`: it ran before.
    Waiting {
        due: Instant,
        again: bool,
    },
    Starting {
        again: bool,
    },
    Running,
    /// It was told to stop, for good or until it is started again.
    Stopping {
        for_good: bool,
    },
    /// It was stopped from outside, or has never started.
    Stopped,
    /// It ended by itself and need not run.
    Finished,
    /// Its factory did not want it.
    Idle,
}

/// What happens to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happened {
    Started,
    NotWanted,
    StartFailed,
    /// `abnormal`: it failed or was killed. `hopeless`: no restart would help, it says.
    Ended {
        abnormal: bool,
        hopeless: bool,
    },
}

/// What the supervisor has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// The child will be started again.
    Rest(Key),
    Start(Key),
    Stop(Key),
    /// The child is not started again; its spec is kept.
    End(Key),
    /// The child is not started again, and its spec is gone.
    Remove(Key),
    /// All that were to be started at first are.
    Opened,
    /// This child did not start, and so the supervisor does not.
    NotOpened(Key),
    /// Restarts are used up, or the child said that none helps.
    GiveUp {
        child: Key,
        hopeless: bool,
    },
    /// All children have ended, and the supervisor has.
    Closed,
}

impl Plan {
    pub(super) fn new(strategy: Strategy, intensity: Intensity, auto: AutoShutdown, at_once: bool) -> Self {
        Plan {
            strategy,
            intensity,
            auto,
            at_once,
            kids: BTreeMap::new(),
            due: BTreeSet::new(),
            phase: Phase::Opening,
            opening: BTreeSet::new(),
            deferred: Vec::new(),
            alive: 0,
        }
    }

    pub(super) fn add(
        &mut self,
        key: Key,
        restart: Restart,
        significant: bool,
        backoff: Option<BackoffState>,
        now: Instant,
    ) {
        let state = State::Stopped;
        self.kids.insert(key, Kid { restart, significant, backoff, attempts: 0, state, stale: false });
        self.wait(key, now, false);
    }

    /// The supervisor has started when this child has, and does not if it does not.
    pub(super) fn opens_with(&mut self, key: Key) {
        self.opening.insert(key);
    }

    pub(super) fn state(&self, key: Key) -> Option<State> {
        self.kids.get(&key).map(|kid| kid.state)
    }

    /// How often in a row it has failed.
    pub(super) fn attempts(&self, key: Key) -> u32 {
        self.kids.get(&key).map_or(0, |kid| kid.attempts)
    }

    pub(super) fn is_closing(&self) -> bool {
        matches!(self.phase, Phase::Closing | Phase::Closed)
    }

    /// When there is something to do although nothing happens.
    pub(super) fn next_due(&self) -> Option<Instant> {
        match self.phase {
            Phase::Opening | Phase::Closing | Phase::Closed => None,
            Phase::Up if self.is_grouped() && self.is_busy() => None,
            // The first in order has to be the first to start, whoever is due.
            Phase::Up if self.is_grouped() => self.first_waiting().map(|(_, due)| due),
            Phase::Up => self.due.first().map(|(due, _)| *due),
        }
    }

    /// Somebody wants the child to be stopped, and not to be started again.
    pub(super) fn stop(&mut self, key: Key, now: Instant) -> Vec<Action> {
        let mut todo = Vec::new();
        let ended = self.deferred.len();
        self.deferred.retain(|(other, _)| *other != key);
        match self.kids.get(&key).map(|kid| kid.state) {
            // It has ended already, and would not do so again.
            Some(_) if self.deferred.len() < ended => self.put_down(key, State::Stopped, &mut todo),
            Some(State::Running | State::Starting { .. }) => {
                self.set(key, State::Stopping { for_good: true });
                todo.push(Action::Stop(key));
            }
            Some(State::Stopping { .. }) => self.set(key, State::Stopping { for_good: true }),
            Some(State::Waiting { .. }) => self.put_down(key, State::Stopped, &mut todo),
            _ => {}
        }
        self.go_on(now, &mut todo);
        todo
    }

    /// Somebody wants a child that does not run to be started.
    pub(super) fn start(&mut self, key: Key, now: Instant) -> Vec<Action> {
        let mut todo = Vec::new();
        self.wait(key, now, false);
        self.go_on(now, &mut todo);
        todo
    }

    /// The child is to be forgotten; it does not run.
    pub(super) fn forget(&mut self, key: Key) {
        self.set(key, State::Stopped);
        self.kids.remove(&key);
    }

    /// Everybody is to be stopped.
    pub(super) fn close(&mut self, now: Instant) -> Vec<Action> {
        let mut todo = Vec::new();
        self.begin_closing(&mut todo);
        self.go_on(now, &mut todo);
        todo
    }

    /// Everybody is to be stopped, all at once, whatever was begun before.
    pub(super) fn abort(&mut self, now: Instant) -> Vec<Action> {
        let mut todo = Vec::new();
        self.at_once = true;
        self.begin_closing(&mut todo);
        self.stop_all(&mut todo);
        self.go_on(now, &mut todo);
        todo
    }

    /// Time has passed, or children were added.
    pub(super) fn tick(&mut self, now: Instant) -> Vec<Action> {
        let mut todo = Vec::new();
        self.go_on(now, &mut todo);
        todo
    }

    pub(super) fn happened(&mut self, key: Key, what: Happened, now: Instant) -> Vec<Action> {
        let mut todo = Vec::new();
        self.take_in(key, what, now, &mut todo);
        self.go_on(now, &mut todo);
        todo
    }

    fn take_in(&mut self, key: Key, what: Happened, now: Instant, todo: &mut Vec<Action>) {
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
            (State::Starting { again: false }, Happened::StartFailed) if self.phase == Phase::Opening => {
                self.put_down(key, State::Stopped, todo);
                todo.push(Action::NotOpened(key));
                self.begin_closing(todo);
            }
            (State::Starting { again: false }, Happened::StartFailed) => {
                self.put_down(key, State::Stopped, todo);
            }
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

    /// The child does not run, and nobody will start it by himself.
    fn put_down(&mut self, key: Key, state: State, todo: &mut Vec<Action>) {
        self.opening.remove(&key);
        self.set(key, state);
        if self.kids[&key].restart == Restart::Temporary {
            self.kids.remove(&key);
            todo.push(Action::Remove(key));
        } else {
            todo.push(Action::End(key));
        }
    }

    fn begin_closing(&mut self, todo: &mut Vec<Action>) {
        if self.is_closing() {
            return;
        }
        self.phase = Phase::Closing;
        let waiting: Vec<_> = self.due.iter().map(|(_, key)| *key).collect();
        for key in waiting {
            self.put_down(key, State::Stopped, todo);
        }
        for (key, _) in mem::take(&mut self.deferred) {
            self.put_down(key, State::Stopped, todo);
        }
        if self.at_once {
            self.stop_all(todo);
        }
    }

    fn stop_all(&mut self, todo: &mut Vec<Action>) {
        let up: Vec<_> = self.kids.iter().filter(|(_, kid)| kid.is_up()).map(|(key, _)| *key).collect();
        up.into_iter().for_each(|key| self.begin_stop(key, todo));
    }

    fn wait(&mut self, key: Key, due: Instant, again: bool) {
        self.set(key, State::Waiting { due, again });
    }

    /// The only place where a state changes.
    fn set(&mut self, key: Key, state: State) {
        let Some(kid) = self.kids.get_mut(&key) else { return };
        if let State::Waiting { due, .. } = kid.state {
            self.due.remove(&(due, key));
        }
        if let State::Waiting { due, .. } = state {
            self.due.insert((due, key));
        }
        self.alive -= usize::from(kid.state.is_alive());
        self.alive += usize::from(state.is_alive());
        kid.stale &= matches!(state, State::Running);
        kid.state = state;
    }
}

impl Kid {
    /// It runs, or is about to.
    fn is_up(&self) -> bool {
        matches!(self.state, State::Running | State::Starting { .. })
    }
}

impl State {
    /// It has something that will still report its end.
    fn is_alive(self) -> bool {
        matches!(self, State::Running | State::Starting { .. } | State::Stopping { .. })
    }
}
