//! Restart types: permanent, transient and temporary children, by the reason of their end.

use airssys_rt::{
    prelude::*,
    supervisor::{DynamicSupervisor, Restart},
};
use airssys_rt_tests::{
    Double, Fail, Log, Panic, Quit, settle,
    worker::{Worker, states, system},
};
use std::{sync::Arc, time::Duration};

/// RT-01: twelve cells. A supervisor that ends normally stands for `Shutdown`.
#[tokio::test(start_paused = true)]
async fn a_restart_depends_on_the_restart_type_and_the_reason_of_the_end() {
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
        let (system, log) = (system().await, Log::default());
        let tree = Supervisor::one_for_one("root");
        let tree = if end == "shutdown" {
            tree.supervisor(
                Supervisor::one_for_one("a")
                    .restart(restart)
                    .auto_shutdown(airssys_rt::supervisor::AutoShutdown::AnySignificant)
                    .child(Worker::new("b", &log).child().transient().significant()),
            )
        } else {
            tree.child(Worker::new("a", &log).child().restart(restart))
        };
        let root = system.supervise(tree).await.unwrap();
        match end {
            "normal" => {
                system.tell(&root.actor::<Worker>("a").unwrap(), Quit).await.unwrap();
            }
            "failed" => drop(system.ask(&root.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err()),
            "panicked" => drop(system.ask(&root.actor::<Worker>("a").unwrap(), Panic).await.unwrap_err()),
            _ => {
                let below = root.supervisor("a").unwrap();
                system.tell(&below.actor::<Worker>("b").unwrap(), Quit).await.unwrap();
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
async fn a_kill_is_not_a_normal_end() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child().transient());
    let root = system.supervise(tree).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    assert_eq!(system.kill(&worker).await.reason(), &ExitReason::Killed);
    assert_eq!(system.ask(&worker, Double(1)).await, Ok(2));
    assert_eq!(log.read(), ["+a", "-a", "+a"]);
    assert_eq!(system.stop(&worker).await.reason(), &ExitReason::Stopped);
    settle().await;
    assert_eq!(states(&root), ["a finished"]);
}

/// RT-11
#[tokio::test(start_paused = true)]
async fn a_child_that_its_supervisor_stops_stays_stopped_and_uses_no_restart() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root")
        .restarts(1, Duration::from_secs(60))
        .child(Worker::new("a", &log).child())
        .child(Worker::new("b", &log).child().transient())
        .child(Worker::new("c", &log).child().temporary());
    let root = system.supervise(tree).await.unwrap();
    for id in ["a", "b", "c"] {
        root.stop(id).await.unwrap();
    }
    assert_eq!(states(&root), ["a stopped", "b stopped"]);
    root.restart("a").await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    system.ask(&worker, Fail).await.unwrap_err();
    assert_eq!(system.ask(&worker, Double(1)).await, Ok(2), "the one granted restart was not used");
}

/// RT-13: the factory of a temporary child is dropped as soon as the child runs.
#[tokio::test(start_paused = true)]
async fn a_temporary_child_retains_no_arguments() {
    let (system, log) = (system().await, Log::default());
    for (restart, kept) in [(Restart::Temporary, 0), (Restart::Permanent, 100)] {
        let crowd = system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
        let arguments = Arc::new(vec![0_u8; 1 << 20]);
        for n in 0..100 {
            let (arguments, log) = (arguments.clone(), log.clone());
            let make = move |_: &_| (arguments.len() == 1 << 20).then(|| Worker::new("a", &log));
            crowd.start_child(Child::new(format!("{n}"), make).restart(restart)).await.unwrap();
        }
        assert_eq!((crowd.children().len(), Arc::strong_count(&arguments)), (100, 1 + kept));
        crowd.shutdown().await;
    }
}

/// A child supervisor that is shut down has ended normally: a permanent one is restarted, a transient one is not.
#[tokio::test(start_paused = true)]
async fn the_shutdown_of_a_child_supervisor_is_a_normal_end() {
    use airssys_rt::supervisor::Restart;
    for (restart, state) in [(Restart::Permanent, "below running"), (Restart::Transient, "below finished")] {
        let (system, log) = (system().await, Log::default());
        let below = Supervisor::one_for_one("below").restart(restart).child(Worker::new("a", &log).child());
        let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
        let below = root.supervisor("below").unwrap();
        below.shutdown().await;
        assert_eq!(log.read()[..2], ["+a", "-a"]);
        settle().await;
        assert_eq!(states(&root), [state]);
        assert_eq!(below.has_ended(), restart == Restart::Transient);
    }
}
