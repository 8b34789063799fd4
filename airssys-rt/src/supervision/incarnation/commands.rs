//! The commands of callers (start, stop, restart, delete a child): asks the plan and carries its actions out.

use crate::{
    rt::Instant,
    supervision::{
        ControlError,
        incarnation::Incarnation,
        input::{Command, Reply},
        plan::{ChildPhase, Key},
        spec::ChildSpec,
    },
    sync::Arc,
};

/// The commands of callers.
impl Incarnation {
    pub(super) fn command(&mut self, command: Command, now: Instant) {
        match command {
            Command::Start(mut spec, reply) => {
                self.number(&mut spec);
                match self.check_can_add(&spec) {
                    Ok(()) => {
                        self.add(Arc::new(*spec), Some(reply), now);
                        let actions = self.plan.tick(now.into_std());
                        self.carry_out(actions, now);
                    }
                    Err(error) => self.deferred.start_answers.push((reply, Err(error))),
                }
            }
            Command::Stop(id, reply) => {
                let Some((key, reply)) = self.key(&id, reply) else { return };
                self.stop_child(key, reply, now);
            }
            Command::StopActor(actor, reply) => match self.actors.get(&actor) {
                Some(key) => self.stop_child(*key, reply, now),
                None => {
                    let error = ControlError::NotFound(actor.to_string().into());
                    self.deferred.answers.push((reply, Err(error)));
                }
            },
            Command::Restart(id, awaited, reply) => {
                let found = self.ids.get(&id).copied().ok_or_else(|| ControlError::NotFound(id.clone()));
                match found.and_then(|key| self.check_inactive(key, &id).map(|()| key)) {
                    Ok(key) => {
                        let child = self.children.get_mut(&key).expect("it has an id");
                        (child.start_reply, child.awaited) = (Some(reply), awaited);
                        let actions = self.plan.start(key, now.into_std());
                        self.carry_out(actions, now);
                    }
                    Err(error) => self.deferred.start_answers.push((reply, Err(error))),
                }
            }
            Command::Delete(id, reply) => {
                let Some((key, reply)) = self.key(&id, reply) else { return };
                let checked = self.check_inactive(key, &id);
                if checked.is_ok() {
                    self.plan.remove(key);
                    self.remove(key);
                }
                self.deferred.answers.push((reply, checked));
            }
        }
    }

    fn stop_child(&mut self, key: Key, reply: Reply, now: Instant) {
        self.children.get_mut(&key).expect("it is in the plan").stop_replies.push(reply);
        let actions = self.plan.stop(key, now.into_std());
        self.carry_out(actions, now);
        self.close_mailbox(key);
        self.answer_stops(key);
    }

    /// The key of the child with this id. If there is none, the reply is answered.
    fn key(&mut self, id: &Arc<str>, reply: Reply) -> Option<(Key, Reply)> {
        match self.ids.get(id) {
            Some(key) => Some((*key, reply)),
            None => {
                self.deferred.answers.push((reply, Err(ControlError::NotFound(id.clone()))));
                None
            }
        }
    }

    /// Gives a child that has no id of its own the next free number as its id.
    fn number(&mut self, spec: &mut ChildSpec) {
        while spec.settings.numbered {
            self.last_number += 1;
            let id: Arc<str> = format!("#{}", self.last_number).into();
            if !self.ids.contains_key(&id) {
                spec.settings.id = id;
                return;
            }
        }
    }

    fn check_can_add(&self, spec: &ChildSpec) -> Result<(), ControlError> {
        if self.plan.is_closing() {
            return Err(ControlError::ShuttingDown);
        }
        let id = spec.id();
        match self.ids.get(&id).and_then(|key| self.plan.child_phase(*key)) {
            None => Ok(()),
            Some(phase) if phase.is_inactive() => Err(ControlError::AlreadyPresent(id)),
            Some(_) => Err(ControlError::AlreadyStarted(id)),
        }
    }

    fn check_inactive(&self, key: Key, id: &Arc<str>) -> Result<(), ControlError> {
        match self.plan.child_phase(key) {
            _ if self.plan.is_closing() => Err(ControlError::ShuttingDown),
            Some(phase) if phase.is_inactive() => Ok(()),
            Some(ChildPhase::Waiting { .. } | ChildPhase::Starting { restart: true }) => {
                Err(ControlError::Restarting(id.clone()))
            }
            _ => Err(ControlError::Running(id.clone())),
        }
    }
}
