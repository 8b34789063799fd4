//! Commands to a supervisor (start, stop, restart, delete a child), and the information that it gives.

use airssys_rt::{
    prelude::*,
    supervisor::{ControlError, DynamicSupervisor},
};
use airssys_rt_tests::{
    Deadline, Double, Fail, Log, Quit,
    worker::{Worker, states, system},
};
use std::time::{Duration, Instant};

/// AD-01
#[tokio::test(start_paused = true)]
async fn a_running_child_cannot_be_started_restarted_or_deleted() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let again = root.start(Worker::new("a", &log).child()).await;
    assert_eq!(again.unwrap_err(), ControlError::AlreadyStarted("a".into()));
    assert_eq!(root.restart("a").await, Err(ControlError::Running("a".into())));
    assert_eq!(root.delete("a").await, Err(ControlError::Running("a".into())));
    assert_eq!(log.read(), ["+a"]);
}

/// AD-02
#[tokio::test(start_paused = true)]
async fn a_stopped_child_can_be_restarted_or_deleted_and_not_started() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let first = root.actor::<Worker>("a").unwrap();
    root.stop("a").await.unwrap();
    assert!(!first.is_alive() && root.actor::<Worker>("a").is_none());
    let again = root.start(Worker::new("a", &log).child()).await;
    assert_eq!(again.unwrap_err(), ControlError::AlreadyPresent("a".into()));
    root.restart("a").await.unwrap();
    assert_ne!(root.actor::<Worker>("a").unwrap(), first, "the stopped actor has ended for good");
    root.stop("a").await.unwrap();
    root.delete("a").await.unwrap();
    assert!(root.children().is_empty());
    root.start(Worker::new("a", &log).child()).await.unwrap();
    assert_eq!(log.read(), ["+a", "-a", "+a", "-a", "+a"]);
}

/// AD-03
#[tokio::test(start_paused = true)]
async fn an_unknown_child_is_not_found_and_a_second_stop_has_no_effect() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let unknown = || Err(ControlError::NotFound("x".into()));
    assert_eq!(root.stop("x").await, unknown());
    assert_eq!(root.restart("x").await, unknown());
    assert_eq!(root.delete("x").await, unknown());
    root.stop("a").await.unwrap();
    root.stop("a").await.unwrap();
    assert_eq!(log.read(), ["+a", "-a"]);
    root.shutdown().await;
    assert_eq!(root.stop("a").await, Err(ControlError::ShuttingDown));
}

/// A start that fails changes nothing: the child is not added, and its id and name are free.
#[tokio::test(start_paused = true)]
async fn a_failed_start_by_hand_is_an_error_and_can_be_repeated() {
    let (system, log) = (system().await, Log::default());
    let root = system.supervise(Supervisor::one_for_one("root")).await.unwrap();
    let worker = Worker::new("a", &log).starting([airssys_rt_tests::Hook::Fails; 2]);
    let error = root.start(worker.child().named("x")).await.unwrap_err();
    assert!(matches!(error, ControlError::Start { cause: SpawnError::Failed { .. }, .. }), "{error}");
    let panics = Child::new("a", |_| -> Worker { panic!("no worker") }).named("x");
    let error = root.start(panics).await.unwrap_err();
    let ControlError::Start { cause, .. } = &error else { panic!("{error}") };
    assert_eq!(cause.to_string(), "the factory of `Worker` panicked");
    assert!(root.children().is_empty());
    assert_eq!(root.restart("a").await, Err(ControlError::NotFound("a".into())));
    let crowd = system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
    crowd.start_child(worker.child().named("x")).await.unwrap_err();
    root.start(worker.child().named("x")).await.unwrap();
    assert_eq!(states(&root), ["a running"]);
    let same = root.actor::<Worker>("a").unwrap();
    assert_eq!(system.ask(&same, Double(1)).await, Ok(2));
}

/// AD-05: the time to process the ends of many children grows with their number, not with its square.
#[test]
fn many_ends_at_once_are_processed_in_linear_time() {
    let time = |count: usize| {
        airssys_rt_tests::paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let crowd = system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
            let mut workers = Vec::new();
            for n in 0..count {
                let worker = Worker::new("a", &log);
                let child = Child::new(format!("{n}"), move |_| worker.clone()).temporary();
                workers.push(crowd.start_child(child).await.unwrap());
            }
            let begin = Instant::now();
            for worker in &workers {
                system.try_tell(worker, Quit).unwrap();
            }
            for worker in &workers {
                system.watch(worker).await;
            }
            let deadline = Deadline::new("the supervisor has no children");
            while !crowd.children().is_empty() {
                deadline.check();
                tokio::task::yield_now().await;
            }
            begin.elapsed()
        })
    };
    time(500);
    // The best of several alternating rounds: other work on the machine disturbs single rounds.
    let rounds = (0..5).map(|_| (time(500), time(5000)));
    let (few, many) = rounds.reduce(|best, round| (best.0.min(round.0), best.1.min(round.1))).unwrap();
    // Ten times as long is expected; with the square it would be a hundred times.
    assert!(many <= few * 50, "{few:?} for 500, {many:?} for 5,000");
}

/// A dynamic supervisor addresses its children by their actor references.
#[tokio::test(start_paused = true)]
async fn a_dynamic_supervisor_starts_and_stops_children_by_their_addresses() {
    let (system, log) = (system().await, Log::default());
    let crowd = system
        .supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd").restarts(9, Duration::from_secs(1)));
    let crowd = crowd.await.unwrap();
    let make = |name| {
        let worker = Worker::new(name, &log);
        move || worker.clone()
    };
    let (a, b) = (crowd.start(make("a")).await.unwrap(), crowd.start(make("b")).await.unwrap());
    system.ask(&a, Fail).await.unwrap_err();
    assert_eq!(system.ask(&a, Double(1)).await, Ok(2), "the same address");
    crowd.stop(&b).await.unwrap();
    assert!(!b.is_alive());
    assert!(matches!(crowd.stop(&b).await, Err(ControlError::NotFound(_))));
    assert_eq!(crowd.children().len(), 1);
    assert_eq!(log.read(), ["+a", "+b", "-a", "+a", "-b"]);
}

/// RG-02 under a supervisor: a stopped child frees its name, and a restart claims it again.
#[test]
fn a_stopped_child_frees_its_name() {
    airssys_rt_tests::on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child().named("alice"));
        let root = system.supervise(tree).await.unwrap();
        for _ in 0..50 {
            root.stop("a").await.unwrap();
            let other = system.spawn(Worker::new("x", &log)).named("alice").await.unwrap();
            system.stop(&other).await;
            root.restart("a").await.unwrap();
            assert_eq!(system.named::<Worker>("alice"), root.actor("a"));
        }
        root.shutdown().await;
        system.spawn(Worker::new("x", &log)).named("alice").await.unwrap();
    });
}

/// L6: a child that is started under a supervisor is restarted by it, and stopped with it.
#[tokio::test(start_paused = true)]
async fn a_child_that_is_started_by_hand_belongs_to_its_supervisor() {
    let (system, log) = (system().await, Log::default());
    let root =
        system.supervise(Supervisor::one_for_one("root").restarts(9, Duration::from_secs(1))).await.unwrap();
    let worker = root.start(Worker::new("a", &log).child()).await.unwrap();
    system.ask(&worker, Fail).await.unwrap_err();
    assert_eq!(system.ask(&worker, Double(1)).await, Ok(2), "its address is still valid");
    root.shutdown().await;
    assert_eq!(log.read(), ["+a", "-a", "+a", "-a"]);
    assert!(!worker.is_alive());
}
