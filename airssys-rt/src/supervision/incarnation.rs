mod acts;
mod after;
mod commands;
mod look;

use crate::{
    actor::{AnySystem, Ended, Exit, ExitReason, LifeStep, News, SpawnError, StartFailure, Wish},
    reply::{Fault, FaultReport},
    rt::Instant,
    supervision::{
        Escalated, Siblings, SuperviseError,
        cell::{Blueprint, Input, Reply},
        factory::{Body, Spec},
        incarnation::after::After,
        link::{Leash, Report},
        plan::{Action, Happened, Key, Plan, State},
    },
    sync::{Arc, mpsc},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    mem,
};

/// One incarnation of a supervisor: does what its plan decides. Nothing here waits.
pub(super) struct Incarnation {
    blueprint: Arc<Blueprint>,
    system: Arc<dyn AnySystem>,
    siblings: Arc<Siblings>,
    /// Where its children report to.
    to: mpsc::UnboundedSender<Input>,
    plan: Plan,
    kids: BTreeMap<Key, Kid>,
    ids: HashMap<Arc<str>, Key>,
    next: u64,
    /// When whoever was told to stop is late.
    late: BTreeSet<(Instant, Key, u64, Late)>,
    /// Children that have been let go and whose tasks have not ended yet, with whoever waits for that.
    going: HashMap<u64, Vec<Reply>>,
    /// What comes of it, once it is known.
    pub(super) not_opened: Option<SuperviseError>,
    pub(super) gave_up: Option<Escalated>,
    /// How many there were, with this one.
    pub(super) life: u32,
    /// Nobody is waited for any longer than a kill takes.
    aborting: bool,
    closing: bool,
    pub(super) closed: bool,
    pub(super) after: After,
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
    /// Its last task, which has not ended yet.
    going: Option<u64>,
    /// It is to be started as soon as that has ended.
    start_pending: bool,
    stuck: bool,
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
    /// When it will be late, if it was told to stop.
    late: Option<(Instant, Late)>,
    /// It was late in the end, and whoever shuts down is told so.
    is_named: bool,
}

impl Incarnation {
    pub(super) fn new(
        blueprint: Arc<Blueprint>,
        system: Arc<dyn AnySystem>,
        siblings: Arc<Siblings>,
        to: mpsc::UnboundedSender<Input>,
        life: u32,
        now: Instant,
    ) -> Self {
        let plan = Plan::new(
            blueprint.strategy,
            blueprint.intensity.clone(),
            blueprint.auto,
            blueprint.dynamic.is_some(),
        );
        let mut incarnation = Incarnation {
            system,
            siblings,
            to,
            plan,
            kids: BTreeMap::new(),
            ids: HashMap::new(),
            next: 0,
            late: BTreeSet::new(),
            going: HashMap::new(),
            not_opened: None,
            gave_up: None,
            life,
            aborting: false,
            closing: false,
            closed: false,
            after: After::default(),
            blueprint: blueprint.clone(),
        };
        for spec in &blueprint.specs {
            let key = incarnation.add(spec.clone(), None, now);
            incarnation.plan.opens_with(key);
        }
        let todo = incarnation.plan.tick(now.into_std());
        incarnation.carry_out(todo, now);
        incarnation
    }

    fn add(&mut self, spec: Arc<Spec>, starter: Option<Reply>, now: Instant) -> Key {
        let key = self.next_number();
        let settings = &spec.settings;
        let backoff = settings.backoff.map(|backoff| backoff.begin(key));
        self.plan.add(key, settings.restart, settings.significant, backoff, now.into_std());
        self.ids.insert(settings.id.clone(), key);
        let kid = Kid {
            spec,
            growth: None,
            going: None,
            start_pending: false,
            stuck: false,
            restarts: 0,
            fault: None,
            start_error: None,
            not_wanted: false,
            starter,
            stoppers: Vec::new(),
        };
        self.kids.insert(key, kid);
        key
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

    /// All its children are being stopped, or have been.
    pub(super) fn is_closing(&self) -> bool {
        self.plan.is_closing()
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
            Input::Close(life) if life == self.life => {
                let todo = self.plan.close(now.into_std());
                self.carry_out(todo, now);
            }
            Input::Abort(life) if life == self.life => self.abort(now),
            Input::Close(_) | Input::Abort(_) => {} // for an incarnation that has ended since
        }
    }

    fn report(&mut self, report: Report, now: Instant) {
        if matches!(report.news, News::Gone) && self.gone(report.key, report.seat, now) {
            return;
        }
        let Some(kid) = self.kids.get_mut(&report.key) else { return };
        let Some(growth) = &kid.growth else { return };
        let is_gone = matches!(report.news, News::Gone);
        if report.seat != growth.seat || (report.start != growth.starts && !is_gone) {
            return; // of an incarnation that nobody waits for any more
        }
        let happened = match report.news {
            News::Started => {
                kid.stuck = false;
                if matches!(self.plan.state(report.key), Some(State::Starting { again: true })) {
                    kid.restarts += 1;
                }
                if let Some(starter) = kid.starter.take() {
                    self.after.answers.push((starter, Ok(())));
                }
                Happened::Started
            }
            News::NotWanted => {
                kid.not_wanted = true;
                Happened::NotWanted
            }
            News::StartFailed(failure) => {
                kid.fault = failure.reason().fault().cloned();
                let stopped = matches!(self.plan.state(report.key), Some(State::Stopping { .. }));
                if !(stopped && matches!(failure, StartFailure::Killed)) {
                    kid.start_error = Some(failure.error(kid.spec.actor));
                }
                Happened::StartFailed
            }
            News::Refused => {
                kid.start_error = Some(SpawnError::ShuttingDown);
                Happened::Refused
            }
            News::Ended(Ended { exit, wish }) => {
                let abnormal = exit.reason.fault().is_some() || exit.reason == ExitReason::Killed;
                kid.fault = Some(fault_of(&exit));
                Happened::Ended { abnormal, hopeless: wish == Wish::Escalate }
            }
            // Nobody had let it go: its runtime has, or something has gone wrong in it.
            News::Gone => {
                kid.growth = None;
                Happened::Ended { abnormal: true, hopeless: false }
            }
        };
        if let (Happened::StartFailed, Some(fault)) = (happened, self.kids[&report.key].fault.clone()) {
            self.lived(report.key, LifeStep::StartFailed(fault));
        }
        let todo = self.plan.happened(report.key, happened, now.into_std());
        self.carry_out(todo, now);
    }

    /// The task of a child has ended. `false` if nobody had let it go.
    fn gone(&mut self, key: Key, seat: u64, now: Instant) -> bool {
        let Some(waiting) = self.going.remove(&seat) else { return false };
        self.after.answers.extend(waiting.into_iter().map(|reply| (reply, Ok(()))));
        if let Some(kid) = self.kids.get_mut(&key)
            && kid.going == Some(seat)
        {
            kid.going = None;
            if mem::take(&mut kid.start_pending) {
                self.start(key, now);
            }
        }
        self.closed = self.closing && self.going.is_empty();
        true
    }

    fn carry_out(&mut self, todo: Vec<Action>, now: Instant) {
        for action in todo {
            match action {
                Action::Rest(key) => self.rest(key, now),
                Action::Start(key) => self.start(key, now),
                Action::Stop(key) => self.stop(key, now),
                Action::End(key) => self.end(key),
                Action::Remove(key) => self.remove(key),
                Action::Opened => self.after.opened = Some(Ok(())),
                Action::NotOpened(key) => self.not_opened(key),
                Action::GiveUp { child, hopeless } => self.give_up(child, hopeless),
                Action::Closed => {
                    self.closing = true;
                    self.closed = self.going.is_empty();
                }
            }
        }
    }
}

/// What a child failed of; for one that was not to end, that it did.
fn fault_of(exit: &Exit) -> FaultReport {
    exit.reason.fault().cloned().unwrap_or_else(|| Fault::new(format!("it ended: {}", exit.reason)).report())
}
