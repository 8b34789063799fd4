//! Carries out what the plan has decided: starts, stops, kills and restarts children, and escalates.

use crate::{
    actor::{
        Directive, ExitReason, IncarnationEnd, IncarnationEvent, LifecycleEvent, LifecycleStep, OwnLimit,
        SpawnError, StartFailure,
    },
    reply::Fault,
    rt::Instant,
    supervision::{
        ControlError, Escalated, Shutdown, SuperviseError,
        cell::ChildHandle,
        incarnation::{
            Incarnation,
            child_entry::{ChildTask, EndingTask, Overdue, StopLimit},
        },
        input::Input,
        link::{self, TaskNumber},
        plan::{ChildPhase, Key},
    },
};
use std::{mem, time::Duration};

/// The effects of the plan's actions.
impl Incarnation {
    pub(super) fn wait(&mut self, key: Key, now: Instant) {
        self.clear_deadline(key);
        let Some(task) = &self.children[&key].task else { return };
        if let (ChildHandle::Actor(cell), Some(due)) = (&task.handle, self.plan.earliest_start(key)) {
            cell.set_restart_due(Instant::from_std(due));
        }
        task.link.direct(Directive::Wait);
        let after = match self.plan.child_phase(key) {
            Some(ChildPhase::Waiting { due, .. }) => Instant::from_std(due).saturating_duration_since(now),
            _ => Duration::ZERO, // it is being started already
        };
        self.emit(key, LifecycleStep::Restarting { attempt: self.plan.attempts(key), after });
    }

    pub(super) fn start(&mut self, key: Key, now: Instant) {
        let child = self.children.get_mut(&key).expect("it is in the plan");
        if child.ending.is_some() {
            child.start_pending = true; // that task may still hold the name and the factory
            return;
        }
        if child.task.is_none() {
            let number = self.system.next_start_number(); // unique in the system
            let (link, controller) = link::pair(self.inputs.clone(), Input::Report, key, number);
            match child.spec.factory.make(&child.spec.settings, &self.system, &self.siblings, controller) {
                Ok(handle) => {
                    let task = ChildTask {
                        handle,
                        link,
                        number,
                        starts: 0,
                        deadline: None,
                        limit: None,
                        is_reported: false,
                    };
                    if let ChildHandle::Actor(cell) = &task.handle {
                        self.actors.insert(cell.key(), key);
                    }
                    child.task = Some(task);
                }
                Err(error) => {
                    let fault = Fault::from(error.clone()).report();
                    let event = match error {
                        SpawnError::ShuttingDown => IncarnationEvent::Refused,
                        _ => IncarnationEvent::StartFailed(StartFailure::Failed(fault.clone())),
                    };
                    child.fault = Some(fault);
                    child.start_error = Some(error);
                    let actions = self.plan.handle(key, event, now.into_std());
                    return self.carry_out(actions, now);
                }
            }
        }
        let child = self.children.get_mut(&key).expect("it is in the plan");
        child.declined = false;
        child.start_error = None;
        let awaited = child.awaited.take().or_else(|| self.awaited.clone());
        if let Some(task) = &mut child.task {
            task.starts += 1;
            if let Some(awaited) = awaited {
                task.link.set_waiter(awaited);
            }
            task.link.direct(Directive::Start);
        }
    }

    pub(super) fn stop(&mut self, key: Key, now: Instant) {
        let child = self.children.get_mut(&key).expect("it is in the plan");
        let Some(task) = &child.task else {
            // Its start waits for the end of the last task.
            child.start_pending = false;
            let end = IncarnationEnd::of(ExitReason::Shutdown);
            let actions = self.plan.handle(key, IncarnationEvent::Ended(end), now.into_std());
            return self.carry_out(actions, now);
        };
        let default = match task.handle {
            ChildHandle::Actor(_) => Shutdown::Timeout(self.system.stop_timeout()),
            ChildHandle::Supervisor(_) => Shutdown::Infinite,
        };
        task.link.request_stop();
        if self.plan.stops_for_good(key) {
            task.handle.set_last_incarnation();
        }
        match child.spec.settings.shutdown.unwrap_or(default) {
            _ if self.aborting => self.kill(key, now),
            Shutdown::Timeout(limit) => {
                task.handle.stop(task.starts);
                self.set_limit(key, limit, Overdue::Kill, now);
            }
            Shutdown::Infinite => task.handle.stop(task.starts),
            Shutdown::Kill => self.kill(key, now),
        }
    }

    /// Closes the mailbox of a child that was told to stop for a restart and now stops for good.
    pub(super) fn close_mailbox(&self, key: Key) {
        if !self.plan.stops_for_good(key) {
            return;
        }
        let task = self.children.get(&key).and_then(|child| child.task.as_ref());
        if let Some(ChildHandle::Actor(cell)) = task.map(|task| &task.handle) {
            cell.set_last_incarnation();
            cell.shut_down();
        }
    }

    /// The same for all children, when the supervisor ends.
    pub(in crate::supervision) fn close_mailboxes(&self) {
        self.children.keys().for_each(|key| self.close_mailbox(*key));
    }

    /// Kills all children. From now on the time limits of the specs do not apply.
    pub(super) fn abort(&mut self, now: Instant) {
        self.aborting = true;
        let actions = self.plan.abort(now.into_std());
        self.carry_out(actions, now);
        let is_stopping =
            |key: &Key| matches!(self.plan.child_phase(*key), Some(ChildPhase::Stopping { .. }));
        let stopping: Vec<_> = self.children.keys().copied().filter(is_stopping).collect();
        stopping.into_iter().for_each(|key| self.kill(key, now));
    }

    /// Kills a child. A kill takes effect at the next wait; `post_stop` then has its time limit. A supervisor kills its
    /// children and waits for them as this one does, so it has no deadline.
    fn kill(&mut self, key: Key, now: Instant) {
        let Some(task) = &self.children[&key].task else { return };
        task.handle.kill(task.starts);
        let is_killed = matches!(task.limit, Some((_, Overdue::Abandon)));
        if matches!(task.handle, ChildHandle::Actor(_)) && !is_killed {
            self.set_limit(key, self.system.stop_timeout().saturating_mul(2), Overdue::Abandon, now);
        }
    }

    /// Gives a child that was told to stop a time limit. The time in which an actor waits for its own children does not count.
    fn set_limit(&mut self, key: Key, limit: Duration, overdue: Overdue, now: Instant) {
        self.clear_deadline(key);
        if let Some(task) = self.children.get_mut(&key).and_then(|child| child.task.as_mut()) {
            let own = match &task.handle {
                ChildHandle::Actor(cell) => StopLimit::Own(OwnLimit::begin(&**cell, limit)),
                ChildHandle::Supervisor(_) => StopLimit::Whole,
            };
            task.limit = Some((own, overdue));
        }
        self.set_deadline(key, now.checked_add(limit));
    }

    fn set_deadline(&mut self, key: Key, when: Option<Instant>) {
        let task = self.children.get_mut(&key).and_then(|child| child.task.as_mut());
        if let (Some(when), Some(task)) = (when, task) {
            task.deadline = Some(when);
            self.deadlines.insert((when, key, task.number));
        }
    }

    fn clear_deadline(&mut self, key: Key) {
        if let Some(task) = self.children.get_mut(&key).and_then(|child| child.task.as_mut()) {
            task.limit = None;
            if let Some(when) = task.deadline.take() {
                self.deadlines.remove(&(when, key, task.number));
            }
        }
    }

    /// Continues the limit of a child that has waited for its own children.
    pub(super) fn limit_goes_on(&mut self, key: Key, number: TaskNumber, now: Instant) {
        let task = self.children.get(&key).and_then(|child| child.task.as_ref());
        if task.is_some_and(|task| task.number == number && task.limit.is_some() && task.deadline.is_none()) {
            self.deadline_passed(key, number, now);
        }
    }

    /// Whether a child that was told to stop has used up its limit. If not, the limit is checked again later.
    fn is_overdue(&mut self, key: Key, now: Instant) -> Option<Overdue> {
        let task = self.children.get(&key)?.task.as_ref()?;
        let (limit, overdue) = task.limit?;
        if let (StopLimit::Own(limit), ChildHandle::Actor(cell)) = (limit, &task.handle) {
            match limit.left(&**cell) {
                Some(Duration::ZERO) => {}
                Some(left) => {
                    self.set_deadline(key, now.checked_add(left));
                    return None;
                }
                None => {
                    let (inputs, number) = (self.inputs.clone(), task.number);
                    cell.about().notify_children_ended(Box::new(move || {
                        let _ = inputs.send(Input::LimitGoesOn(key, number)); // a supervisor that has ended has no limit
                    }));
                    return None;
                }
            }
        }
        Some(overdue)
    }

    pub(super) fn deadline_passed(&mut self, key: Key, number: TaskNumber, now: Instant) {
        let Some(ChildPhase::Stopping { for_good }) = self.plan.child_phase(key) else { return };
        let Some(task) = self.children.get_mut(&key).and_then(|child| child.task.as_mut()) else { return };
        if task.number != number {
            return;
        }
        task.deadline = None;
        let Some(overdue) = self.is_overdue(key, now) else { return };
        let Some(task) = self.children.get_mut(&key).and_then(|child| child.task.as_mut()) else { return };
        // A child that is late at another time than the shutdown is reported only if its task is left behind.
        let is_reported = self.plan.is_closing() || (for_good && overdue == Overdue::Abandon);
        let cell = match &task.handle {
            ChildHandle::Actor(cell) => Some(cell.clone()),
            ChildHandle::Supervisor(_) => None,
        };
        if let Some(cell) = cell.as_ref().filter(|_| is_reported) {
            if !mem::replace(&mut task.is_reported, true) {
                self.deferred.aborted.push(cell.clone());
            }
        }
        match overdue {
            Overdue::Kill => self.kill(key, now),
            Overdue::Abandon => {
                self.emit(key, LifecycleStep::Stuck);
                let child = self.children.get_mut(&key).expect("it is stuck");
                child.stuck = true;
                // A factory that runs has made no actor, and keeps the child from being started again.
                if let Some(cell) = cell.filter(|_| !child.spec.factory.is_running()) {
                    child.give_up(&cell);
                }
                let end = IncarnationEnd::of(ExitReason::Killed);
                let actions = self.plan.handle(key, IncarnationEvent::Ended(end), now.into_std());
                self.carry_out(actions, now);
            }
        }
    }

    pub(super) fn end(&mut self, key: Key) {
        let task = self.take_task(key);
        let child = self.children.get_mut(&key).expect("it is in the plan");
        if let Some(task) = task {
            if let ChildHandle::Supervisor(supervisor) = &task.handle {
                let aborted = supervisor.take_aborted();
                aborted.iter().filter(|cell| !cell.has_ended()).for_each(|cell| child.give_up(cell));
                self.deferred.aborted.extend(aborted);
            }
            task.link.direct(Directive::End);
            if mem::take(&mut child.stuck) {
                // Its end is not awaited. Its name is free for the next one, and its children are stopped in its place.
                if let ChildHandle::Actor(cell) = &task.handle {
                    self.deferred.given_up.push(cell.clone());
                }
            } else {
                child.ending = Some(task.number);
                self.ending.insert(task.number, EndingTask::default());
            }
        }
        if let Some(reply) = child.start_reply.take() {
            let id = child.spec.id();
            let error = match child.start_error.take() {
                Some(SpawnError::ShuttingDown) => ControlError::ShuttingDown,
                Some(cause) => ControlError::Start { id, cause },
                None if child.declined => ControlError::NotWanted(id),
                None if self.plan.is_closing() => ControlError::ShuttingDown,
                None => ControlError::Stopped(id),
            };
            let failed = matches!(error, ControlError::Start { .. });
            match child.ending.and_then(|task| self.ending.get_mut(&task)) {
                Some(ending) => ending.failed_start = Some((reply, error)),
                None => self.deferred.start_answers.push((reply, Err(error))),
            }
            // A child that a caller has added, and that did not start, is not added.
            if mem::take(&mut child.is_new) && failed && self.plan.child_phase(key).is_some() {
                self.plan.remove(key);
                return self.remove(key);
            }
        }
        self.answer_stops(key);
    }

    /// Takes the task of a child, which is no longer found by its id or its reference.
    pub(super) fn take_task(&mut self, key: Key) -> Option<ChildTask> {
        self.clear_deadline(key);
        let child = self.children.get_mut(&key)?;
        let task = child.task.take()?;
        if let ChildHandle::Actor(cell) = &task.handle {
            self.actors.remove(&cell.key());
        }
        self.siblings.remove(&child.spec.settings.id);
        Some(task)
    }

    /// Answers the callers that stopped a child, if it is inactive, when its task has ended.
    pub(super) fn answer_stops(&mut self, key: Key) {
        if !self.plan.child_phase(key).is_none_or(ChildPhase::is_inactive) {
            return;
        }
        if let Some(child) = self.children.get_mut(&key) {
            let stopped = child.stopped();
            let replies = child.stop_replies.drain(..);
            match child.ending.and_then(|task| self.ending.get_mut(&task)) {
                Some(ending) => ending.stops.extend(replies),
                None => self.deferred.answers.extend(replies.map(|reply| (reply, stopped.clone()))),
            }
        }
    }

    pub(super) fn remove(&mut self, key: Key) {
        self.end(key);
        if let Some(child) = self.children.remove(&key) {
            self.ids.remove(&child.spec.settings.id);
            self.deferred.removed.push(child);
        }
    }

    /// The supervisor does not start because of this child.
    pub(super) fn start_failed(&mut self, key: Key) {
        let (supervisor, child) = (self.spec.name.clone(), self.children.get_mut(&key));
        // A temporary child is removed already.
        let child = child.or_else(|| self.deferred.removed.last_mut());
        let (child, cause) =
            child.map(|child| (child.spec.id(), child.start_error.take())).unwrap_or_default();
        let cause = cause.unwrap_or(SpawnError::ShuttingDown);
        let error = match cause {
            SpawnError::ShuttingDown => SuperviseError::ShuttingDown,
            cause => SuperviseError::Child { supervisor, child, cause },
        };
        self.deferred.started = Some(Err(error));
    }

    pub(super) fn escalate(&mut self, child: Key, requested: bool) {
        let child = &self.children[&child];
        let intensity = &self.spec.intensity;
        let escalated = Escalated {
            supervisor: self.spec.name.clone(),
            child: child.spec.id(),
            used_up: (!requested).then(|| (intensity.max(), intensity.period())),
            cause: child.fault.clone().unwrap_or_else(|| Fault::new("the child ended").report()),
        };
        if self.system.observes_lifecycle() {
            let step = LifecycleStep::Escalated(Fault::from(escalated.clone()).report());
            let name = Some(self.spec.name.clone());
            self.deferred.events.push(LifecycleEvent::new(None, "supervisor", name, step));
        }
        self.escalated = Some(escalated);
    }
}
