use crate::{
    actor::{LifeEvent, LifeStep},
    rt::{self, Instant},
    supervision::{
        ChildInfo, ChildState,
        factory::Body,
        incarnation::{Incarnation, Kid},
        plan::{Key, State},
    },
};
use std::time::Duration;

/// What there is to see.
impl Incarnation {
    pub(super) fn lived(&mut self, key: Key, step: LifeStep) {
        if self.system.sees_lives()
            && let Some(kid) = self.kids.get(&key)
        {
            let (id, name) = match kid.growth.as_ref().map(|growth| &growth.body) {
                Some(Body::Actor(cell)) => (Some(cell.id()), cell.name()),
                _ => (None, None),
            };
            let name = name.or_else(|| Some(kid.spec.settings.id.clone()));
            self.after.events.push(LifeEvent { id, actor: kid.spec.actor, name, step });
        }
    }

    pub(in crate::supervision) fn children(&self) -> Vec<ChildInfo> {
        let now = rt::now();
        self.kids.iter().map(|(key, kid)| self.info(*key, kid, now)).collect()
    }

    pub(in crate::supervision) fn hierarchy(&self) -> Vec<(ChildInfo, Option<Body>)> {
        let now = rt::now();
        let body = |kid: &Kid| kid.growth.as_ref().map(|growth| growth.body.clone());
        self.kids.iter().map(|(key, kid)| (self.info(*key, kid, now), body(kid))).collect()
    }

    pub(in crate::supervision) fn body(&self, id: &str) -> Option<Body> {
        let kid = self.kids.get(self.ids.get(id)?)?;
        kid.growth.as_ref().map(|growth| growth.body.clone())
    }

    pub(super) fn info(&self, key: Key, kid: &Kid, now: Instant) -> ChildInfo {
        let actor_id = match kid.growth.as_ref().map(|growth| &growth.body) {
            Some(Body::Actor(cell)) => Some(cell.id()),
            _ => None,
        };
        let attempt = self.plan.attempts(key);
        let state = match self.plan.state(key).unwrap_or(State::Stopped) {
            State::Waiting { due, again: true } => {
                let due_in = Instant::from_std(due).saturating_duration_since(now);
                ChildState::Restarting { attempt, due_in }
            }
            State::Starting { again: true } => ChildState::Restarting { attempt, due_in: Duration::ZERO },
            State::Waiting { .. } | State::Starting { .. } => ChildState::Starting,
            State::Running => ChildState::Running,
            State::Stopping { .. } => ChildState::Stopping,
            State::Stopped => ChildState::Stopped,
            State::Finished => ChildState::Finished,
            State::Idle => ChildState::Idle,
        };
        let id = kid.spec.settings.id.clone();
        ChildInfo { id, actor: kid.spec.actor, actor_id, state, restarts: kid.restarts }
    }
}
