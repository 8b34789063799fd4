//! The tree of supervisors and actors of a system, and the lifecycle events of actors and supervisors.

use airssys_rt::{
    actor::{LifecycleStep, OnRestart},
    backoff::Backoff,
    broker::Received,
    prelude::*,
    supervisor::{ChildState, DynamicSupervisor},
};
use airssys_rt_tests::{
    Double, Fail, Hook, Log, Note, Quit, on_every_runtime, settle,
    worker::{OtherWorker, Worker, system},
};
use std::time::Duration;

/// The events, one line each.
fn lines(lives: &mut airssys_rt::broker::TapStream<airssys_rt::actor::LifecycleEvent>) -> Vec<String> {
    let mut lines = Vec::new();
    while let Ok(Received::Item(event)) = lives.try_recv() {
        lines.push(event.to_string());
    }
    lines
}

/// G10, L3: parents, children and their states, as a tree.
#[tokio::test(start_paused = true)]
async fn a_system_draws_its_tree() {
    let (system, log) = (system().await, Log::default());
    system.spawn(OtherWorker).named("loner").await.unwrap();
    let backoff = Backoff::exponential(Duration::from_secs(8), Duration::from_secs(60)).unwrap();
    let tree = Supervisor::rest_for_one("root")
        .restarts(9, Duration::from_secs(60))
        .child(Worker::new("a", &log).child().named("alice"))
        .supervisor(
            Supervisor::one_for_all("below")
                .child(Worker::new("b", &log).child())
                .dynamic(DynamicSupervisor::<OtherWorker>::new("worms")),
        )
        .child(Worker::new("c", &log).child().backoff(backoff))
        .child(Child::new("d", |_| None::<OtherWorker>));
    let root = system.supervise(tree).await.unwrap();
    let worms = root.supervisor("below").unwrap().dynamic::<OtherWorker>("worms").unwrap();
    worms.start(OtherWorker::default).await.unwrap();
    system.ask(&root.supervisor("below").unwrap().actor::<Worker>("b").unwrap(), Double(1)).await.unwrap();
    let c = root.actor::<Worker>("c").unwrap();
    system.ask(&c, Fail).await.unwrap_err();
    settle().await;
    system.tell(&c, Note(1)).await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let drawn = "\
TestSystem
├── OtherWorker 1.0.1 \"loner\" running, 0 done, up 3.0s
└── root (rest for one)
    ├── a: Worker 0.0.1 \"alice\" running, 0 done, up 3.0s
    ├── below (one for all) running
    │   ├── b: Worker 0.1.1 running, 1 done, up 3.0s
    │   └── worms (one for one) running
    │       └── #1: OtherWorker 1.1.2 running, 0 done, up 3.0s
    ├── c: Worker 0.2.1 restarting in 5.0s, attempt 1, 1 done, 1 queued, up 3.0s
    └── d idle";
    assert_eq!(system.tree().to_string(), drawn);
    tokio::time::sleep(Duration::from_secs(5)).await;
    settle().await;
    let tree = system.tree();
    let node = &tree.roots[1].children[2];
    let info = node.actor.as_ref().unwrap();
    assert_eq!((node.state, node.restarts), (Some(ChildState::Running), 1));
    assert_eq!((info.incarnation, info.done, info.queue_depth, info.id), (2, 2, 0, c.id()));
    assert!(node.to_string().contains(", incarnation 2,"), "{node}");
    system.shutdown().await.unwrap();
    assert_eq!(system.tree().to_string(), "TestSystem");
}

/// M2, ST-01, L7: starts, failures, restarts and ends, while no message takes the full path.
#[tokio::test(start_paused = true)]
async fn the_life_events_of_actors_and_supervisors_can_be_observed() {
    let (system, log) = (system().await, Log::default());
    let mut lives = system.lifecycle_events(100);
    let alone =
        Worker::new("x", &log).when_it_fails(ErrorAction::Restart).spawn(&system, OnRestart::Keep).await;
    system.ask(&alone, Fail).await.unwrap_err();
    system.tell(&alone, Quit).await.unwrap();
    system.watch(&alone).await;
    let id = alone.id();
    assert_eq!(
        lines(&mut lives),
        [
            format!("Worker {id} (x): started"),
            format!("Worker {id} (x): failed: the disk is full"),
            format!("Worker {id} (x): failed: the disk is full"),
            format!("Worker {id} (x): restarted, incarnation 2"),
            format!("Worker {id} (x): stopped"),
        ]
    );
    let worker = Worker::new("a", &log).starting([Hook::Works, Hook::Panics]).child();
    let tree = Supervisor::one_for_one("root").restarts(2, Duration::from_secs(9)).isolated().child(worker);
    let root = system.supervise(tree).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    system.ask(&worker, Fail).await.unwrap_err();
    settle().await;
    system.ask(&worker, Fail).await.unwrap_err();
    root.ended().await;
    let id = worker.id();
    let of_a = |text: &str| format!("Worker {id}: {text}");
    let known = |text: &str| format!("Worker {id} (a): {text}");
    let gave_up = "supervisor `root` gave up: child `a` failed, and 2 restarts within 9s were used up";
    assert_eq!(
        lines(&mut lives),
        [
            "supervisor (root): started".to_owned(),
            of_a("started"),
            of_a("failed: the disk is full"),
            of_a("failed: the disk is full"),
            known("restarting at once, attempt 1"),
            known("did not start: out of ink"),
            known("restarting at once, attempt 2"),
            of_a("restarted, incarnation 2"),
            of_a("failed: the disk is full"),
            of_a("failed: the disk is full"),
            format!("supervisor (root): gave up: {gave_up}"),
            format!("supervisor (root): failed: {gave_up}"),
        ]
    );
}

/// L7: the stream ends with the system, after its last event.
#[test]
fn the_stream_of_lifecycle_events_ends_with_the_system() {
    on_every_runtime(|| async {
        for shuts_down in [true, false] {
            let (system, log) = (system().await, Log::default());
            let mut lives = system.lifecycle_events(10);
            let worker = system.spawn(Worker::new("a", &log)).await.unwrap();
            if shuts_down {
                system.shutdown().await.unwrap();
                assert!(system.lifecycle_events(1).recv().await.is_none());
            }
            drop(system);
            let reason = if shuts_down { "shut down" } else { "killed" };
            for step in ["started", reason] {
                let Some(Received::Item(event)) = lives.recv().await else { panic!("{step}") };
                assert_eq!(event.to_string(), format!("Worker {}: {step}", worker.id()));
            }
            assert!(lives.recv().await.is_none());
        }
    });
}

/// The last event of an unsupervised actor that fails has the reason.
#[tokio::test(start_paused = true)]
async fn the_last_event_of_an_actor_has_the_reason_of_its_end() {
    let (system, log) = (system().await, Log::default());
    let mut lives = system.lifecycle_events(10);
    let worker = system.spawn(Worker::new("a", &log)).await.unwrap();
    system.ask(&worker, Fail).await.unwrap_err();
    system.watch(&worker).await;
    let mut last = None;
    while let Ok(Received::Item(event)) = lives.try_recv() {
        assert_eq!(event.id, Some(worker.id()));
        last = Some(event.step);
    }
    assert!(
        matches!(last, Some(LifecycleStep::Stopped(ExitReason::Failed(fault))) if fault.to_string() == "the disk is full")
    );
    drop(lives);
    assert!(system.lifecycle_events(1).try_recv().is_err());
}
