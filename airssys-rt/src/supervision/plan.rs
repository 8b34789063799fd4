mod child;
mod events;
mod steps;
#[cfg(test)]
mod world;

pub(super) use child::{Happened, State};

use crate::{
    backoff::BackoffState,
    supervision::{AutoShutdown, Intensity, Restart, Strategy, plan::child::Kid},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    time::Instant,
};

/// Which child of a supervisor; later ones are greater.
pub(super) type Key = u64;

/// What a supervisor decides, without doing any of it: who is started, stopped and discarded, and when it gives up.
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

    /// The child is to be discarded; it does not run.
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
