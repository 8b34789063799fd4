use crate::{
    actor::{AnyCell, Ended, Exit, ExitReason, House, LifeEvent, LifeStep, News, Order, SpawnError, Wish},
    reply::{Fault, FaultReport},
    rt::{self, Instant},
    supervisor::{
        ChildInfo, ChildState, ControlError, Escalated, Shutdown, Siblings, SuperviseError,
        desk::{Blueprint, Command, Input, Reply},
        link::{self, Leash, Report},
        plan::{Action, Happened, Key, Plan, State},
        plant::{Body, Spec},
    },
    sync::{Arc, mpsc},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

/// One incarnation of a supervisor: does what its plan decides. Nothing here waits.
pub(super) struct Room {
    blueprint: Arc<Blueprint>,
    house: Arc<dyn House>,
    siblings: Arc<Siblings>,
    /// Where its children report to.
    to: mpsc::UnboundedSender<Input>,
    plan: Plan,
    kids: BTreeMap<Key, Kid>,
    ids: HashMap<Arc<str>, Key>,
    next: u64,
    /// When whoever was told to stop is late.
    late: BTreeSet<(Instant, Key, u64, Late)>,
    /// What comes of it, once it is known.
    pub(super) opened: Option<Result<(), SuperviseError>>,
    pub(super) gave_up: Option<Escalated>,
    pub(super) closed: bool,
    /// Who had to be killed.
    pub(super) aborted: Vec<Arc<dyn AnyCell>>,
    /// Specs that are gone. Dropping them is code of the user's, not to be run while the room is locked.
    pub(super) rubbish: Vec<Kid>,
}

/// What happens to a child that is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Late {
    Kill,
    /// It was killed, and that did not help.
    GiveUp,
}

pub(super) struct Kid {
    spec: Arc<Spec>,
    growth: Option<Growth>,
    restarts: u32,
    fault: Option<FaultReport>,
    start_error: Option<SpawnError>,
    not_wanted: bool,
    /// Who waits for its start.
    starter: Option<Reply>,
    /// Who waits for its end.
    stoppers: Vec<Reply>,
}

/// What there is of a child that has been started.
struct Growth {
    body: Body,
    leash: Leash,
    seat: u64,
    /// How often it was told to start.
    starts: u32,
}

impl Room {
    pub(super) fn new(
        blueprint: Arc<Blueprint>,
        house: Arc<dyn House>,
        siblings: Arc<Siblings>,
        to: mpsc::UnboundedSender<Input>,
        now: Instant,
    ) -> Self {
        let plan = Plan::new(
            blueprint.strategy,
            blueprint.intensity.clone(),
            blueprint.auto,
            blueprint.dynamic.is_some(),
        );
        let mut room = Room {
            house,
            siblings,
            to,
            plan,
            kids: BTreeMap::new(),
            ids: HashMap::new(),
            next: 0,
            late: BTreeSet::new(),
            opened: None,
            gave_up: None,
            closed: false,
            aborted: Vec::new(),
            rubbish: Vec::new(),
            blueprint: blueprint.clone(),
        };
        for spec in &blueprint.specs {
            room.add(spec.clone(), None, now);
        }
        let todo = room.plan.tick(now.into_std());
        room.carry_out(todo, now);
        room
    }

    fn add(&mut self, spec: Arc<Spec>, starter: Option<Reply>, now: Instant) {
        let key = self.next_number();
        let settings = &spec.settings;
        let backoff = settings.backoff.map(|backoff| backoff.begin(key));
        self.plan.add(key, settings.restart, settings.significant, backoff, now.into_std());
        self.ids.insert(settings.id.clone(), key);
        let kid = Kid {
            spec,
            growth: None,
            restarts: 0,
            fault: None,
            start_error: None,
            not_wanted: false,
            starter,
            stoppers: Vec::new(),
        };
        self.kids.insert(key, kid);
    }

    fn next_number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// When there is something to do although nothing happens.
    pub(super) fn next_due(&self) -> Option<Instant> {
        let planned = self.plan.next_due().map(Instant::from_std);
        let late = self.late.first().map(|(when, ..)| *when);
        planned.into_iter().chain(late).min()
    }

    pub(super) fn tick(&mut self, now: Instant) {
        while let Some((when, key, seat, what)) = self.late.first().copied()
            && when <= now
        {
            self.late.pop_first();
            self.is_late(key, seat, what, now);
        }
        let todo = self.plan.tick(now.into_std());
        self.carry_out(todo, now);
    }

    pub(super) fn take_in(&mut self, input: Input, now: Instant) {
        match input {
            Input::Report(report) => self.report(report, now),
            Input::Command(command) => self.command(command, now),
            Input::Close => {
                let todo = self.plan.close(now.into_std());
                self.carry_out(todo, now);
            }
            Input::Abort => {
                let todo = self.plan.close(now.into_std());
                self.carry_out(todo, now);
                for kid in self.kids.values() {
                    kid.growth.iter().for_each(|growth| growth.body.kill());
                }
            }
        }
    }

    fn report(&mut self, report: Report, now: Instant) {
        let Some(kid) = self.kids.get_mut(&report.key) else { return };
        let Some(growth) = &kid.growth else { return };
        if report.seat != growth.seat || report.start != growth.starts {
            return; // of an incarnation that nobody waits for any more
        }
        let happened = match report.news {
            News::Started => {
                if matches!(self.plan.state(report.key), Some(State::Starting { again: true })) {
                    kid.restarts += 1;
                }
                if let Some(starter) = kid.starter.take() {
                    let _ = starter.send(Ok(()));
                }
                Happened::Started
            }
            News::NotWanted => {
                kid.not_wanted = true;
                Happened::NotWanted
            }
            News::StartFailed(failure) => {
                kid.fault = failure.reason().fault().cloned();
                kid.start_error = Some(failure.error(kid.spec.actor));
                Happened::StartFailed
            }
            News::Ended(Ended { exit, wish }) => {
                let abnormal = exit.reason.fault().is_some() || exit.reason == ExitReason::Killed;
                kid.fault = Some(fault_of(&exit));
                Happened::Ended { abnormal, hopeless: wish == Wish::Escalate }
            }
        };
        if let (Happened::StartFailed, Some(fault)) = (happened, self.kids[&report.key].fault.clone()) {
            self.lived(report.key, LifeStep::StartFailed(fault));
        }
        let todo = self.plan.happened(report.key, happened, now.into_std());
        self.carry_out(todo, now);
    }

    fn command(&mut self, command: Command, now: Instant) {
        match command {
            Command::Start(spec, reply) => match self.may_add(&spec) {
                Ok(()) => {
                    self.add(spec, Some(reply), now);
                    let todo = self.plan.tick(now.into_std());
                    self.carry_out(todo, now);
                }
                Err(error) => answer(reply, Err(error)),
            },
            Command::Stop(id, reply) => {
                let Some(key) = self.key(&id, reply) else { return };
                let (key, reply) = key;
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
                    Err(error) => answer(reply, Err(error)),
                }
            }
            Command::Delete(id, reply) => {
                let Some((key, reply)) = self.key(&id, reply) else { return };
                let down = self.is_down(key, &id);
                if down.is_ok() {
                    self.plan.forget(key);
                    self.remove(key);
                }
                answer(reply, down);
            }
        }
    }

    fn key(&self, id: &Arc<str>, reply: Reply) -> Option<(Key, Reply)> {
        match self.ids.get(id) {
            Some(key) => Some((*key, reply)),
            None => {
                answer(reply, Err(ControlError::NotFound(id.clone())));
                None
            }
        }
    }

    fn may_add(&self, spec: &Spec) -> Result<(), ControlError> {
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

    fn is_down(&self, key: Key, id: &Arc<str>) -> Result<(), ControlError> {
        match self.plan.state(key) {
            _ if self.plan.is_closing() => Err(ControlError::ShuttingDown),
            Some(State::Stopped | State::Finished | State::Idle) => Ok(()),
            Some(State::Waiting { .. } | State::Starting { again: true }) => {
                Err(ControlError::Restarting(id.clone()))
            }
            _ => Err(ControlError::Running(id.clone())),
        }
    }

    fn carry_out(&mut self, todo: Vec<Action>, now: Instant) {
        for action in todo {
            match action {
                Action::Rest(key) => self.rest(key, now),
                Action::Start(key) => self.start(key, now),
                Action::Stop(key) => self.stop(key, now),
                Action::End(key) => self.end(key),
                Action::Remove(key) => self.remove(key),
                Action::Opened => self.opened = Some(Ok(())),
                Action::NotOpened(key) => self.not_opened(key),
                Action::GiveUp { child, hopeless } => self.give_up(child, hopeless),
                Action::Closed => {
                    self.closed = true;
                    self.opened.get_or_insert(Err(SuperviseError::ShuttingDown));
                }
            }
        }
    }

    fn rest(&mut self, key: Key, now: Instant) {
        let Some(growth) = &self.kids[&key].growth else { return };
        growth.leash.order(Order::Rest);
        let after = match self.plan.state(key) {
            Some(State::Waiting { due, .. }) => Instant::from_std(due).saturating_duration_since(now),
            _ => Duration::ZERO, // its turn has come already
        };
        self.lived(key, LifeStep::Restarting { attempt: self.plan.attempts(key), after });
    }

    fn start(&mut self, key: Key, now: Instant) {
        if self.kids[&key].growth.is_none() {
            let seat = self.house.next_birth(); // no other child ever has it
            let (leash, link) = link::pair(self.to.clone(), Input::Report, key, seat);
            let kid = self.kids.get_mut(&key).expect("it is in the plan");
            match kid.spec.plant.plant(&kid.spec.settings, &self.house, &self.siblings, link) {
                Ok(body) => kid.growth = Some(Growth { body, leash, seat, starts: 0 }),
                Err(error) => {
                    kid.fault = Some(Fault::from(error.clone()).report());
                    kid.start_error = Some(error);
                    let todo = self.plan.happened(key, Happened::StartFailed, now.into_std());
                    return self.carry_out(todo, now);
                }
            }
        }
        let kid = self.kids.get_mut(&key).expect("it is in the plan");
        kid.not_wanted = false;
        if let Some(growth) = &mut kid.growth {
            growth.starts += 1;
            growth.leash.order(Order::Start);
        }
    }

    fn stop(&mut self, key: Key, now: Instant) {
        let kid = &self.kids[&key];
        let Some(growth) = &kid.growth else { return };
        let default = match growth.body {
            Body::Actor(_) => Shutdown::Timeout(self.house.stop_timeout()),
            Body::Supervisor(_) => Shutdown::Infinite,
        };
        growth.leash.stop();
        match kid.spec.settings.shutdown.unwrap_or(default) {
            Shutdown::Timeout(limit) => {
                growth.body.stop();
                if let Some(when) = now.checked_add(limit) {
                    self.late.insert((when, key, growth.seat, Late::Kill));
                }
            }
            Shutdown::Infinite => growth.body.stop(),
            Shutdown::Kill => {
                growth.body.kill();
                self.expect_death(key, now);
            }
        }
    }

    /// A kill takes effect at the next wait, and then `post_stop` has its time.
    fn expect_death(&mut self, key: Key, now: Instant) {
        let Some(growth) = &self.kids[&key].growth else { return };
        if let (Body::Actor(_), Some(when)) =
            (&growth.body, now.checked_add(self.house.stop_timeout().saturating_mul(2)))
        {
            self.late.insert((when, key, growth.seat, Late::GiveUp));
        }
    }

    fn is_late(&mut self, key: Key, seat: u64, what: Late, now: Instant) {
        let stopping = matches!(self.plan.state(key), Some(State::Stopping { .. }));
        let Some(growth) = self.kids.get(&key).and_then(|kid| kid.growth.as_ref()) else { return };
        if !stopping || growth.seat != seat {
            return;
        }
        match what {
            Late::Kill => {
                if let Body::Actor(cell) = &growth.body {
                    self.aborted.push(cell.clone());
                }
                growth.body.kill();
                self.expect_death(key, now);
            }
            Late::GiveUp => {
                self.lived(key, LifeStep::Stuck);
                let ended = Happened::Ended { abnormal: true, hopeless: false };
                let todo = self.plan.happened(key, ended, now.into_std());
                self.carry_out(todo, now);
            }
        }
    }

    fn end(&mut self, key: Key) {
        let kid = self.kids.get_mut(&key).expect("it is in the plan");
        if let Some(growth) = kid.growth.take() {
            growth.leash.order(Order::End);
            self.siblings.leave(&kid.spec.settings.id);
        }
        if let Some(starter) = kid.starter.take() {
            let id = kid.spec.settings.id.clone();
            answer(
                starter,
                Err(match kid.start_error.take() {
                    Some(cause) => ControlError::Start { id, cause },
                    None if kid.not_wanted => ControlError::NotWanted(id),
                    None => ControlError::ShuttingDown,
                }),
            );
        }
        self.answer_stoppers(key);
    }

    /// A child that was to be stopped and is: whoever wanted that is told.
    fn answer_stoppers(&mut self, key: Key) {
        if matches!(self.plan.state(key), None | Some(State::Stopped | State::Finished | State::Idle))
            && let Some(kid) = self.kids.get_mut(&key)
        {
            kid.stoppers.drain(..).for_each(|stopper| answer(stopper, Ok(())));
        }
    }

    fn remove(&mut self, key: Key) {
        self.end(key);
        if let Some(kid) = self.kids.remove(&key) {
            self.ids.remove(&kid.spec.settings.id);
            self.rubbish.push(kid);
        }
    }

    fn not_opened(&mut self, key: Key) {
        let (supervisor, kid) = (self.blueprint.name.clone(), self.kids.get_mut(&key));
        let (child, cause) = match kid {
            Some(kid) => (kid.spec.settings.id.clone(), kid.start_error.take()),
            // A temporary one is gone already.
            None => self
                .rubbish
                .last_mut()
                .map(|kid| (kid.spec.settings.id.clone(), kid.start_error.take()))
                .unwrap_or_default(),
        };
        let cause = cause.unwrap_or(SpawnError::ShuttingDown);
        self.opened = Some(Err(SuperviseError::Child { supervisor, child, cause }));
    }

    fn give_up(&mut self, child: Key, hopeless: bool) {
        let kid = &self.kids[&child];
        let intensity = &self.blueprint.intensity;
        let escalated = Escalated {
            supervisor: self.blueprint.name.clone(),
            child: kid.spec.settings.id.clone(),
            used_up: (!hopeless).then(|| (intensity.max(), intensity.period())),
            cause: kid.fault.clone().unwrap_or_else(|| Fault::new("it ended").report()),
        };
        if self.house.sees_lives() {
            let step = LifeStep::Escalated(Fault::from(escalated.clone()).report());
            let name = Some(self.blueprint.name.clone());
            self.house.lived(&LifeEvent { id: None, actor: "supervisor", name, step });
        }
        self.gave_up = Some(escalated);
    }

    fn lived(&self, key: Key, step: LifeStep) {
        if self.house.sees_lives()
            && let Some(kid) = self.kids.get(&key)
        {
            let (id, name) = match kid.growth.as_ref().map(|growth| &growth.body) {
                Some(Body::Actor(cell)) => (Some(cell.id()), cell.name()),
                _ => (None, None),
            };
            let name = name.or_else(|| Some(kid.spec.settings.id.clone()));
            self.house.lived(&LifeEvent { id, actor: kid.spec.actor, name, step });
        }
    }

    pub(super) fn children(&self) -> Vec<ChildInfo> {
        let now = rt::now();
        self.kids.iter().map(|(key, kid)| self.info(*key, kid, now)).collect()
    }

    pub(super) fn family(&self) -> Vec<(ChildInfo, Option<Body>)> {
        let now = rt::now();
        let body = |kid: &Kid| kid.growth.as_ref().map(|growth| growth.body.clone());
        self.kids.iter().map(|(key, kid)| (self.info(*key, kid, now), body(kid))).collect()
    }

    pub(super) fn body(&self, id: &str) -> Option<Body> {
        let kid = self.kids.get(self.ids.get(id)?)?;
        kid.growth.as_ref().map(|growth| growth.body.clone())
    }

    fn info(&self, key: Key, kid: &Kid, now: Instant) -> ChildInfo {
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

fn answer(reply: Reply, answer: Result<(), ControlError>) {
    let _ = reply.send(answer); // whoever has gone does not want to know
}

/// What a child failed of; for one that was not to end, that it did.
fn fault_of(exit: &Exit) -> FaultReport {
    exit.reason.fault().cloned().unwrap_or_else(|| Fault::new(format!("it ended: {}", exit.reason)).report())
}
