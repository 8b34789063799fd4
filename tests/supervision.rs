//! Supervisors: how children start, which of them are started again, when that is given up, and how all ends.

use airssys_rt::{
    guard::Backoff,
    prelude::*,
    supervisor::{ControlError, Intensity, IntensityError, Restart, SpecError, SuperviseError},
    system::DynamicSupervisor,
};
use airssys_rt_tests::{
    Double, Fail, Hold, Hook, Log, Note, Panic, Quit,
    bird::{Bird, Nest, Worm, nest, states},
    on_every_runtime, settle,
};
use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep};

fn chain(error: &dyn Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut error = error;
    while let Some(source) = error.source() {
        texts.push(source.to_string());
        error = source;
    }
    texts
}

/// ST-09
#[test]
fn when_a_child_does_not_start_those_before_are_stopped_and_those_after_never_start() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let mut tree = Supervisor::one_for_one("root");
        for name in ["1", "2", "3", "4", "5"] {
            let start = if name == "3" { Hook::Fails } else { Hook::Works };
            tree = tree.child(Bird::new(name, &log).starting([start]).child().named(name));
        }
        let error = nest.supervise(tree).await.unwrap_err();
        let texts = [
            "supervisor `root` did not start: its child `3` did not",
            "`pre_start` of `Bird` failed",
            "the disk is full",
        ];
        assert_eq!(chain(&error), texts);
        assert_eq!(log.read(), ["+1", "+2", "?3", "-2", "-1"]);
        assert!(nest.actors().is_empty());
        assert!(!nest.is_shutting_down());
        assert_eq!(nest.tree().to_string(), "Nest");
    });
}

/// ST-10
#[test]
fn children_start_in_the_order_in_which_they_are_written() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let names = ["ch7", "ch3", "ch10", "ch2", "ch5"];
        let tree = names
            .iter()
            .fold(Supervisor::one_for_one("root"), |tree, name| tree.child(Bird::new(name, &log).child()));
        let root = nest.supervise(tree).await.unwrap();
        assert_eq!(log.read(), names.map(|name| format!("+{name}")));
        assert_eq!(root.children().iter().map(|child| &*child.id).collect::<Vec<_>>(), names);
        root.shutdown().await;
        assert_eq!(log.read()[5..], ["-ch5", "-ch2", "-ch10", "-ch3", "-ch7"], "SD-01");
    });
}

/// ST-11
#[tokio::test(start_paused = true)]
async fn a_child_that_is_not_wanted_is_idle_and_can_be_started_later() {
    let (nest, log) = (nest().await, Log::default());
    let wanted = Arc::new(AtomicBool::new(false));
    let child = |name, restart| {
        let (wanted, bird) = (wanted.clone(), Bird::new(name, &log));
        Child::new(name, move |_| wanted.load(SeqCst).then(|| bird.clone())).restart(restart)
    };
    let tree = Supervisor::one_for_one("root")
        .child(child("a", Restart::Permanent))
        .child(child("b", Restart::Transient))
        .child(child("c", Restart::Temporary));
    let root = nest.supervise(tree).await.unwrap();
    assert_eq!(states(&root), ["a idle", "b idle"]);
    assert!(root.actor::<Bird>("a").is_none());
    assert_eq!(root.restart("a").await, Err(ControlError::NotWanted("a".into())));
    wanted.store(true, SeqCst);
    root.restart("a").await.unwrap();
    assert_eq!(states(&root), ["a running", "b idle"]);
    assert_eq!(nest.ask(&root.actor::<Bird>("a").unwrap(), Double(1)).await, Ok(2));
}

/// RT-14
#[tokio::test(start_paused = true)]
async fn a_child_that_is_not_wanted_any_more_is_idle() {
    let (nest, log) = (nest().await, Log::default());
    let wanted = Arc::new(AtomicBool::new(true));
    let (asked, bird) = (wanted.clone(), Bird::new("a", &log));
    let child = Child::new("a", move |_| asked.load(SeqCst).then(|| bird.clone()));
    let root = nest.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    wanted.store(false, SeqCst);
    nest.ask(&bird, Panic).await.unwrap_err();
    settle().await;
    assert_eq!(states(&root), ["a idle"]);
    assert!(!bird.is_alive());
    root.start(Bird::new("b", &log).child()).await.unwrap();
    assert_eq!(states(&root), ["a idle", "b running"]);
}

/// ST-12
#[tokio::test(start_paused = true)]
async fn a_spec_that_makes_no_sense_is_a_typed_error_and_nothing_starts() {
    let (nest, log) = (nest().await, Log::default());
    let supervisor: Arc<str> = "root".into();
    let second = Duration::from_secs(1);
    let bird = || Bird::new("a", &log).child();
    let tree = || Supervisor::one_for_one("root").child(bird());
    for (tree, expected) in [
        (tree().child(bird()), SpecError::DuplicateId { supervisor: supervisor.clone(), id: "a".into() }),
        (
            tree().restarts(1, Duration::ZERO),
            SpecError::Intensity { supervisor: supervisor.clone(), source: IntensityError::ZeroPeriod },
        ),
        (
            tree().restarts(u32::MAX, second),
            SpecError::Intensity {
                supervisor: supervisor.clone(),
                source: IntensityError::TooMany(u32::MAX),
            },
        ),
        (tree().child(Bird::new("", &log).child()), SpecError::EmptyId { supervisor: supervisor.clone() }),
        (Supervisor::one_for_one("").child(bird()), SpecError::EmptyId { supervisor: "".into() }),
        (
            Supervisor::one_for_one("root").child(bird().significant()),
            SpecError::PermanentSignificant { supervisor: supervisor.clone(), id: "a".into() },
        ),
        (
            tree().supervisor(Supervisor::one_for_one("x").child(bird().start_timeout(Duration::ZERO))),
            SpecError::ZeroStartTimeout { supervisor: "x".into(), id: "a".into() },
        ),
    ] {
        assert_eq!(nest.supervise(tree).await.unwrap_err(), SuperviseError::Spec(expected));
    }
    assert!(Intensity::new(Intensity::MOST, second).is_ok());
    assert!(log.read().is_empty() && nest.actors().is_empty());
}

/// A name that belongs to somebody else: RG-07.
#[tokio::test(start_paused = true)]
async fn a_child_whose_name_is_taken_does_not_start() {
    let (nest, log) = (nest().await, Log::default());
    let holder = nest.spawn(Worm).named("x").await.unwrap();
    let tree = Supervisor::one_for_one("root").child(Bird::new("a", &log).child().named("x"));
    let error = nest.supervise(tree).await.unwrap_err();
    let SuperviseError::Child { cause: SpawnError::NameTaken { holder: id, .. }, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(id, holder.id());
    assert!(log.read().is_empty());
}

/// RT-01: twelve cells. A supervisor that ends in good order stands for `Shutdown`.
#[tokio::test(start_paused = true)]
async fn who_is_started_again_depends_on_the_restart_type_and_on_the_end() {
    for (restart, end, expected) in [
        (Restart::Permanent, "normal", Some("running")),
        (Restart::Permanent, "shutdown", Some("running")),
        (Restart::Permanent, "failed", Some("running")),
        (Restart::Permanent, "panicked", Some("running")),
        (Restart::Transient, "normal", Some("finished")),
        (Restart::Transient, "shutdown", Some("finished")),
        (Restart::Transient, "failed", Some("running")),
        (Restart::Transient, "panicked", Some("running")),
        (Restart::Temporary, "normal", None),
        (Restart::Temporary, "shutdown", None),
        (Restart::Temporary, "failed", None),
        (Restart::Temporary, "panicked", None),
    ] {
        let (nest, log) = (nest().await, Log::default());
        let tree = Supervisor::one_for_one("root");
        let tree = if end == "shutdown" {
            tree.supervisor(
                Supervisor::one_for_one("a")
                    .restart(restart)
                    .auto_shutdown(airssys_rt::supervisor::AutoShutdown::AnySignificant)
                    .child(Bird::new("b", &log).child().transient().significant()),
            )
        } else {
            tree.child(Bird::new("a", &log).child().restart(restart))
        };
        let root = nest.supervise(tree).await.unwrap();
        match end {
            "normal" => {
                nest.tell(&root.actor::<Bird>("a").unwrap(), Quit).await.unwrap();
            }
            "failed" => drop(nest.ask(&root.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err()),
            "panicked" => drop(nest.ask(&root.actor::<Bird>("a").unwrap(), Panic).await.unwrap_err()),
            _ => {
                let below = root.supervisor("a").unwrap();
                nest.tell(&below.actor::<Bird>("b").unwrap(), Quit).await.unwrap();
            }
        }
        settle().await;
        let expected: Vec<_> = expected.iter().map(|state| format!("a {state}")).collect();
        assert_eq!(states(&root), expected, "{restart:?} {end}");
        let starts = log.read().iter().filter(|entry| entry.starts_with('+')).count();
        assert_eq!(starts, 1 + usize::from(expected == ["a running"]), "{restart:?} {end}");
    }
}

/// RT-10
#[tokio::test(start_paused = true)]
async fn a_kill_is_no_normal_end() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Bird::new("a", &log).child().transient());
    let root = nest.supervise(tree).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    assert_eq!(nest.kill(&bird).await.reason(), &ExitReason::Killed);
    assert_eq!(nest.ask(&bird, Double(1)).await, Ok(2));
    assert_eq!(log.read(), ["+a", "-a", "+a"]);
    assert_eq!(nest.stop(&bird).await.reason(), &ExitReason::Stopped);
    settle().await;
    assert_eq!(states(&root), ["a finished"]);
}

/// A kill gives up the message that is being handled, and only that: the others are for the next incarnation.
#[tokio::test(start_paused = true)]
async fn what_waits_for_a_child_that_is_killed_is_kept() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Bird::new("a", &log).child());
    let root = nest.supervise(tree).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    let (hold, held, _release) = Hold::new();
    nest.tell(&bird, hold).await.unwrap();
    held.await.unwrap();
    nest.tell(&bird, Note(1)).await.unwrap();
    nest.kill(&bird).await;
    nest.quiet().await;
    assert_eq!(log.read(), ["+a", "-a", "+a", "a1"]);
    let counters = nest.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead, counters.queued), (2, 1, 1, 0));
}

/// RT-11
#[tokio::test(start_paused = true)]
async fn who_is_stopped_by_its_supervisor_stays_stopped_and_costs_nothing() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root")
        .restarts(1, Duration::from_secs(60))
        .child(Bird::new("a", &log).child())
        .child(Bird::new("b", &log).child().transient())
        .child(Bird::new("c", &log).child().temporary());
    let root = nest.supervise(tree).await.unwrap();
    for id in ["a", "b", "c"] {
        root.stop(id).await.unwrap();
    }
    assert_eq!(states(&root), ["a stopped", "b stopped"]);
    root.restart("a").await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    nest.ask(&bird, Fail).await.unwrap_err();
    assert_eq!(nest.ask(&bird, Double(1)).await, Ok(2), "the one restart was still there");
}

/// RT-13: what a temporary child was made from is gone as soon as it runs.
#[tokio::test(start_paused = true)]
async fn a_temporary_child_retains_no_arguments() {
    let (nest, log) = (nest().await, Log::default());
    for (restart, kept) in [(Restart::Temporary, 0), (Restart::Permanent, 100)] {
        let crowd = nest.supervise_dynamic(DynamicSupervisor::<Bird>::new("crowd")).await.unwrap();
        let arguments = Arc::new(vec![0_u8; 1 << 20]);
        for n in 0..100 {
            let (arguments, log) = (arguments.clone(), log.clone());
            let make = move |_: &_| (arguments.len() == 1 << 20).then(|| Bird::new("a", &log));
            crowd.start_child(Child::new(format!("{n}"), make).restart(restart)).await.unwrap();
        }
        assert_eq!((crowd.children().len(), Arc::strong_count(&arguments)), (100, 1 + kept));
        crowd.shutdown().await;
    }
}

async fn fails_at(nest: &ActorSystem<Nest>, root: &SupervisorRef<Nest>, times: &[u64]) -> bool {
    let begin = Instant::now();
    for time in times {
        sleep((begin + Duration::from_millis(*time)).saturating_duration_since(Instant::now())).await;
        nest.ask(&root.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
    }
    root.has_ended()
}

async fn with_budget(log: &Log, max: u32, period: Duration) -> (ActorSystem<Nest>, SupervisorRef<Nest>) {
    let nest = nest().await;
    let tree = Supervisor::one_for_one("root").restarts(max, period).isolated();
    let tree = tree.child(Bird::new("a", log).child()).child(Bird::new("b", log).child());
    let root = nest.supervise(tree).await.unwrap();
    (nest, root)
}

/// L4, RI-01
#[tokio::test(start_paused = true)]
async fn one_failure_more_than_granted_is_the_end_of_the_supervisor() {
    let log = Log::default();
    let (nest, root) = with_budget(&log, 3, Duration::from_secs(10)).await;
    let mut lives = nest.lives(100);
    assert!(fails_at(&nest, &root, &[0, 1000, 2000, 3000]).await);
    assert_eq!(log.read()[2..], ["-a", "+a", "-a", "+a", "-a", "+a", "-a", "-b"]);
    let mut escalated = Vec::new();
    while let Ok(airssys_rt::broker::Received::Item(event)) = lives.try_recv() {
        if let airssys_rt::actor::LifeStep::Escalated(fault) = event.step {
            escalated.extend(chain(&fault));
        }
    }
    let text = "supervisor `root` gave up: child `a` failed, and 3 restarts within 10s were used up";
    assert_eq!(escalated, [text, "the disk is full"]);
}

/// RI-02
#[tokio::test(start_paused = true)]
async fn a_restart_counts_for_exactly_the_period() {
    let log = Log::default();
    let (nest, root) = with_budget(&log, 3, Duration::from_secs(10)).await;
    assert!(fails_at(&nest, &root, &[0, 1000, 2000, 10_000]).await);
    let (nest, root) = with_budget(&log, 3, Duration::from_secs(10)).await;
    assert!(!fails_at(&nest, &root, &[0, 1000, 2000, 10_001]).await);
}

/// RI-04
#[tokio::test(start_paused = true)]
async fn who_fails_seldom_is_restarted_for_ever() {
    let log = Log::default();
    let (nest, root) = with_budget(&log, 1, Duration::from_secs(1)).await;
    let times: Vec<_> = (0..1000).map(|n| n * 2100).collect();
    assert!(!fails_at(&nest, &root, &times).await);
    assert_eq!(root.children()[0].restarts, 1000);
}

/// RI-05, LC-04
#[tokio::test(start_paused = true)]
async fn a_restart_that_fails_uses_up_one_more() {
    let (nest, log) = (nest().await, Log::default());
    let bird = Bird::new("a", &log).starting([Hook::Works, Hook::Fails, Hook::Panics, Hook::Fails]);
    let tree = Supervisor::one_for_one("root").restarts(3, Duration::from_secs(10)).isolated();
    let root = nest.supervise(tree.child(bird.child())).await.unwrap();
    nest.ask(&root.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err();
    root.ended().await;
    assert_eq!(log.read(), ["+a", "-a", "?a", "?a", "?a"]);
}

/// RI-07
#[tokio::test(start_paused = true)]
async fn a_period_without_end_overflows_nothing() {
    let log = Log::default();
    let (nest, root) = with_budget(&log, 2, Duration::MAX).await;
    assert!(fails_at(&nest, &root, &[0, 1_000_000, 1_000_000_000]).await);
}

/// ES-02
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_is_restarted_begins_with_what_is_written_in_its_spec() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root").supervisor(
        Supervisor::one_for_one("mid")
            .restarts(0, Duration::from_secs(1))
            .child(Bird::new("a", &log).child())
            .dynamic(DynamicSupervisor::<Bird>::new("crowd")),
    );
    let root = nest.supervise(tree).await.unwrap();
    let mid = root.supervisor("mid").unwrap();
    mid.start(Bird::new("by hand", &log).child()).await.unwrap();
    let one = Bird::new("one", &log);
    mid.dynamic::<Bird>("crowd").unwrap().start(move || one.clone()).await.unwrap();
    assert!(mid.dynamic::<Worm>("crowd").is_none(), "it has another kind of children");
    assert_eq!(states(&mid), ["a running", "crowd running", "by hand running"]);
    nest.ask(&mid.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&mid), ["a running", "crowd running"]);
    assert!(mid.dynamic::<Bird>("crowd").unwrap().children().is_empty());
    assert_eq!(states(&root), ["mid running"]);
    assert_eq!(root.children()[0].restarts, 1);
    assert_eq!(log.read()[3..], ["-a", "-by hand", "-one", "+a"]);
}

/// ES-03
#[tokio::test(start_paused = true)]
async fn when_the_root_gives_up_the_system_stops_and_says_why() {
    let (nest, log) = (nest().await, Log::default());
    let other = nest.spawn(Bird::new("other", &log)).await.unwrap();
    let second = Duration::from_secs(1);
    let tree = Supervisor::one_for_one("root")
        .restarts(1, second)
        .supervisor(Supervisor::one_for_one("mid").restarts(1, second).child(Bird::new("a", &log).child()));
    let root = nest.supervise(tree).await.unwrap();
    let run = tokio::spawn({
        let nest = nest.clone();
        async move { nest.run().await }
    });
    for _ in 0..4 {
        let bird = root.supervisor("mid").unwrap().actor::<Bird>("a").unwrap();
        nest.ask(&bird, Fail).await.unwrap_err();
        settle().await;
    }
    let error = run.await.unwrap().unwrap_err();
    let texts = [
        "the system failed and was stopped",
        "supervisor `root` gave up: child `mid` failed, and 1 restarts within 1s were used up",
        "supervisor `mid` gave up: child `a` failed, and 1 restarts within 1s were used up",
        "the disk is full",
    ];
    assert_eq!(chain(&error), texts);
    assert_eq!(nest.shutdown().await.unwrap_err(), error);
    assert!(!other.is_alive());
    assert_eq!(log.read().last().unwrap(), "-other");
}

/// `Escalate` leaves nothing to try: the supervisor gives up at once.
#[tokio::test(start_paused = true)]
async fn a_child_that_escalates_is_not_restarted() {
    let (nest, log) = (nest().await, Log::default());
    let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Escalate);
    let tree = Supervisor::one_for_one("root").restarts(9, Duration::from_secs(1)).child(bird.child());
    let root = nest.supervise(tree).await.unwrap();
    nest.ask(&root.actor::<Bird>("a").unwrap(), Panic).await.unwrap_err();
    let error = nest.run().await.unwrap_err();
    assert_eq!(
        chain(&error)[1..],
        ["supervisor `root` gave up: child `a` failed and wanted no restart", "out of ink"]
    );
    assert_eq!(log.read(), ["+a", "-a"]);
}

/// BO-01, BO-03 with a supervisor: the delays grow, and a healthy time begins anew.
#[tokio::test(start_paused = true)]
async fn the_delays_of_a_backoff_grow_until_a_child_was_healthy() {
    let (nest, log) = (nest().await, Log::default());
    let millis = Duration::from_millis;
    let backoff = Backoff::exponential(millis(100), millis(1000)).unwrap().with_reset_after(millis(5000));
    let tree = Supervisor::one_for_one("root").restarts(100, Duration::from_secs(1));
    let root = nest.supervise(tree.child(Bird::new("a", &log).child().backoff(backoff))).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    for (healthy, delay) in [(0, 100), (0, 200), (0, 400), (0, 800), (0, 1000), (4999, 1000), (5000, 100)] {
        sleep(millis(healthy)).await;
        nest.ask(&bird, Fail).await.unwrap_err();
        let begin = Instant::now();
        assert_eq!(nest.ask(&bird, Double(1)).await, Ok(2), "it waited in the mailbox");
        assert_eq!(begin.elapsed(), millis(delay));
    }
}
