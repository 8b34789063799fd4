use crate::supervision::{
    Strategy,
    plan::{Action, Key, Phase, Plan, State},
};
use std::{mem, time::Instant};

/// What can be done at a moment, one step after the other.
impl Plan {
    /// Does what can be done now.
    pub(super) fn go_on(&mut self, now: Instant, todo: &mut Vec<Action>) {
        match self.phase {
            Phase::Closing => self.stop_everybody(todo),
            Phase::Opening => self.open(now, todo),
            Phase::Up if self.is_grouped() => self.next_of_group(now, todo),
            Phase::Up => self.start_all_due(now, todo),
            Phase::Closed => {}
        }
    }

    fn open(&mut self, now: Instant, todo: &mut Vec<Action>) {
        if self.is_busy() {
            return;
        }
        if let Some(first) = self.opening.first().copied() {
            return self.begin_start(first, todo);
        }
        self.phase = Phase::Up;
        todo.push(Action::Opened);
        for (key, what) in mem::take(&mut self.deferred) {
            self.take_in(key, what, now, todo);
        }
        self.go_on(now, todo);
    }

    /// One thing at a time: first everybody is stopped who has to be, the last one first; then they are started in order.
    fn next_of_group(&mut self, now: Instant, todo: &mut Vec<Action>) {
        if self.is_stopping() {
            return;
        }
        let stale = self.kids.iter().rev().find(|(_, kid)| kid.stale).map(|(key, _)| *key);
        if let Some(key) = stale {
            self.set(key, State::Stopping { for_good: false });
            return todo.push(Action::Stop(key));
        }
        if self.is_busy() {
            return;
        }
        if let Some((key, due)) = self.first_waiting()
            && due <= now
        {
            self.begin_start(key, todo);
        }
    }

    fn start_all_due(&mut self, now: Instant, todo: &mut Vec<Action>) {
        while let Some((due, key)) = self.due.first().copied()
            && due <= now
        {
            self.begin_start(key, todo);
        }
    }

    fn stop_everybody(&mut self, todo: &mut Vec<Action>) {
        if !self.at_once
            && !self.is_stopping()
            && let Some(last) = self.kids.iter().rev().find(|(_, kid)| kid.is_up()).map(|(key, _)| *key)
        {
            return self.begin_stop(last, todo);
        }
        if self.alive == 0 {
            self.phase = Phase::Closed;
            todo.push(Action::Closed);
        }
    }

    fn begin_start(&mut self, key: Key, todo: &mut Vec<Action>) {
        let again = matches!(self.kids[&key].state, State::Waiting { again: true, .. });
        self.set(key, State::Starting { again });
        todo.push(Action::Start(key));
    }

    pub(super) fn begin_stop(&mut self, key: Key, todo: &mut Vec<Action>) {
        self.set(key, State::Stopping { for_good: true });
        todo.push(Action::Stop(key));
    }

    pub(super) fn is_grouped(&self) -> bool {
        self.strategy != Strategy::OneForOne
    }

    /// Only for groups, which are small: observers at everybody.
    pub(super) fn is_busy(&self) -> bool {
        self.kids.values().any(|kid| matches!(kid.state, State::Starting { .. } | State::Stopping { .. }))
    }

    fn is_stopping(&self) -> bool {
        self.kids.values().any(|kid| matches!(kid.state, State::Stopping { .. }))
    }

    pub(super) fn first_waiting(&self) -> Option<(Key, Instant)> {
        self.kids.iter().find_map(|(key, kid)| match kid.state {
            State::Waiting { due, .. } => Some((*key, due)),
            _ => None,
        })
    }
}
