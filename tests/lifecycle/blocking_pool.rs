//! A full blocking pool: an actor that waits for a thread of the pool can be stopped, killed and shut down.
//!
//! The clock is paused, and does not wait for the threads.

use airssys_rt::{
    actor::BlockingPool,
    prelude::*,
    supervisor::{ControlError, Shutdown},
};
use airssys_rt_tests::{
    Double, Fail, Hold, Hook, Log, Note, paused, settle,
    test_broker::Dice,
    two_threads, until, with_time_limit,
    worker::{Block, TestSystem, Worker, states, system},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    time::Duration,
};
use tokio::time::{Instant, timeout};

const LONG: Duration = Duration::from_secs(3600);

/// A pool of one thread, which an actor blocks.
struct Scene {
    system: ActorSystem<TestSystem>,
    pool: BlockingPool,
    log: Log,
    release: mpsc::Sender<()>,
}

impl Scene {
    async fn new() -> Self {
        let scene = Scene {
            system: system().await,
            pool: BlockingPool::new(1).unwrap(),
            log: Log::default(),
            release: mpsc::channel().0,
        };
        scene.blocked().await
    }

    async fn blocked(mut self) -> Self {
        let worker = Worker::new("blocked", &Log::default());
        let (release, gate) = mpsc::channel();
        *worker.blocks.lock().unwrap() = Some(gate);
        let blocked = self.system.spawn(worker.clone()).named("blocked").on(&self.pool).await.unwrap();
        self.system.tell(&blocked, Block).await.unwrap();
        until("the handler blocks", || worker.blocks.lock().unwrap().is_none()).await;
        self.release = release;
        self
    }

    /// An actor that waits for a thread, with a message in its mailbox.
    async fn waits(&self) -> ActorRef<Worker> {
        let worker = self.system.spawn(Worker::new("b", &self.log)).on(&self.pool).await.unwrap();
        self.system.tell(&worker, Note(1)).await.unwrap();
        settle().await;
        worker
    }
}

/// The output of `future`, which must not wait on the paused clock.
async fn at_once<F: Future>(future: F) -> F::Output {
    let begin = Instant::now();
    let output = timeout(LONG, future).await.expect("it ends");
    assert_eq!(begin.elapsed(), Duration::ZERO);
    output
}

fn on_an_occupied_pool<F: Future<Output = ()>>(test: impl FnOnce(Scene) -> F + Send + 'static) {
    with_time_limit(|| paused().block_on(async { test(Scene::new().await).await }));
}

#[test]
fn an_actor_that_waits_for_a_thread_is_killed_and_stopped_at_once() {
    on_an_occupied_pool(|scene| async move {
        let Scene { system, log, .. } = &scene;
        let killed = scene.waits().await;
        assert_eq!(at_once(system.kill(&killed)).await.reason(), &ExitReason::Killed);
        let stopped = scene.waits().await;
        assert_eq!(at_once(system.stop(&stopped)).await.reason(), &ExitReason::Stopped);
        assert_eq!(log.read(), ["+b", "-b", "+b", "-b"], "its hooks run, and no handler");
        assert_eq!(system.counters().dead, 2);
        scene.release.send(()).unwrap();
        system.idle().await;
        assert_eq!(system.actors().len(), 1);
    });
}

/// An actor in the middle of a message must finish it on a thread of the pool, if one is free in time.
#[test]
fn an_actor_that_waits_for_a_thread_within_a_message_finishes_it_or_is_killed() {
    for in_time in [false, true] {
        with_time_limit(move || {
            paused().block_on(async {
                let (system, pool, log) = (system().await, BlockingPool::new(1).unwrap(), Log::default());
                let worker = system.spawn(Worker::new("b", &log)).on(&pool).await.unwrap();
                let (hold, held, release) = Hold::new();
                system.tell(&worker, hold).await.unwrap();
                held.await.unwrap();
                let scene = Scene { system, pool, log, release: mpsc::channel().0 }.blocked().await;
                release.send(()).unwrap();
                let stop = scene.system.stop(&worker);
                let mut stop = std::pin::pin!(stop);
                assert!(timeout(LONG, stop.as_mut()).await.is_err(), "it has not finished its message");
                if in_time {
                    scene.release.send(()).unwrap();
                    assert_eq!(stop.await.reason(), &ExitReason::Stopped);
                    scene.system.idle().await;
                    assert_eq!(scene.system.counters().handled, 2);
                } else {
                    assert_eq!(at_once(scene.system.kill(&worker)).await.reason(), &ExitReason::Killed);
                }
                assert_eq!(scene.log.read(), ["+b", "-b"]);
            });
        });
    }
}

/// SD-10: an actor that only waits for a thread is not stuck.
#[test]
fn a_shutdown_names_the_actor_on_the_thread_and_not_those_that_wait_for_it() {
    on_an_occupied_pool(|scene| async move {
        let Scene { system, log, pool, .. } = &scene;
        for _ in 0..3 {
            scene.waits().await;
        }
        let child = |id: &'static str| Worker::new(id, log).child().on(pool).shutdown(Shutdown::Infinite);
        let root = Supervisor::one_for_one("root");
        let mut root = std::pin::pin!(system.supervise(root.child(child("1"))));
        assert!(airssys_rt_tests::poll_once(root.as_mut()).is_pending());
        settle().await;
        let error = timeout(LONG, system.shutdown()).await.expect("it ends").unwrap_err();
        let names: Vec<_> =
            error.aborted.iter().map(|aborted| (aborted.name.as_deref(), aborted.stuck)).collect();
        assert_eq!(names, [(Some("blocked"), true)], "{error}");
        assert_eq!(log.read(), ["+b", "+b", "+b", "-b", "-b", "-b"]);
    });
}

/// SD-10, RT-11: the same under a supervisor, in each state of a child.
#[test]
fn a_child_that_waits_for_a_thread_is_stopped_at_once() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, pool, log) = (system().await, BlockingPool::new(1).unwrap(), Log::default());
            let child = |id| Worker::new(id, &log).child().on(&pool);
            let tree = Supervisor::one_for_one("root")
                .restarts(9, LONG)
                .child(child("idle"))
                .child(child("fails").shutdown(Shutdown::Infinite))
                .child(child("killed"));
            let root = system.supervise(tree).await.unwrap();
            let actor = |id| root.actor::<Worker>(id).unwrap();
            let scene = Scene { system, pool, log, release: mpsc::channel().0 }.blocked().await;
            let Scene { system, log, pool, .. } = &scene;

            system.tell(&actor("idle"), Note(1)).await.unwrap();
            settle().await;
            at_once(root.stop("idle")).await.unwrap();
            assert_eq!(log.read()[3..], ["-idle"]);

            // The child has ended, and waits for a thread on which it can restart.
            assert_eq!(at_once(system.kill(&actor("killed"))).await.reason(), &ExitReason::Killed);
            settle().await;
            assert_eq!(states(&root)[2], "killed restarting, attempt 1");
            assert_eq!(at_once(system.kill(&actor("killed"))).await.reason(), &ExitReason::Killed);
            at_once(root.stop("killed")).await.unwrap();
            assert_eq!(log.read()[4..], ["-killed"]);

            // A child that has not begun does not begin.
            let made = Arc::new(AtomicUsize::new(0));
            let (count, worker) = (made.clone(), Worker::new("new", log));
            let new = Child::new("new", move |_| {
                count.fetch_add(1, SeqCst);
                worker.clone()
            });
            let start = tokio::spawn({
                let (root, pool) = (root.clone(), pool.clone());
                async move { root.start(new.on(&pool).shutdown(Shutdown::Infinite)).await }
            });
            settle().await;
            assert_eq!(states(&root)[3], "new starting");
            at_once(root.stop("new")).await.unwrap();
            assert_eq!(start.await.unwrap().unwrap_err(), ControlError::Stopped("new".into()));
            assert_eq!(made.load(SeqCst), 0);

            at_once(root.shutdown()).await;
            assert_eq!(log.read()[5..], ["-fails"]);
            scene.release.send(()).unwrap();
        });
    });
}

/// An actor that waits for a thread goes on once one is free.
#[test]
fn a_waiting_actor_goes_on_when_a_thread_is_free() {
    with_time_limit(|| {
        two_threads().block_on(async {
            let scene = Scene::new().await;
            let Scene { system, log, pool, .. } = &scene;
            let tree = Supervisor::one_for_one("root").restarts(9, LONG);
            let root = system.supervise(tree).await.unwrap();
            let start = tokio::spawn({
                let (root, child) =
                    (root.clone(), Worker::new("a", log).starting([Hook::Works, Hook::Fails]).child());
                let pool = pool.clone();
                async move { root.start(child.on(&pool)).await }
            });
            let waits = scene.waits().await;
            scene.release.send(()).unwrap();
            let a = start.await.unwrap().unwrap();
            assert_eq!(system.ask(&a, Double(2)).await, Ok(4));
            system.ask(&a, Fail).await.unwrap_err();
            assert_eq!(system.ask(&a, Double(3)).await, Ok(6));
            assert_eq!(system.drain(&waits).await.reason(), &ExitReason::Drained);
            system.shutdown().await.unwrap();
            let mut lives = log.read();
            lives.sort();
            assert_eq!(lives, ["+a", "+a", "+b", "-a", "-a", "-b", "?a", "b1"]);
        });
    });
}

/// The end of the runtime does not wait for a thread either.
#[test]
fn a_runtime_that_ends_drops_actors_that_wait_for_a_thread() {
    with_time_limit(|| {
        let runtime = paused();
        let scene = runtime.block_on(Scene::new());
        let waits = runtime.block_on(scene.waits());
        drop(runtime);
        assert!(!waits.is_alive(), "although the thread is still in use");
        scene.release.send(()).unwrap();
    });
}

/// I1, I2: on a pool that is too small all actors end, and each message has one outcome, in any interleaving.
#[test]
fn on_a_small_pool_all_actors_end_in_any_interleaving() {
    with_time_limit(|| {
        two_threads().block_on(async {
            let (pool, log) = (BlockingPool::new(1).unwrap(), Log::default());
            for seed in 0..200 {
                let system = system().await;
                let mut dice = Dice::new(seed);
                let tree = Supervisor::one_for_one("root").restarts(1000, LONG);
                let tree = tree.child(Worker::new("1", &log).child().on(&pool));
                let root =
                    system.supervise(tree.child(Worker::new("2", &log).child().on(&pool))).await.unwrap();
                let mut tasks = Vec::new();
                for n in 0..6 {
                    let worker = match n {
                        0..4 => Some(system.spawn(Worker::new("b", &log)).on(&pool).await.unwrap()),
                        _ => root.actor::<Worker>(if n == 4 { "1" } else { "2" }),
                    };
                    let Some(worker) = worker else { continue }; // it was stopped
                    for _ in 0..dice.throw(6) {
                        let _ = system.try_tell(&worker, Note(n)); // it may have been stopped
                    }
                    let (system, root, end) = (system.clone(), root.clone(), dice.throw(6));
                    tasks.push(tokio::spawn(async move {
                        match end {
                            0 => drop(system.kill(&worker).await),
                            1 => drop(system.stop(&worker).await),
                            2 => drop(system.ask(&worker, Fail).await),
                            3 => drop(system.drain(&worker).await),
                            4 => drop(root.stop(if n % 2 == 0 { "1" } else { "2" }).await),
                            _ => drop(system.ask(&worker, Double(n)).await),
                        }
                    }));
                }
                for task in tasks {
                    timeout(Duration::from_secs(15), task)
                        .await
                        .unwrap_or_else(|_| panic!("seed {seed}"))
                        .unwrap();
                }
                system.shutdown().await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
                let counters = system.counters();
                let outcomes = counters.handled + counters.failed + counters.dead;
                assert_eq!(counters.sent, outcomes, "seed {seed}: {counters:?}");
            }
        });
    });
}

/// Runs in a process of its own, for `a_thread_that_cannot_be_started_is_a_typed_error`.
#[ignore = "the process that has no threads"]
#[tokio::test]
async fn without_threads() {
    use airssys_rt::{actor::BlockingPoolError, supervisor::SuperviseError};
    let (system, log) = (system().await, Log::default());
    let pool = BlockingPool::new(2).unwrap_err();
    assert!(matches!(pool, BlockingPoolError::NoThread(_)), "{pool}");
    for _ in 0..2 {
        let error = system.spawn(Worker::new("a", &log)).named("a").on_thread().await.unwrap_err();
        assert!(matches!(error, SpawnError::NoThread { actor: "Worker", .. }), "{error}");
        assert!(error.is_transient() && std::error::Error::source(&error).is_some());
        let tree = Supervisor::one_for_one("root").child(Worker::new("b", &log).child());
        let tree = tree.child(Worker::new("c", &log).child().named("c").on_thread());
        let error = system.supervise(tree).await.unwrap_err();
        let SuperviseError::Child { child, cause, .. } = &error else { panic!("{error}") };
        assert_eq!((&**child, matches!(cause, SpawnError::NoThread { .. })), ("c", true), "{error}");
    }
    assert_eq!(log.read(), ["+b", "-b", "+b", "-b"], "an actor without a thread has not begun");
    assert!(system.actors().is_empty());
    let a = system.spawn(Worker::new("a", &log)).named("a").await.unwrap();
    assert_eq!(system.ask(&a, Double(1)).await, Ok(2), "the name is free, and the system goes on");
    system.shutdown().await.unwrap();
    println!("all is well without threads");
}

/// ST-02 for a thread: a thread that the operating system refuses is a typed error, and leaves nothing behind.
#[cfg(target_os = "linux")]
#[test]
fn a_thread_that_cannot_be_started_is_a_typed_error() {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args([
        "blocking_pool::without_threads",
        "--exact",
        "--ignored",
        "--nocapture",
        "--test-threads=1",
    ]);
    // No machine has this much memory for the stack of a thread.
    let output = command.env("RUST_MIN_STACK", (1_u64 << 46).to_string()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("all is well without threads"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
