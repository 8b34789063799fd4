//! The stop of supervisors: children stop one after the other in reverse order, and a late child is killed and named.

use airssys_rt::{
    prelude::*,
    supervisor::{ControlError, DynamicSupervisor, Restart, Shutdown, SuperviseError},
};
use airssys_rt_tests::{
    Fail, Hold, Hook, Log, Note, Panic, Quit, settle,
    worker::{Fall, Worker, states, system, system_with},
};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// SD-01
#[tokio::test(start_paused = true)]
async fn each_child_has_fully_stopped_before_the_next_one_begins_to_stop() {
    let (system, log) = (system().await, Log::default());
    let tree = ["1", "2", "3", "4", "5"].iter().fold(Supervisor::one_for_one("root"), |tree, name| {
        tree.child(Worker::new(name, &log).stopping(Hook::IsSlow).child().shutdown(Shutdown::Infinite))
    });
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    drop(system);
    let system = system_with(config).await;
    let root = system.supervise(tree).await.unwrap();
    let begin = Instant::now();
    root.shutdown().await;
    assert_eq!(begin.elapsed(), Duration::from_secs(50), "one after the other");
    assert_eq!(log.read()[5..], ["-5", "-4", "-3", "-2", "-1"]);
}

/// SD-04
#[tokio::test(start_paused = true)]
async fn a_child_supervisor_has_no_time_limit() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let (system, log) = (system_with(config).await, Log::default());
    let mut below = Supervisor::one_for_one("below");
    for name in ["1", "2", "3"] {
        below = below.child(Worker::new(name, &log).stopping(Hook::IsSlow).child());
    }
    let tree = Supervisor::one_for_one("root").child(Worker::new("0", &log).child()).supervisor(below);
    system.supervise(tree).await.unwrap();
    let begin = Instant::now();
    let report = system.shutdown().await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(30), "longer than any one may take");
    assert_eq!((report.stopped, system.actors().len()), (4, 0));
    assert_eq!(log.read()[4..], ["-3", "-2", "-1", "-0"]);
}

/// SD-05
#[tokio::test(start_paused = true)]
async fn dropping_the_future_of_a_shutdown_does_not_cancel_it() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let (system, log) = (system_with(config).await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).stopping(Hook::IsSlow).child());
    let root = system.supervise(tree).await.unwrap();
    let limit = Duration::from_millis(100);
    assert!(tokio::time::timeout(limit, root.shutdown()).await.is_err());
    assert_eq!(states(&root), ["a stopping"]);
    root.ended().await;
    assert_eq!(log.read(), ["+a", "-a"]);
}

/// SD-06: a child that ends by itself during a shutdown is not restarted, and keeps its own reason.
#[tokio::test(start_paused = true)]
async fn children_that_end_by_themselves_during_a_shutdown_keep_their_reasons() {
    for restart in [Restart::Permanent, Restart::Transient, Restart::Temporary] {
        for end in ["stopped", "killed", "failed: the disk is full", "panicked: out of ink"] {
            let (system, log) = (system().await, Log::default());
            let slow = Worker::new("slow", &log).stopping(Hook::IsSlow).child();
            let tree = Supervisor::one_for_one("root")
                .child(Worker::new("a", &log).child().restart(restart))
                .child(slow.shutdown(Shutdown::Infinite));
            let root = system.supervise(tree).await.unwrap();
            let worker = root.actor::<Worker>("a").unwrap();
            let shutdown = tokio::spawn({
                let root = root.clone();
                async move { root.shutdown().await }
            });
            settle().await;
            let watch = system.watch(&worker);
            match end {
                "stopped" => {
                    system.tell(&worker, Quit).await.unwrap();
                }
                "killed" => drop(system.kill(&worker).await),
                "panicked: out of ink" => drop(system.ask(&worker, Panic).await.unwrap_err()),
                _ => drop(system.ask(&worker, Fail).await.unwrap_err()),
            }
            assert_eq!(watch.await.reason.to_string(), end);
            shutdown.await.unwrap();
            assert_eq!(log.read()[..3], ["+a", "+slow", "-a"], "{restart:?} {end}");
            assert!(!system.is_shutting_down());
        }
    }
}

/// SD-07
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_shuts_down_starts_no_child() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let (system, log) = (system_with(config).await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).stopping(Hook::IsSlow).child());
    let root = system.supervise(tree).await.unwrap();
    root.actor::<Worker>("a").unwrap();
    let shutdown = tokio::spawn({
        let root = root.clone();
        async move { root.shutdown().await }
    });
    settle().await;
    let late = root.start(Worker::new("b", &log).child()).await;
    assert_eq!(late.unwrap_err(), ControlError::ShuttingDown);
    shutdown.await.unwrap();
    let late = root.start(Worker::new("b", &log).child()).await;
    assert_eq!(late.unwrap_err(), ControlError::ShuttingDown);
    system.shutdown().await.unwrap();
    let late = system.supervise(Supervisor::one_for_one("late").child(Worker::new("b", &log).child())).await;
    assert_eq!(late.unwrap_err(), SuperviseError::ShuttingDown);
    assert_eq!(log.read(), ["+a", "-a"]);
}

/// SD-07: a supervisor that would restart while the system shuts down stays down, and the shutdown does not fail because of it.
#[tokio::test(start_paused = true)]
async fn a_supervisor_does_not_restart_while_the_system_shuts_down() {
    let (system, log) = (system().await, Log::default());
    let below = Supervisor::one_for_one("below").restarts(0, Duration::from_secs(1));
    let middle = Supervisor::one_for_one("middle")
        .restarts(0, Duration::from_secs(1))
        .supervisor(below.child(Worker::new("a", &log).child()));
    let tree = Supervisor::one_for_one("root").supervisor(middle).child(Worker::new("b", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let below = root.supervisor("middle").unwrap().supervisor("below").unwrap();
    let (a, b) = (below.actor::<Worker>("a").unwrap(), root.actor::<Worker>("b").unwrap());
    let [(first, _, let_fail), (second, held, release)] = [Hold::new(), Hold::new()];
    system.tell(&a, first).await.unwrap();
    system.tell(&a, Fall).await.unwrap();
    system.tell(&b, second).await.unwrap();
    system.tell(&b, Note(1)).await.unwrap();
    held.await.unwrap();
    let shutdown = tokio::spawn({
        let system = system.clone();
        async move { system.shutdown().await }
    });
    settle().await;
    let_fail.send(()).unwrap();
    settle().await;
    assert_eq!(states(&root), ["middle stopped", "b running"]);
    let by_hand = root.start(Worker::new("c", &log).child()).await;
    assert_eq!(by_hand.unwrap_err(), ControlError::ShuttingDown);
    release.send(()).unwrap();
    shutdown.await.unwrap().unwrap();
    assert_eq!(log.read(), ["+a", "+b", "-a", "b1", "-b"], "what was accepted is handled");
}

/// SD-08
#[tokio::test(start_paused = true)]
async fn many_callers_shut_a_supervisor_down_once() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let root = root.clone();
            tokio::spawn(async move { root.shutdown().await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    root.shutdown().await;
    assert_eq!(log.read(), ["+a", "-a"]);
}

/// SD-09
#[tokio::test(start_paused = true)]
async fn many_children_of_one_kind_stop_together() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let (system, log) = (system_with(config).await, Log::default());
    let crowd = system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
    for _ in 0..5 {
        let worker = Worker::new("a", &log).stopping(Hook::IsSlow);
        crowd.start(move || worker.clone()).await.unwrap();
    }
    let begin = Instant::now();
    crowd.shutdown().await;
    assert_eq!(begin.elapsed(), Duration::from_secs(10), "as long as one");
}

/// A child that does not stop in time is killed and named, and does not delay the other children.
#[tokio::test(start_paused = true)]
async fn a_child_that_is_late_is_killed_and_named() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root")
        .child(Worker::new("1", &log).child())
        .child(
            Worker::new("2", &log).child().named("two").shutdown(Shutdown::Timeout(Duration::from_secs(3))),
        )
        .child(Worker::new("3", &log).child().shutdown(Shutdown::Kill));
    let root = system.supervise(tree).await.unwrap();
    let mut releases = Vec::new();
    for id in ["2", "3"] {
        let (hold, held, release) = Hold::new();
        system.tell(&root.actor::<Worker>(id).unwrap(), hold).await.unwrap();
        held.await.unwrap();
        releases.push(release);
    }
    let begin = Instant::now();
    let config = system.shutdown().await.unwrap_err();
    assert_eq!(begin.elapsed(), Duration::from_secs(10 + 3), "the drain timeout, and then one stop timeout");
    assert_eq!(config.aborted.len(), 1);
    assert_eq!((config.aborted[0].name.as_deref(), config.aborted[0].stuck), (Some("two"), false));
    assert_eq!(log.read()[3..], ["-3", "-2", "-1"]);
}

/// SD-10: a handler that blocks its thread.
#[test]
fn a_child_that_blocks_its_thread_is_stuck_and_the_others_go_on() {
    let (gate, waits) = std::sync::mpsc::channel::<()>();
    airssys_rt_tests::two_threads().block_on(async {
        let limit = Duration::from_millis(50);
        let config = SystemConfig::default().with_stop_timeout(limit).with_drain_timeout(limit);
        let (system, log) = (system_with(config).await, Log::default());
        let mut lives = system.lifecycle_events(100);
        let blocked = Worker::new("2", &log).stopping(Hook::Works);
        let waits = std::sync::Mutex::new(Some(waits));
        let blocked = Child::new("2", move |_| {
            if let Some(waits) = waits.lock().unwrap().take() {
                *blocked.blocks.lock().unwrap() = Some(waits);
            }
            blocked.clone()
        });
        let tree = Supervisor::one_for_one("root").child(Worker::new("1", &log).child()).child(blocked);
        let root = system.supervise(tree).await.unwrap();
        system.tell(&root.actor::<Worker>("2").unwrap(), airssys_rt_tests::worker::Block).await.unwrap();
        sleep(Duration::from_millis(20)).await;
        root.shutdown().await;
        assert_eq!(log.read().last().unwrap(), "-1", "its siblings have stopped");
        let mut stuck = 0;
        while let Ok(airssys_rt::broker::Received::Item(event)) = lives.try_recv() {
            stuck += usize::from(event.step == airssys_rt::actor::LifecycleStep::Stuck);
        }
        assert_eq!(stuck, 1);
        let error = system.shutdown().await.unwrap_err();
        assert!(error.aborted.iter().all(|aborted| aborted.stuck) && !error.aborted.is_empty(), "{error}");
        gate.send(()).unwrap();
    });
}

/// The supervisors of a system end when its last handle is dropped.
#[tokio::test(start_paused = true)]
async fn a_dropped_system_ends_its_supervisors() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root")
        .child(Worker::new("a", &log).child())
        .supervisor(Supervisor::one_for_one("below").child(Worker::new("b", &log).child()));
    let root = system.supervise(tree).await.unwrap();
    drop(system);
    root.ended().await;
    settle().await;
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
    let mut ends = log.read()[2..].to_vec();
    ends.sort();
    assert_eq!(ends, ["-a", "-b"]);
}

/// Dropping the future of a `supervise` while the tree starts leaves nothing behind.
#[tokio::test(start_paused = true)]
async fn a_tree_whose_start_is_dropped_is_stopped() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root")
        .child(Worker::new("a", &log).child())
        .child(Worker::new("b", &log).starting([Hook::IsSlow]).child());
    let supervise = system.supervise(tree);
    assert!(tokio::time::timeout(Duration::from_secs(1), supervise).await.is_err());
    sleep(Duration::from_secs(30)).await;
    assert_eq!(log.read(), ["+a", "?b", "-a"]);
    assert!(system.actors().is_empty());
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}
