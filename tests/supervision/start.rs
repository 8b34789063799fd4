//! The start of a supervisor: children start in order, and a child that fails to start stops the earlier ones.

use crate::chain;
use airssys_rt::{
    prelude::*,
    supervisor::{ControlError, Intensity, IntensityError, Restart, SpecError, SuperviseError},
};
use airssys_rt_tests::{
    Double, Hook, Log, Panic, on_every_runtime, settle,
    worker::{OtherWorker, Worker, states, system},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

/// ST-09
#[test]
fn when_a_child_fails_to_start_earlier_children_are_stopped_and_later_ones_never_start() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let mut tree = Supervisor::one_for_one("root");
        for name in ["1", "2", "3", "4", "5"] {
            let start = if name == "3" { Hook::Fails } else { Hook::Works };
            tree = tree.child(Worker::new(name, &log).starting([start]).child().named(name));
        }
        let error = system.supervise(tree).await.unwrap_err();
        let texts = [
            "supervisor `root` did not start: its child `3` did not",
            "`pre_start` of `Worker` failed",
            "the disk is full",
        ];
        assert_eq!(chain(&error), texts);
        assert_eq!(log.read(), ["+1", "+2", "?3", "-2", "-1"]);
        assert!(system.actors().is_empty());
        assert!(!system.is_shutting_down());
        assert_eq!(system.tree().to_string(), "TestSystem");
    });
}

/// ST-10
#[test]
fn children_start_in_the_order_of_the_spec() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let names = ["ch7", "ch3", "ch10", "ch2", "ch5"];
        let tree = names
            .iter()
            .fold(Supervisor::one_for_one("root"), |tree, name| tree.child(Worker::new(name, &log).child()));
        let root = system.supervise(tree).await.unwrap();
        assert_eq!(log.read(), names.map(|name| format!("+{name}")));
        assert_eq!(root.children().iter().map(|child| &*child.id).collect::<Vec<_>>(), names);
        root.shutdown().await;
        assert_eq!(log.read()[5..], ["-ch5", "-ch2", "-ch10", "-ch3", "-ch7"], "SD-01");
    });
}

/// ST-11
#[tokio::test(start_paused = true)]
async fn a_child_without_a_state_is_idle_and_can_be_started_later() {
    let (system, log) = (system().await, Log::default());
    let wanted = Arc::new(AtomicBool::new(false));
    let child = |name, restart| {
        let (wanted, worker) = (wanted.clone(), Worker::new(name, &log));
        Child::new(name, move |_| wanted.load(SeqCst).then(|| worker.clone())).restart(restart)
    };
    let tree = Supervisor::one_for_one("root")
        .child(child("a", Restart::Permanent))
        .child(child("b", Restart::Transient))
        .child(child("c", Restart::Temporary));
    let root = system.supervise(tree).await.unwrap();
    assert_eq!(states(&root), ["a idle", "b idle"]);
    assert!(root.actor::<Worker>("a").is_none());
    assert_eq!(root.restart("a").await, Err(ControlError::NotWanted("a".into())));
    wanted.store(true, SeqCst);
    root.restart("a").await.unwrap();
    assert_eq!(states(&root), ["a running", "b idle"]);
    assert_eq!(system.ask(&root.actor::<Worker>("a").unwrap(), Double(1)).await, Ok(2));
}

/// RT-14
#[tokio::test(start_paused = true)]
async fn a_child_whose_factory_stops_making_states_is_idle() {
    let (system, log) = (system().await, Log::default());
    let wanted = Arc::new(AtomicBool::new(true));
    let (asked, worker) = (wanted.clone(), Worker::new("a", &log));
    let child = Child::new("a", move |_| asked.load(SeqCst).then(|| worker.clone()));
    let root = system.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    wanted.store(false, SeqCst);
    system.ask(&worker, Panic).await.unwrap_err();
    settle().await;
    assert_eq!(states(&root), ["a idle"]);
    assert!(!worker.is_alive());
    root.start(Worker::new("b", &log).child()).await.unwrap();
    assert_eq!(states(&root), ["a idle", "b running"]);
}

/// ST-12
#[tokio::test(start_paused = true)]
async fn an_invalid_spec_is_a_typed_error_and_nothing_starts() {
    let (system, log) = (system().await, Log::default());
    let supervisor: Arc<str> = "root".into();
    let second = Duration::from_secs(1);
    let worker = || Worker::new("a", &log).child();
    let tree = || Supervisor::one_for_one("root").child(worker());
    for (tree, expected) in [
        (tree().child(worker()), SpecError::DuplicateId { supervisor: supervisor.clone(), id: "a".into() }),
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
        (tree().child(Worker::new("", &log).child()), SpecError::EmptyId { supervisor: supervisor.clone() }),
        (Supervisor::one_for_one("").child(worker()), SpecError::EmptyId { supervisor: "".into() }),
        (
            Supervisor::one_for_one("root").child(worker().significant()),
            SpecError::PermanentSignificant { supervisor: supervisor.clone(), id: "a".into() },
        ),
        (
            tree().supervisor(Supervisor::one_for_one("x").child(worker().start_timeout(Duration::ZERO))),
            SpecError::ZeroStartTimeout { supervisor: "x".into(), id: "a".into() },
        ),
    ] {
        assert_eq!(system.supervise(tree).await.unwrap_err(), SuperviseError::Spec(expected));
    }
    assert!(Intensity::new(Intensity::MOST, second).is_ok());
    assert!(log.read().is_empty() && system.actors().is_empty());
}

/// RG-07: the name belongs to another actor.
#[tokio::test(start_paused = true)]
async fn a_child_whose_name_is_taken_does_not_start() {
    let (system, log) = (system().await, Log::default());
    let holder = system.spawn(OtherWorker).named("x").await.unwrap();
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child().named("x"));
    let error = system.supervise(tree).await.unwrap_err();
    let SuperviseError::Child { cause: SpawnError::NameTaken { holder: id, .. }, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(id, holder.id());
    assert!(log.read().is_empty());
}
