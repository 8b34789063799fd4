use crate::{
    rt::Instant,
    supervision::{
        ControlError,
        cell::{Command, Reply},
        factory::Spec,
        incarnation::Incarnation,
        plan::{Key, State},
    },
    sync::Arc,
};

/// What somebody asks of a supervisor.
impl Incarnation {
    pub(super) fn command(&mut self, command: Command, now: Instant) {
        match command {
            Command::Start(spec, reply) => match self.may_add(&spec) {
                Ok(()) => {
                    self.add(spec, Some(reply), now);
                    let todo = self.plan.tick(now.into_std());
                    self.carry_out(todo, now);
                }
                Err(error) => self.after.answers.push((reply, Err(error))),
            },
            Command::Stop(id, reply) => {
                let Some((key, reply)) = self.key(&id, reply) else { return };
                self.kids.get_mut(&key).expect("it has an id").stoppers.push(reply);
                let todo = self.plan.stop(key, now.into_std());
                self.carry_out(todo, now);
                self.answer_stoppers(key);
            }
            Command::Restart(id, reply) => {
                let Some((key, reply)) = self.key(&id, reply) else { return };
                match self.is_down(key, &id) {
                    Ok(()) => {
                        self.kids.get_mut(&key).expect("it has an id").starter = Some(reply);
                        let todo = self.plan.start(key, now.into_std());
                        self.carry_out(todo, now);
                    }
                    Err(error) => self.after.answers.push((reply, Err(error))),
                }
            }
            Command::Delete(id, reply) => {
                let Some((key, reply)) = self.key(&id, reply) else { return };
                let down = self.is_down(key, &id);
                if down.is_ok() {
                    self.plan.forget(key);
                    self.remove(key);
                }
                self.after.answers.push((reply, down));
            }
        }
    }

    pub(super) fn key(&mut self, id: &Arc<str>, reply: Reply) -> Option<(Key, Reply)> {
        match self.ids.get(id) {
            Some(key) => Some((*key, reply)),
            None => {
                self.after.answers.push((reply, Err(ControlError::NotFound(id.clone()))));
                None
            }
        }
    }

    pub(super) fn may_add(&self, spec: &Spec) -> Result<(), ControlError> {
        if self.plan.is_closing() {
            return Err(ControlError::ShuttingDown);
        }
        let id = spec.settings.id.clone();
        match self.ids.get(&id).and_then(|key| self.plan.state(*key)) {
            None => Ok(()),
            Some(State::Stopped | State::Finished | State::Idle) => Err(ControlError::AlreadyPresent(id)),
            Some(_) => Err(ControlError::AlreadyStarted(id)),
        }
    }

    pub(super) fn is_down(&self, key: Key, id: &Arc<str>) -> Result<(), ControlError> {
        match self.plan.state(key) {
            _ if self.plan.is_closing() => Err(ControlError::ShuttingDown),
            Some(State::Stopped | State::Finished | State::Idle) => Ok(()),
            Some(State::Waiting { .. } | State::Starting { again: true }) => {
                Err(ControlError::Restarting(id.clone()))
            }
            _ => Err(ControlError::Running(id.clone())),
        }
    }
}
