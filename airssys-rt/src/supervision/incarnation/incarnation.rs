//! One incarnation of a supervisor: passes each input to the plan and carries out the actions that it returns.

use crate::{
    actor::{
        ActorKey, AnySystem, Exit, IncarnationEnd, IncarnationEvent, LifecycleStep, SpawnError, StartFailure,
        StartWaiter,
    },
    backoff::derived_seed,
    reply::{Fault, FaultReport},
    rt::Instant,
    supervision::{
        Escalated, Siblings, SuperviseError,
        incarnation::{
            child_entry::{ChildEntry, EndingTask},
            deferred::Deferred,
        },
        input::{Input, StartReply},
        link::{ChildReport, TaskNumber},
        plan::{Action, ChildPhase, Key, SupervisorPlan},
        spec::{ChildSpec, SupervisorSpec},
    },
    sync::{Arc, Weak, mpsc},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    mem,
};

/// One incarnation of a supervisor.
pub(in crate::supervision) struct Incarnation {
    pub(super) spec: Arc<SupervisorSpec>,
    pub(super) system: Arc<dyn AnySystem>,
    pub(super) siblings: Arc<Siblings>,
    /// Where the children report to.
    pub(super) inputs: mpsc::UnboundedSender<Input>,
    pub(super) plan: SupervisorPlan,
    pub(super) children: BTreeMap<Key, ChildEntry>,
    pub(super) ids: HashMap<Arc<str>, Key>,
    /// The children that are actors and have a task.
    pub(super) actors: HashMap<ActorKey, Key>,
    last_key: Key,
    /// The last number that is the id of a child.
    pub(super) last_number: u64,
    /// The deadlines of children that were told to stop.
    pub(super) deadlines: BTreeSet<(Instant, Key, TaskNumber)>,
    /// Tasks that were directed to end and have not ended yet, with what waits for that.
    pub(super) ending: HashMap<TaskNumber, EndingTask>,
    /// Why the supervisor did not start.
    pub(in crate::supervision) start_error: Option<SuperviseError>,
    /// Why the supervisor gave up.
    pub(in crate::supervision) escalated: Option<Escalated>,
    /// The number of this incarnation: 1 for the first.
    pub(super) number: u32,
    /// The seed of the random delays before restarts of its children.
    jitter_seed: u64,
    /// The actor that waits for the start of this incarnation, and so of the children.
    pub(super) awaited: Option<Weak<StartWaiter>>,
    /// Whether no child has more time to stop than a kill takes.
    pub(super) aborting: bool,
    /// Whether the plan has ended. Tasks may still be ending.
    plan_ended: bool,
    /// Whether all tasks have ended.
    pub(in crate::supervision) ended: bool,
    pub(in crate::supervision) deferred: Deferred,
}

/// How an incarnation is started.
pub(in crate::supervision) struct IncarnationStart {
    pub(in crate::supervision) number: u32,
    pub(in crate::supervision) jitter_seed: u64,
    pub(in crate::supervision) awaited: Option<Weak<StartWaiter>>,
}

impl Incarnation {
    pub(in crate::supervision) fn new(
        spec: Arc<SupervisorSpec>,
        system: Arc<dyn AnySystem>,
        siblings: Arc<Siblings>,
        inputs: mpsc::UnboundedSender<Input>,
        start: IncarnationStart,
        now: Instant,
    ) -> Self {
        let IncarnationStart { number, jitter_seed, awaited } = start;
        let plan =
            SupervisorPlan::new(spec.strategy, spec.intensity.clone(), spec.auto, spec.dynamic.is_some());
        let mut incarnation = Incarnation {
            system,
            siblings,
            inputs,
            plan,
            children: BTreeMap::new(),
            ids: HashMap::new(),
            actors: HashMap::new(),
            last_key: 0,
            last_number: 0,
            deadlines: BTreeSet::new(),
            ending: HashMap::new(),
            start_error: None,
            escalated: None,
            number,
            jitter_seed: derived_seed(jitter_seed, number.into()),
            awaited,
            aborting: false,
            plan_ended: false,
            ended: false,
            deferred: Deferred::default(),
            spec: spec.clone(),
        };
        for child in &spec.children {
            let key = incarnation.add(child.clone(), None, now);
            incarnation.plan.add_initial(key);
        }
        let actions = incarnation.plan.tick(now.into_std());
        incarnation.carry_out(actions, now);
        incarnation
    }

    /// Kills all children. No code waits for their end.
    pub(in crate::supervision) fn kill_children(&self) {
        for task in self.children.values().filter_map(|child| child.task.as_ref()) {
            task.handle.kill(task.starts);
        }
    }

    pub(super) fn add(&mut self, spec: Arc<ChildSpec>, start_reply: Option<StartReply>, now: Instant) -> Key {
        self.last_key += 1;
        let key = self.last_key;
        let settings = &spec.settings;
        let backoff = settings.backoff.map(|backoff| backoff.begin(derived_seed(self.jitter_seed, key)));
        self.plan.add(key, settings.restart, settings.significant, backoff, now.into_std());
        self.ids.insert(settings.id.clone(), key);
        self.children.insert(key, ChildEntry::new(spec, start_reply));
        key
    }

    /// The time of the next action that needs no input.
    pub(in crate::supervision) fn next_due(&self) -> Option<Instant> {
        let planned = self.plan.next_due().map(Instant::from_std);
        let deadline = self.deadlines.first().map(|(when, ..)| *when);
        planned.into_iter().chain(deadline).min()
    }

    /// Whether all children are being stopped, or have been.
    pub(in crate::supervision) fn is_closing(&self) -> bool {
        self.plan.is_closing()
    }

    pub(in crate::supervision) fn tick(&mut self, now: Instant) {
        while let Some((_, key, task)) = self.deadlines.first().copied().filter(|(when, ..)| *when <= now) {
            self.deadlines.pop_first();
            self.deadline_passed(key, task, now);
        }
        let actions = self.plan.tick(now.into_std());
        self.carry_out(actions, now);
    }

    pub(in crate::supervision) fn handle(&mut self, input: Input, now: Instant) {
        match input {
            Input::Report(report) => self.report(report, now),
            Input::LimitGoesOn(key, task) => self.limit_goes_on(key, task, now),
            Input::Command(command) => self.command(command, now),
            Input::Close(number) if number == self.number => {
                let actions = self.plan.close(now.into_std());
                self.carry_out(actions, now);
            }
            Input::Abort(number) if number == self.number => self.abort(now),
            Input::Close(_) | Input::Abort(_) => {} // for an incarnation that has ended
        }
    }

    fn report(&mut self, report: ChildReport, now: Instant) {
        let ChildReport { key, task, starts, event } = report;
        let task_ended = matches!(event, IncarnationEvent::TaskEnded);
        if task_ended && self.task_ended(key, task, now) {
            return;
        }
        let Some(child) = self.children.get_mut(&key) else { return };
        let Some(current) = &child.task else { return };
        if task != current.number || (starts != current.starts && !task_ended) {
            return; // of an earlier incarnation of the child
        }
        match &event {
            IncarnationEvent::Started => {
                child.recover();
                child.is_new = false;
                if matches!(self.plan.child_phase(key), Some(ChildPhase::Starting { restart: true })) {
                    child.restarts += 1;
                }
                if let Some(reply) = child.start_reply.take() {
                    let started = self.siblings.any(&child.spec.settings.id);
                    self.deferred.start_answers.push((reply, Ok(started)));
                }
            }
            IncarnationEvent::Declined => child.declined = true,
            IncarnationEvent::StartFailed(failure) => {
                let fault = failure.reason().fault().cloned();
                child.fault.clone_from(&fault);
                let stopped = matches!(self.plan.child_phase(key), Some(ChildPhase::Stopping { .. }));
                if !(stopped && matches!(failure, StartFailure::Killed)) {
                    child.start_error = Some(failure.clone().error(child.spec.actor));
                }
                if let Some(fault) = fault {
                    self.emit(key, LifecycleStep::StartFailed(fault));
                }
            }
            IncarnationEvent::Refused => child.start_error = Some(SpawnError::ShuttingDown),
            IncarnationEvent::Ended(IncarnationEnd { exit, .. }) => child.fault = Some(fault_of(exit)),
            // It was not directed to end: its runtime has ended, or the task panicked.
            IncarnationEvent::TaskEnded => drop(self.take_task(key)),
        }
        let actions = self.plan.handle(key, event, now.into_std());
        self.carry_out(actions, now);
    }

    /// The task of a child has ended. Returns `false` if it was not directed to end.
    fn task_ended(&mut self, key: Key, task: TaskNumber, now: Instant) -> bool {
        let Some(EndingTask { stops, failed_start }) = self.ending.remove(&task) else { return false };
        let stopped = self.children.get(&key).map_or(Ok(()), ChildEntry::stopped);
        self.deferred.answers.extend(stops.into_iter().map(|reply| (reply, stopped.clone())));
        self.deferred.start_answers.extend(failed_start.map(|(reply, error)| (reply, Err(error))));
        if let Some(child) = self.children.get_mut(&key).filter(|child| child.ending == Some(task)) {
            child.ending = None;
            if mem::take(&mut child.start_pending) {
                self.start(key, now);
            }
        }
        self.ended = self.plan_ended && self.ending.is_empty();
        true
    }

    pub(super) fn carry_out(&mut self, actions: Vec<Action>, now: Instant) {
        for action in actions {
            match action {
                Action::Wait(key) => self.wait(key, now),
                Action::Start(key) => self.start(key, now),
                Action::Stop(key) => self.stop(key, now),
                Action::End(key) => self.end(key),
                Action::Remove(key) => self.remove(key),
                Action::SupervisorStarted => self.deferred.started = Some(Ok(())),
                Action::SupervisorStartFailed(key) => self.start_failed(key),
                Action::Escalate { child, requested } => self.escalate(child, requested),
                Action::SupervisorEnded => {
                    self.plan_ended = true;
                    self.ended = self.ending.is_empty();
                }
            }
        }
    }
}

/// The fault of a child that ended. A child that ended without one, though it is permanent, gets one.
fn fault_of(exit: &Exit) -> FaultReport {
    let ended = || Fault::new(format!("the child ended: {}", exit.reason)).report();
    exit.reason.fault().cloned().unwrap_or_else(ended)
}
