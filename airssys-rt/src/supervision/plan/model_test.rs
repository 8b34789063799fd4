//! Property tests of the plan against a model, in which children start, run and stop, and restarts are counted.
//!
//! The model counts restarts independently of the plan.

use super::{Action, ChildPhase, Key, SupervisorPlan};
use crate::{
    actor::{ExitReason, IncarnationEnd, IncarnationEvent, StartFailure},
    supervision::{AutoShutdown, Intensity, Restart, Strategy},
};
use proptest::{
    prelude::{Just, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest},
    strategy::Strategy as _,
};
use std::{
    mem,
    time::{Duration, Instant},
};

const PERIOD: Duration = Duration::from_millis(1000);

#[derive(Debug, Clone, Copy)]
enum ModelStep {
    /// A running child ends by itself.
    End {
        child: usize,
        abnormal: bool,
    },
    /// A child that is starting or stopping completes that.
    Done {
        child: usize,
        works: bool,
    },
    Stop {
        child: usize,
    },
    Start {
        child: usize,
    },
    Pass {
        millis: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ModelChild {
    Off,
    Starting { restart: bool },
    Running,
    Stopping,
    Gone,
}

struct Model {
    plan: SupervisorPlan,
    strategy: Strategy,
    types: Vec<Restart>,
    children: Vec<ModelChild>,
    /// Whether the child ran before and was not ended since.
    restarts: Vec<bool>,
    /// Whether the child must be stopped because another child of its group failed.
    group_restart: Vec<bool>,
    /// Whether the child was stopped from outside.
    stopped: Vec<bool>,
    /// Whether the child ended by itself and is not started again.
    finished: Vec<bool>,
    max: usize,
    granted: Vec<Instant>,
    now: Instant,
    gave_up: bool,
    closed: bool,
    stops: Vec<usize>,
}

impl Model {
    fn new(strategy: Strategy, types: Vec<Restart>, max: u32, dynamic: bool) -> Self {
        let intensity = Intensity::new(max, PERIOD).unwrap();
        let now = crate::rt::now().into_std();
        let count = types.len();
        let mut model = Model {
            plan: SupervisorPlan::new(strategy, intensity, AutoShutdown::Never, dynamic),
            strategy,
            children: vec![ModelChild::Off; count],
            restarts: vec![false; count],
            group_restart: vec![false; count],
            stopped: vec![false; count],
            finished: vec![false; count],
            max: max as usize,
            granted: Vec::new(),
            now,
            gave_up: false,
            closed: false,
            stops: Vec::new(),
            types,
        };
        for (child, restart) in model.types.clone().into_iter().enumerate() {
            model.plan.add(child as Key, restart, false, None, now);
            model.plan.add_initial(child as Key);
        }
        let actions = model.plan.tick(now);
        model.carry_out(actions);
        for child in 0..count {
            assert_eq!(
                model.children[child],
                ModelChild::Starting { restart: false },
                "the initial children start one after the other"
            );
            model.done(child, true);
        }
        model
    }

    fn carry_out(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Start(key) => {
                    let child = key as usize;
                    assert_eq!(self.children[child], ModelChild::Off, "{child} is already up");
                    assert!(!self.gave_up && !self.closed, "no child starts after the supervisor gave up");
                    if self.strategy != Strategy::OneForOne {
                        let busy = self
                            .children
                            .iter()
                            .position(|is| matches!(is, ModelChild::Starting { .. } | ModelChild::Stopping));
                        assert_eq!(busy, None, "one at a time");
                        let earlier = (0..child).find(|child| self.group_restart[*child]);
                        assert_eq!(earlier, None, "all are stopped before the first is started");
                    }
                    self.children[child] = ModelChild::Starting { restart: self.restarts[child] };
                }
                Action::Stop(key) => {
                    let child = key as usize;
                    assert!(
                        matches!(self.children[child], ModelChild::Running | ModelChild::Starting { .. }),
                        "{child} is down"
                    );
                    let later = (child + 1..self.children.len()).find(|later| self.group_restart[*later]);
                    assert!(
                        later.is_none() || !self.group_restart[child] || self.stopped[child],
                        "the last one first"
                    );
                    self.children[child] = ModelChild::Stopping;
                    self.stops.push(child);
                }
                Action::End(key) => self.restarts[key as usize] = false,
                Action::Remove(key) => self.children[key as usize] = ModelChild::Gone,
                Action::Wait(key) => self.restarts[key as usize] = true,
                Action::Escalate { .. } => self.gave_up = true,
                Action::SupervisorEnded => {
                    assert!(
                        self.children.iter().all(|is| matches!(is, ModelChild::Off | ModelChild::Gone)),
                        "{:?}",
                        self.children
                    );
                    self.closed = true;
                }
                Action::SupervisorStarted => {}
                Action::SupervisorStartFailed(child) => panic!("{child} did start"),
            }
        }
    }

    /// Whether the model grants no restart for a failure.
    fn is_too_many(&mut self, child: usize) -> bool {
        let counts =
            self.granted.iter().filter(|granted| self.now.duration_since(**granted) <= PERIOD).count();
        if counts >= self.max {
            return true;
        }
        self.granted.push(self.now);
        let affected = match self.strategy {
            Strategy::OneForOne => 0..0,
            Strategy::OneForAll => 0..self.children.len(),
            Strategy::RestForOne => child..self.children.len(),
        };
        for other in affected.filter(|other| *other != child) {
            self.group_restart[other] |=
                matches!(self.children[other], ModelChild::Running | ModelChild::Starting { .. });
        }
        false
    }

    fn handle(&mut self, child: usize, event: IncarnationEvent, too_many: bool) {
        let (before, text) = (self.gave_up, format!("{event:?}"));
        let actions = self.plan.handle(child as Key, event, self.now);
        self.carry_out(actions);
        assert_eq!(self.gave_up, before || too_many, "{child}: {text}");
    }

    fn end(&mut self, child: usize, abnormal: bool) {
        if self.children[child] != ModelChild::Running {
            return;
        }
        let restarts = match self.types[child] {
            Restart::Permanent => true,
            Restart::Transient => abnormal,
            Restart::Temporary => false,
        };
        self.children[child] = ModelChild::Off;
        let was_group_restart = mem::take(&mut self.group_restart[child]);
        let closing = self.gave_up || self.closed;
        self.finished[child] = !restarts && !was_group_restart;
        let too_many = restarts && !was_group_restart && !closing && self.is_too_many(child);
        self.handle(child, ended(abnormal), too_many);
    }

    fn done(&mut self, child: usize, works: bool) {
        match self.children[child] {
            ModelChild::Starting { .. } if works => {
                self.children[child] = ModelChild::Running;
                self.finished[child] = false;
                self.handle(child, IncarnationEvent::Started, false);
            }
            ModelChild::Starting { restart } => {
                self.children[child] = ModelChild::Off;
                let was_group_restart = mem::take(&mut self.group_restart[child]);
                self.stopped[child] |= !restart;
                let too_many = restart && !was_group_restart && !self.gave_up && self.is_too_many(child);
                self.handle(child, IncarnationEvent::StartFailed(StartFailure::Killed), too_many);
            }
            ModelChild::Stopping => {
                self.children[child] = ModelChild::Off;
                self.group_restart[child] = false;
                self.handle(child, ended(!works), false);
            }
            ModelChild::Off | ModelChild::Running | ModelChild::Gone => {}
        }
    }

    fn step(&mut self, step: ModelStep) {
        let count = self.children.len();
        match step {
            ModelStep::End { child, abnormal } => self.end(child % count, abnormal),
            ModelStep::Done { child, works } => self.done(child % count, works),
            ModelStep::Stop { child } => {
                let child = child % count;
                self.stopped[child] |=
                    !matches!(self.children[child], ModelChild::Gone) && !self.finished[child];
                let actions = self.plan.stop(child as Key, self.now);
                self.carry_out(actions);
            }
            ModelStep::Start { child } => {
                let child = child % count;
                let down = matches!(
                    self.plan.child_phase(child as Key),
                    Some(ChildPhase::Stopped | ChildPhase::Finished)
                );
                if down && !self.plan.is_closing() {
                    (self.stopped[child], self.finished[child]) = (false, false);
                    let actions = self.plan.start(child as Key, self.now);
                    self.carry_out(actions);
                }
            }
            ModelStep::Pass { millis } => {
                self.now += Duration::from_millis(millis);
                let actions = self.plan.tick(self.now);
                self.carry_out(actions);
            }
        }
    }

    /// Completes all starts, stops and delays.
    fn settle(&mut self) {
        for _ in 0..1000 {
            let busy = self
                .children
                .iter()
                .position(|is| matches!(is, ModelChild::Starting { .. } | ModelChild::Stopping));
            match (busy, self.plan.next_due()) {
                (Some(child), _) => self.done(child, true),
                (None, Some(due)) => {
                    self.now = self.now.max(due);
                    let actions = self.plan.tick(self.now);
                    self.carry_out(actions);
                }
                (None, None) => return,
            }
        }
        panic!("the plan never settles: {:?}", self.plan);
    }
}

fn ended(abnormal: bool) -> IncarnationEvent {
    let reason = if abnormal { ExitReason::Killed } else { ExitReason::Stopped };
    IncarnationEvent::Ended(IncarnationEnd::of(reason))
}

fn step() -> impl proptest::strategy::Strategy<Value = ModelStep> {
    let child = 0..8_usize;
    prop_oneof![
        4 => (child.clone(), any::<bool>()).prop_map(|(child, abnormal)| ModelStep::End { child, abnormal }),
        8 => (child.clone(), prop::bool::weighted(0.8)).prop_map(|(child, works)| ModelStep::Done { child, works }),
        1 => child.clone().prop_map(|child| ModelStep::Stop { child }),
        1 => child.prop_map(|child| ModelStep::Start { child }),
        2 => (0..700_u64).prop_map(|millis| ModelStep::Pass { millis }),
    ]
}

fn model() -> impl proptest::strategy::Strategy<Value = (Strategy, Vec<Restart>, u32)> {
    let strategy =
        prop_oneof![Just(Strategy::OneForOne), Just(Strategy::OneForAll), Just(Strategy::RestForOne)];
    let restart = prop_oneof![
        4 => Just(Restart::Permanent),
        2 => Just(Restart::Transient),
        1 => Just(Restart::Temporary)
    ];
    (strategy, prop::collection::vec(restart, 1..6), 0..8_u32)
}

proptest! {
    /// After any events: no child is started that runs or stopped that does not; groups do one action at a time, in order; the
    /// plan gives up exactly when the model does; and at the end all children run that should, or all have stopped.
    #[test]
    fn the_plan_agrees_with_the_model((strategy, types, max) in model(), steps in prop::collection::vec(step(), 0..80), aborts: bool) {
        let mut model = Model::new(strategy, types, max, false);
        for step in steps {
            model.step(step);
        }
        model.settle();
        prop_assert_eq!(model.closed, model.gave_up);
        if model.gave_up {
            return Ok(());
        }
        for child in 0..model.children.len() {
            let should_run = !model.stopped[child] && !model.finished[child] && model.children[child] != ModelChild::Gone;
            prop_assert_eq!(model.children[child] == ModelChild::Running, should_run, "{}: {:?}", child, model.plan);
        }
        model.stops.clear();
        let up = model.children.iter().filter(|is| **is == ModelChild::Running).count();
        let actions = model.plan.close(model.now);
        model.carry_out(actions);
        if aborts {
            let actions = model.plan.abort(model.now);
            model.carry_out(actions);
            prop_assert_eq!(model.stops.len(), up, "all at once");
            model.stops.truncate(1);
        }
        model.settle();
        prop_assert!(model.closed);
        let mut in_order = model.stops.clone();
        in_order.sort_unstable_by(|a, b| b.cmp(a));
        prop_assert_eq!(&model.stops, &in_order, "the last one first");
    }

    /// A dynamic plan has no child that is not started again, after any events.
    #[test]
    fn a_dynamic_plan_forgets_children((_, types, max) in model(), steps in prop::collection::vec(step(), 0..80)) {
        let mut model = Model::new(Strategy::OneForOne, types, max, true);
        for step in steps {
            model.step(step);
            let kept = model.plan.children.values().find(|child| child.phase.is_inactive());
            prop_assert!(kept.is_none(), "{:?} after {:?}", kept, step);
        }
        model.settle();
        prop_assert_eq!(model.closed, model.gave_up);
        let actions = model.plan.close(model.now);
        model.carry_out(actions);
        model.settle();
        prop_assert!(model.closed && model.plan.children.is_empty());
        let plan = &model.plan;
        prop_assert!(plan.up.is_empty() && plan.due.is_empty() && plan.starting + plan.stopping + plan.alive == 0);
    }
}
