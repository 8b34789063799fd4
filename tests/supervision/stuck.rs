//! Stuck children, which block their thread: a shutdown aborts and names them and does not wait for ever.
//!
//! The clock is paused, and does not wait for blocked threads.

use airssys_rt::{
    prelude::*,
    supervisor::{ControlError, DynamicSupervisor, Shutdown},
    system::{ShutdownError, ShutdownReport},
};
use airssys_rt_tests::{
    Deadline, Hold, Log, paused, until, with_time_limit,
    worker::{Block, Fall, TestSystem, Worker, states, system},
};
use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// An actor for a thread of its own, and the sender that releases its handler.
fn blocking_worker(name: &'static str, log: &Log) -> (Worker, mpsc::Sender<()>) {
    let worker = Worker::new(name, log);
    let (release, gate) = mpsc::channel();
    *worker.blocks.lock().unwrap() = Some(gate);
    (worker, release)
}

/// Makes the handler block, and waits until it does.
async fn block(system: &ActorSystem<TestSystem>, supervisor: &SupervisorRef<TestSystem>, worker: &Worker) {
    system.tell(&supervisor.actor::<Worker>(worker.name).unwrap(), Block).await.unwrap();
    until("the handler blocks", || worker.blocks.lock().unwrap().is_none()).await;
}

/// Sends two signals. Returns the result, and the time that the end takes.
async fn signal_twice(system: &ActorSystem<TestSystem>) -> (Result<ShutdownReport, ShutdownError>, Duration) {
    let begin = Instant::now();
    let mut signals = 0;
    let ended = system.run_until(|| {
        signals += 1;
        let more = signals <= 2;
        async move {
            if !more {
                std::future::pending::<()>().await;
            }
        }
    });
    let ended = tokio::time::timeout(Duration::from_secs(3600), ended).await.expect("it ends");
    (ended, begin.elapsed())
}

fn names(error: &ShutdownError) -> Vec<(&str, bool)> {
    error.aborted.iter().map(|aborted| (aborted.name.as_deref().unwrap_or("?"), aborted.stuck)).collect()
}

/// SD-10, DR-05: the second signal also applies to children without a stop limit.
#[test]
fn the_second_signal_does_not_wait_for_a_child_without_a_limit() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let ((one, first), (two, second)) = (blocking_worker("1", &log), blocking_worker("2", &log));
            let child =
                |worker: &Worker| worker.child().named(worker.name).on_thread().shutdown(Shutdown::Infinite);
            let below =
                Supervisor::one_for_one("below").child(child(&two)).child(Worker::new("3", &log).child());
            let tree = Supervisor::one_for_one("root").child(child(&one)).supervisor(below);
            let root = system.supervise(tree).await.unwrap();
            block(&system, &root, &one).await;
            block(&system, &root.supervisor("below").unwrap(), &two).await;
            let (ended, time) = signal_twice(&system).await;
            let error = ended.unwrap_err();
            // The third one, which has no name, has ended by the kill.
            assert_eq!(names(&error), [("?", false), ("2", true), ("1", true)], "{error}");
            assert!(time <= Duration::from_secs(60), "{time:?}");
            assert!(log.read().contains(&"-3".to_owned()), "the child that could be killed has stopped");
            drop((first, second));
        });
    });
}

/// SD-10: a child with `Shutdown::Kill` that does not end is named.
#[test]
fn a_child_that_is_killed_at_once_and_is_stuck_is_named() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let (worker, release) = blocking_worker("1", &log);
            let child = worker.child().named("one").on_thread().shutdown(Shutdown::Kill);
            let below = Supervisor::one_for_one("below").child(child);
            let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
            block(&system, &root.supervisor("below").unwrap(), &worker).await;
            let error = system.shutdown().await.unwrap_err();
            assert_eq!(names(&error), [("one", true)], "{error}");
            drop(release);
        });
    });
}

/// A child that was late before the shutdown is not named by it.
#[tokio::test(start_paused = true)]
async fn a_shutdown_names_only_the_children_that_it_aborted() {
    let (system, log) = (system().await, Log::default());
    let root = Supervisor::one_for_one("root").child(Worker::new("a", &log).child().named("a"));
    let root = system.supervise(root).await.unwrap();
    let other = Supervisor::one_for_one("other").child(Worker::new("b", &log).child().named("b"));
    let other = system.supervise(other).await.unwrap();
    for (supervisor, id) in [(&root, "a"), (&other, "b")] {
        let (hold, held, _release) = Hold::new();
        system.tell(&supervisor.actor::<Worker>(id).unwrap(), hold).await.unwrap();
        held.await.unwrap();
        match id {
            "a" => supervisor.stop(id).await.unwrap(),
            _ => supervisor.shutdown().await,
        }
        drop(_release);
    }
    assert_eq!(log.read(), ["+a", "+b", "-a", "-b"]);
    system.shutdown().await.unwrap();
}

/// A child that was late in a restart round is named if, and only if, it is late in the shutdown as well.
#[tokio::test(start_paused = true)]
async fn a_shutdown_names_a_child_that_was_late_before_only_if_it_is_late_again() {
    for again in [false, true] {
        let (system, log) = (system().await, Log::default());
        let root = Supervisor::one_for_all("root")
            .child(Worker::new("a", &log).child())
            .child(Worker::new("b", &log).child().named("b"));
        let root = system.supervise(root).await.unwrap();
        let b = root.actor::<Worker>("b").unwrap();
        let hold = async || {
            let (hold, held, release) = Hold::new();
            system.tell(&b, hold).await.unwrap();
            held.await.unwrap();
            release
        };
        let first = hold().await;
        system.try_tell(&root.actor::<Worker>("a").unwrap(), Fall).unwrap();
        sleep(Duration::from_secs(6)).await;
        assert_eq!(log.read()[2..], ["-a", "-b", "+a", "+b"]);
        let second = if again { Some(hold().await) } else { None };
        let named = system.shutdown().await.err().map(|error| names(&error).len());
        assert_eq!(named, again.then_some(1));
        drop((first, second));
    }
}

/// SD-10, AD-02: a start whose factory does not return is abandoned; the child cannot be restarted until the factory returns.
#[test]
fn a_factory_that_does_not_return_is_an_error_of_the_restart() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let worker = Worker::new("a", &log);
            let (release, gate) = mpsc::channel::<()>();
            let (begun, gate) = (Arc::new(Mutex::new(false)), Mutex::new(Some(gate)));
            let inside = begun.clone();
            let child = Child::new("a", move |_| {
                if let Some(gate) = gate.lock().unwrap().take() {
                    *inside.lock().unwrap() = true;
                    let _ = gate.recv();
                }
                worker.clone()
            });
            let root = system.supervise(Supervisor::one_for_one("root")).await.unwrap();
            let start = tokio::spawn({
                let root = root.clone();
                async move { root.start(child.on_thread()).await }
            });
            until("the factory has begun", || *begun.lock().unwrap()).await;
            root.stop("a").await.unwrap();
            let started = start.await.unwrap().unwrap_err();
            assert_eq!(started, ControlError::Stopped("a".into()), "another caller stopped it");
            let busy = root.restart("a").await.unwrap_err();
            let ControlError::Start { cause, .. } = &busy else { panic!("{busy}") };
            assert_eq!(cause, &SpawnError::FactoryBusy { actor: "Worker" });
            assert!(cause.is_transient());
            assert_eq!(states(&root), ["a stopped"]);

            release.send(()).unwrap();
            let deadline = Deadline::new("the factory has returned, so the child can be restarted");
            while root.restart("a").await.is_err() {
                deadline.check();
                thread::sleep(Duration::from_micros(100));
            }
            assert_eq!(states(&root), ["a running"]);
            assert_eq!(log.read(), ["+a"], "the abandoned incarnation has not begun");
        });
    });
}

fn is_stuck(supervisor: &SupervisorRef<TestSystem>) -> bool {
    supervisor.children()[0].stuck
}

/// The caller of a stop is told that the child still blocks its thread, and a restart starts another one beside it.
#[test]
fn a_stop_of_a_child_that_blocks_its_thread_is_an_error() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let (worker, release) = blocking_worker("1", &log);
            let tree = Supervisor::one_for_one("root").child(worker.child().on_thread());
            let root = system.supervise(tree).await.unwrap();
            let first = root.actor::<Worker>("1").unwrap();
            assert!(!is_stuck(&root));
            block(&system, &root, &worker).await;
            let stuck = Err(ControlError::Stuck("1".into()));
            assert_eq!(root.stop("1").await, stuck);
            assert_eq!((states(&root), is_stuck(&root)), (vec!["1 stopped".to_owned()], true));
            assert_eq!(root.stop("1").await, stuck, "it is still stuck");
            root.restart("1").await.unwrap();
            assert_eq!((states(&root), is_stuck(&root)), (vec!["1 running".to_owned()], true));
            assert_eq!(log.read(), ["+1", "+1"], "two run side by side");
            assert_eq!(root.stop("1").await, stuck, "the second has stopped, the first has not");
            drop(release);
            system.watch(&first).await;
            until("the thread ends", || !is_stuck(&root)).await;
            assert_eq!(root.stop("1").await, Ok(()));
            root.delete("1").await.unwrap();
        });
    });
}

/// A child that does not let go of its thread keeps its group down: nothing may start beside it. `children` says which one it is.
#[test]
fn the_child_that_keeps_its_group_down_is_named() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let (worker, release) = blocking_worker("2", &log);
            let mut lives = system.lifecycle_events(100);
            let tree = Supervisor::one_for_all("root")
                .child(Worker::new("1", &log).child())
                .child(worker.child().on_thread())
                .child(Worker::new("3", &log).child());
            let root = system.supervise(tree).await.unwrap();
            block(&system, &root, &worker).await;
            system.tell(&root.actor::<Worker>("1").unwrap(), Fall).await.unwrap();
            sleep(Duration::from_secs(16)).await; // 5 to stop, 10 after the kill
            let stuck: Vec<_> = root.children().iter().map(|child| child.stuck).collect();
            assert_eq!(stuck, [false, true, false]);
            assert_eq!(
                states(&root),
                ["1 running", "2 stuck, restarts when its thread is free", "3 restarting, attempt 0"]
            );
            let tree = system.tree().to_string();
            assert!(tree.contains("2: Worker") && tree.contains(" stuck, restarts when"), "{tree}");
            let mut named = Vec::new();
            while let Ok(airssys_rt::broker::Received::Item(event)) = lives.try_recv() {
                if event.step == airssys_rt::actor::LifecycleStep::Stuck {
                    named.push(event.name.unwrap());
                }
            }
            assert_eq!(named, ["2".into()]);
            drop(release);
            until("the group is up", || states(&root)[1..] == ["2 running", "3 running"]).await;
            assert!(root.children().iter().all(|child| !child.stuck));
        });
    });
}

/// A dynamic supervisor forgets a child that blocks its thread, and tells its caller.
#[test]
fn a_stop_of_a_stuck_child_of_a_dynamic_supervisor_is_an_error() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let (worker, release) = blocking_worker("1", &log);
            let crowd = system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
            let child = crowd.start_child(worker.child().on_thread()).await.unwrap();
            system.tell(&child, Block).await.unwrap();
            until("the handler blocks", || worker.blocks.lock().unwrap().is_none()).await;
            assert_eq!(crowd.stop(&child).await, Err(ControlError::Stuck("1".into())));
            assert!(crowd.children().is_empty());
            drop(release);
            system.watch(&child).await;
        });
    });
}

/// The same for a supervisor with such a child.
#[test]
fn a_stop_of_a_supervisor_with_a_stuck_child_is_an_error() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let (worker, release) = blocking_worker("1", &log);
            let below = Supervisor::one_for_one("below").child(worker.child().on_thread());
            let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
            let below = root.supervisor("below").unwrap();
            let child = below.actor::<Worker>("1").unwrap();
            block(&system, &below, &worker).await;
            assert_eq!(root.stop("below").await, Err(ControlError::Stuck("below".into())));
            assert!(is_stuck(&root));
            drop(release);
            system.watch(&child).await;
            until("the thread ends", || !is_stuck(&root)).await;
            assert_eq!((root.stop("below").await, is_stuck(&root)), (Ok(()), false));
        });
    });
}
