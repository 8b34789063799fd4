use crate::{
    actor::{LifeEvent, LifeStep, Order, SpawnError},
    reply::Fault,
    rt::Instant,
    supervision::{
        ControlError, Escalated, Shutdown, SuperviseError,
        cell::Input,
        factory::Body,
        incarnation::{Growth, Incarnation, Late},
        link,
        plan::{Happened, Key, State},
    },
};
use std::{mem, time::Duration};

/// What the plan wants to be done.
impl Incarnation {
    pub(super) fn rest(&mut self, key: Key, now: Instant) {
        self.is_in_time(key);
        let Some(growth) = &self.kids[&key].growth else { return };
        growth.leash.order(Order::Rest);
        let after = match self.plan.state(key) {
            Some(State::Waiting { due, .. }) => Instant::from_std(due).saturating_duration_since(now),
            _ => Duration::ZERO, // its turn has come already
        };
        self.lived(key, LifeStep::Restarting { attempt: self.plan.attempts(key), after });
    }

    pub(super) fn start(&mut self, key: Key, now: Instant) {
        let kid = self.kids.get_mut(&key).expect("it is in the plan");
        if kid.going.is_some() {
            kid.start_pending = true; // it has the name, perhaps, and the factory
            return;
        }
        if kid.growth.is_none() {
            let seat = self.system.next_start_number(); // no other child ever has it
            let (leash, link) = link::pair(self.to.clone(), Input::Report, key, seat);
            let kid = self.kids.get_mut(&key).expect("it is in the plan");
            match kid.spec.factory.make(&kid.spec.settings, &self.system, &self.siblings, link) {
                Ok(body) => {
                    kid.growth = Some(Growth { body, leash, seat, starts: 0, late: None, is_named: false })
                }
                Err(error) => {
                    let happened = match error {
                        SpawnError::ShuttingDown => Happened::Refused,
                        _ => Happened::StartFailed,
                    };
                    kid.fault = Some(Fault::from(error.clone()).report());
                    kid.start_error = Some(error);
                    let todo = self.plan.happened(key, happened, now.into_std());
                    return self.carry_out(todo, now);
                }
            }
        }
        let kid = self.kids.get_mut(&key).expect("it is in the plan");
        kid.not_wanted = false;
        kid.start_error = None;
        if let Some(growth) = &mut kid.growth {
            growth.starts += 1;
            growth.leash.order(Order::Start);
        }
    }

    pub(super) fn stop(&mut self, key: Key, now: Instant) {
        let kid = self.kids.get_mut(&key).expect("it is in the plan");
        let Some(growth) = &kid.growth else {
            // It was to be started a little later.
            kid.start_pending = false;
            let ended = Happened::Ended { abnormal: false, hopeless: false };
            let todo = self.plan.happened(key, ended, now.into_std());
            return self.carry_out(todo, now);
        };
        let default = match growth.body {
            Body::Actor(_) => Shutdown::Timeout(self.system.stop_timeout()),
            Body::Supervisor(_) => Shutdown::Infinite,
        };
        growth.leash.stop();
        match kid.spec.settings.shutdown.unwrap_or(default) {
            _ if self.aborting => self.kill(key, now),
            Shutdown::Timeout(limit) => {
                growth.body.stop(growth.starts);
                self.expect(key, now.checked_add(limit), Late::Kill);
            }
            Shutdown::Infinite => growth.body.stop(growth.starts),
            Shutdown::Kill => self.kill(key, now),
        }
    }

    /// From now on nobody has the time that its spec gives it.
    pub(super) fn abort(&mut self, now: Instant) {
        self.aborting = true;
        let todo = self.plan.abort(now.into_std());
        self.carry_out(todo, now);
        let stopping = |key: &Key| matches!(self.plan.state(*key), Some(State::Stopping { .. }));
        let stopping: Vec<_> = self.kids.keys().copied().filter(stopping).collect();
        stopping.into_iter().for_each(|key| self.kill(key, now));
    }

    /// A kill takes effect at the next wait, and then `post_stop` has its time. A supervisor kills its children, and waits
    /// for them as this one does.
    fn kill(&mut self, key: Key, now: Instant) {
        let Some(growth) = &self.kids[&key].growth else { return };
        growth.body.kill(growth.starts);
        let waits = matches!(growth.late, Some((_, Late::GiveUp)));
        if matches!(growth.body, Body::Actor(_)) && !waits {
            self.expect(key, now.checked_add(self.system.stop_timeout().saturating_mul(2)), Late::GiveUp);
        }
    }

    fn expect(&mut self, key: Key, when: Option<Instant>, late: Late) {
        self.is_in_time(key);
        if let (Some(when), Some(kid)) = (when, self.kids.get_mut(&key))
            && let Some(growth) = &mut kid.growth
        {
            growth.late = Some((when, late));
            self.late.insert((when, key, growth.seat, late));
        }
    }

    /// Whatever it was told to do, it is done.
    fn is_in_time(&mut self, key: Key) {
        if let Some(kid) = self.kids.get_mut(&key)
            && let Some(growth) = &mut kid.growth
            && let Some((when, late)) = growth.late.take()
        {
            self.late.remove(&(when, key, growth.seat, late));
        }
    }

    pub(super) fn is_late(&mut self, key: Key, seat: u64, what: Late, now: Instant) {
        let Some(State::Stopping { for_good }) = self.plan.state(key) else { return };
        let Some(growth) = self.kids.get_mut(&key).and_then(|kid| kid.growth.as_mut()) else { return };
        if growth.seat != seat {
            return;
        }
        // Who is late on another day is nobody's business in the end, unless it is still there then.
        let is_named = self.plan.is_closing() || (for_good && what == Late::GiveUp);
        if let Body::Actor(cell) = &growth.body
            && is_named
            && !mem::replace(&mut growth.is_named, true)
        {
            self.after.aborted.push(cell.clone());
        }
        match what {
            Late::Kill => self.kill(key, now),
            Late::GiveUp => {
                self.lived(key, LifeStep::Stuck);
                self.kids.get_mut(&key).expect("it is stuck").stuck = true;
                let ended = Happened::Ended { abnormal: true, hopeless: false };
                let todo = self.plan.happened(key, ended, now.into_std());
                self.carry_out(todo, now);
            }
        }
    }

    pub(super) fn end(&mut self, key: Key) {
        self.is_in_time(key);
        let kid = self.kids.get_mut(&key).expect("it is in the plan");
        if let Some(growth) = kid.growth.take() {
            if let Body::Supervisor(supervisor) = &growth.body {
                self.after.aborted.extend(supervisor.take_aborted());
            }
            growth.leash.order(Order::End);
            self.siblings.leave(&kid.spec.settings.id);
            // One that is stuck ends when it does: nobody waits for that.
            if !mem::take(&mut kid.stuck) {
                kid.going = Some(growth.seat);
                self.going.insert(growth.seat, Vec::new());
            }
        }
        if let Some(starter) = kid.starter.take() {
            let id = kid.spec.settings.id.clone();
            let error = match kid.start_error.take() {
                Some(SpawnError::ShuttingDown) => ControlError::ShuttingDown,
                Some(cause) => ControlError::Start { id, cause },
                None if kid.not_wanted => ControlError::NotWanted(id),
                None if self.plan.is_closing() => ControlError::ShuttingDown,
                None => ControlError::Stopped(id),
            };
            self.after.answers.push((starter, Err(error)));
        }
        self.answer_stoppers(key);
    }

    /// A child that was to be stopped and is: whoever wanted that is told.
    pub(super) fn answer_stoppers(&mut self, key: Key) {
        if matches!(self.plan.state(key), None | Some(State::Stopped | State::Finished | State::Idle))
            && let Some(kid) = self.kids.get_mut(&key)
        {
            let stoppers = kid.stoppers.drain(..);
            match kid.going.and_then(|seat| self.going.get_mut(&seat)) {
                Some(waiting) => waiting.extend(stoppers),
                None => self.after.answers.extend(stoppers.map(|stopper| (stopper, Ok(())))),
            }
        }
    }

    pub(super) fn remove(&mut self, key: Key) {
        self.end(key);
        if let Some(kid) = self.kids.remove(&key) {
            self.ids.remove(&kid.spec.settings.id);
            self.after.rubbish.push(kid);
        }
    }

    pub(super) fn not_opened(&mut self, key: Key) {
        let (supervisor, kid) = (self.blueprint.name.clone(), self.kids.get_mut(&key));
        let (child, cause) = match kid {
            Some(kid) => (kid.spec.settings.id.clone(), kid.start_error.take()),
            // A temporary one is gone already.
            None => self
                .after
                .rubbish
                .last_mut()
                .map(|kid| (kid.spec.settings.id.clone(), kid.start_error.take()))
                .unwrap_or_default(),
        };
        let cause = cause.unwrap_or(SpawnError::ShuttingDown);
        self.after.opened = Some(Err(SuperviseError::Child { supervisor, child, cause }));
    }

    pub(super) fn give_up(&mut self, child: Key, hopeless: bool) {
        let kid = &self.kids[&child];
        let intensity = &self.blueprint.intensity;
        let escalated = Escalated {
            supervisor: self.blueprint.name.clone(),
            child: kid.spec.settings.id.clone(),
            used_up: (!hopeless).then(|| (intensity.max(), intensity.period())),
            cause: kid.fault.clone().unwrap_or_else(|| Fault::new("it ended").report()),
        };
        if self.system.sees_lives() {
            let step = LifeStep::Escalated(Fault::from(escalated.clone()).report());
            let name = Some(self.blueprint.name.clone());
            self.after.events.push(LifeEvent { id: None, actor: "supervisor", name, step });
        }
        self.gave_up = Some(escalated);
    }
}
