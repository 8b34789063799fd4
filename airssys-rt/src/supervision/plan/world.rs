//! The plan beside a model: a world in which children really start, run and stop, and a count of restarts by hand.

use super::*;
use proptest::{
    prelude::{Just, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest},
    strategy::Strategy as _,
};
use std::time::Duration;

const PERIOD: Duration = Duration::from_millis(1000);

#[derive(Debug, Clone, Copy)]
enum Step {
    /// A child that runs ends by itself.
    End {
        kid: usize,
        abnormal: bool,
    },
    /// A child that starts or stops is done with it.
    Done {
        kid: usize,
        works: bool,
    },
    Stop {
        kid: usize,
    },
    Start {
        kid: usize,
    },
    Pass {
        millis: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Off,
    Starting { again: bool },
    Running,
    Stopping,
    Gone,
}

struct World {
    plan: Plan,
    strategy: Strategy,
    types: Vec<Restart>,
    kids: Vec<Is>,
    /// It ran before and was not put down since.
    again: Vec<bool>,
    stale: Vec<bool>,
    /// Stopped from outside.
    unwanted: Vec<bool>,
    /// Ended by itself, and need not run.
    finished: Vec<bool>,
    max: usize,
    granted: Vec<Instant>,
    now: Instant,
    gave_up: bool,
    closed: bool,
    stops: Vec<usize>,
}

impl World {
    fn new(strategy: Strategy, types: Vec<Restart>, max: u32) -> Self {
        let intensity = Intensity::new(max, PERIOD).unwrap();
        let now = crate::rt::now().into_std();
        let count = types.len();
        let mut world = World {
            plan: Plan::new(strategy, intensity, AutoShutdown::Never, false),
            strategy,
            kids: vec![Is::Off; count],
            again: vec![false; count],
            stale: vec![false; count],
            unwanted: vec![false; count],
            finished: vec![false; count],
            max: max as usize,
            granted: Vec::new(),
            now,
            gave_up: false,
            closed: false,
            stops: Vec::new(),
            types,
        };
        for (kid, restart) in world.types.clone().into_iter().enumerate() {
            world.plan.add(kid as Key, restart, false, None, now);
            world.plan.opens_with(kid as Key);
        }
        let todo = world.plan.tick(now);
        world.carry_out(todo);
        for kid in 0..count {
            assert_eq!(world.kids[kid], Is::Starting { again: false }, "one after the other");
            world.done(kid, true);
        }
        world
    }

    fn carry_out(&mut self, todo: Vec<Action>) {
        for action in todo {
            match action {
                Action::Start(key) => {
                    let kid = key as usize;
                    assert_eq!(self.kids[kid], Is::Off, "{kid} is on already");
                    assert!(!self.gave_up && !self.closed, "nobody starts any more");
                    if self.strategy != Strategy::OneForOne {
                        let busy =
                            self.kids.iter().position(|is| matches!(is, Is::Starting { .. } | Is::Stopping));
                        assert_eq!(busy, None, "one at a time");
                        let earlier = (0..kid).find(|kid| self.stale[*kid]);
                        assert_eq!(earlier, None, "first all are stopped");
                    }
                    self.kids[kid] = Is::Starting { again: self.again[kid] };
                }
                Action::Stop(key) => {
                    let kid = key as usize;
                    assert!(matches!(self.kids[kid], Is::Running | Is::Starting { .. }), "{kid} is off");
                    let later = (kid + 1..self.kids.len()).find(|later| self.stale[*later]);
                    assert!(later.is_none() || !self.stale[kid] || self.unwanted[kid], "the last one first");
                    self.kids[kid] = Is::Stopping;
                    self.stops.push(kid);
                }
                Action::End(key) => self.again[key as usize] = false,
                Action::Remove(key) => self.kids[key as usize] = Is::Gone,
                Action::Rest(key) => self.again[key as usize] = true,
                Action::GiveUp { .. } => self.gave_up = true,
                Action::Closed => {
                    assert!(self.kids.iter().all(|is| matches!(is, Is::Off | Is::Gone)), "{:?}", self.kids);
                    self.closed = true;
                }
                Action::Opened => {}
                Action::NotOpened(kid) => panic!("{kid} did start"),
            }
        }
    }

    /// What the model says of a failure: whether it is one too many.
    fn is_too_many(&mut self, kid: usize) -> bool {
        let counts =
            self.granted.iter().filter(|granted| self.now.duration_since(**granted) <= PERIOD).count();
        if counts >= self.max {
            return true;
        }
        self.granted.push(self.now);
        let affected = match self.strategy {
            Strategy::OneForOne => 0..0,
            Strategy::OneForAll => 0..self.kids.len(),
            Strategy::RestForOne => kid..self.kids.len(),
        };
        for other in affected.filter(|other| *other != kid) {
            self.stale[other] |= matches!(self.kids[other], Is::Running | Is::Starting { .. });
        }
        false
    }

    fn happened(&mut self, kid: usize, what: Happened, too_many: bool) {
        let before = self.gave_up;
        let todo = self.plan.happened(kid as Key, what, self.now);
        self.carry_out(todo);
        assert_eq!(self.gave_up, before || too_many, "{kid}: {what:?}");
    }

    fn end(&mut self, kid: usize, abnormal: bool) {
        if self.kids[kid] != Is::Running {
            return;
        }
        let restarts = match self.types[kid] {
            Restart::Permanent => true,
            Restart::Transient => abnormal,
            Restart::Temporary => false,
        };
        self.kids[kid] = Is::Off;
        let was_stale = std::mem::take(&mut self.stale[kid]);
        let closing = self.gave_up || self.closed;
        self.finished[kid] = !restarts && !was_stale;
        let too_many = restarts && !was_stale && !closing && self.is_too_many(kid);
        self.happened(kid, Happened::Ended { abnormal, hopeless: false }, too_many);
    }

    fn done(&mut self, kid: usize, works: bool) {
        match self.kids[kid] {
            Is::Starting { .. } if works => {
                self.kids[kid] = Is::Running;
                self.finished[kid] = false;
                self.happened(kid, Happened::Started, false);
            }
            Is::Starting { again } => {
                self.kids[kid] = Is::Off;
                let was_stale = std::mem::take(&mut self.stale[kid]);
                self.unwanted[kid] |= !again;
                let too_many = again && !was_stale && !self.gave_up && self.is_too_many(kid);
                self.happened(kid, Happened::StartFailed, too_many);
            }
            Is::Stopping => {
                self.kids[kid] = Is::Off;
                self.stale[kid] = false;
                self.happened(kid, Happened::Ended { abnormal: !works, hopeless: false }, false);
            }
            Is::Off | Is::Running | Is::Gone => {}
        }
    }

    fn step(&mut self, step: Step) {
        let count = self.kids.len();
        match step {
            Step::End { kid, abnormal } => self.end(kid % count, abnormal),
            Step::Done { kid, works } => self.done(kid % count, works),
            Step::Stop { kid } => {
                let kid = kid % count;
                self.unwanted[kid] |= !matches!(self.kids[kid], Is::Gone) && !self.finished[kid];
                let todo = self.plan.stop(kid as Key, self.now);
                self.carry_out(todo);
            }
            Step::Start { kid } => {
                let kid = kid % count;
                let down = matches!(self.plan.state(kid as Key), Some(State::Stopped | State::Finished));
                if down && !self.plan.is_closing() {
                    (self.unwanted[kid], self.finished[kid]) = (false, false);
                    let todo = self.plan.start(kid as Key, self.now);
                    self.carry_out(todo);
                }
            }
            Step::Pass { millis } => {
                self.now += Duration::from_millis(millis);
                let todo = self.plan.tick(self.now);
                self.carry_out(todo);
            }
        }
    }

    /// Lets everybody come to where they are going.
    fn settle(&mut self) {
        for _ in 0..1000 {
            let busy = self.kids.iter().position(|is| matches!(is, Is::Starting { .. } | Is::Stopping));
            match (busy, self.plan.next_due()) {
                (Some(kid), _) => self.done(kid, true),
                (None, Some(due)) => {
                    self.now = self.now.max(due);
                    let todo = self.plan.tick(self.now);
                    self.carry_out(todo);
                }
                (None, None) => return,
            }
        }
        panic!("it never comes to rest: {:?}", self.plan);
    }
}

fn step() -> impl proptest::strategy::Strategy<Value = Step> {
    let kid = 0..8_usize;
    prop_oneof![
        4 => (kid.clone(), any::<bool>()).prop_map(|(kid, abnormal)| Step::End { kid, abnormal }),
        8 => (kid.clone(), prop::bool::weighted(0.8)).prop_map(|(kid, works)| Step::Done { kid, works }),
        1 => kid.clone().prop_map(|kid| Step::Stop { kid }),
        1 => kid.prop_map(|kid| Step::Start { kid }),
        2 => (0..700_u64).prop_map(|millis| Step::Pass { millis }),
    ]
}

fn world() -> impl proptest::strategy::Strategy<Value = (Strategy, Vec<Restart>, u32)> {
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
    /// Whatever happens: nobody is started who runs, or stopped who does not; groups do one thing at a time, in order; it
    /// gives up exactly when a count by hand says so; and in the end all run who should, or all have stopped.
    #[test]
    fn a_plan_does_what_is_right_in_a_small_world((strategy, types, max) in world(), steps in prop::collection::vec(step(), 0..80), aborts: bool) {
        let mut world = World::new(strategy, types, max);
        for step in steps {
            world.step(step);
        }
        world.settle();
        prop_assert_eq!(world.closed, world.gave_up);
        if world.gave_up {
            return Ok(());
        }
        for kid in 0..world.kids.len() {
            let should_run = !world.unwanted[kid] && !world.finished[kid] && world.kids[kid] != Is::Gone;
            prop_assert_eq!(world.kids[kid] == Is::Running, should_run, "{}: {:?}", kid, world.plan);
        }
        world.stops.clear();
        let up = world.kids.iter().filter(|is| **is == Is::Running).count();
        let todo = world.plan.close(world.now);
        world.carry_out(todo);
        if aborts {
            let todo = world.plan.abort(world.now);
            world.carry_out(todo);
            prop_assert_eq!(world.stops.len(), up, "all at once");
            world.stops.truncate(1);
        }
        world.settle();
        prop_assert!(world.closed);
        let mut in_order = world.stops.clone();
        in_order.sort_unstable_by(|a, b| b.cmp(a));
        prop_assert_eq!(&world.stops, &in_order, "the last one first");
    }
}
