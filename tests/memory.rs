//! Memory leaks, counted: ended actors, watches, taps, asks, restarts and systems leave no memory behind.
//!
//! On one thread, so that everything that an operation causes is counted with it, after a warm-up in which tables reach their
//! size.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::{
    prelude::*,
    supervisor::{DynamicSupervisor, Restart, Shutdown},
};
use airssys_rt_tests::{
    Double, Fail, Hold, Hook, Log, Note, Quit, Scribe, lab, paused, until,
    worker::{OtherWorker, Worker, system},
};
use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

const ROUNDS: usize = 2_000;

#[derive(Default)]
struct IdleActor;

/// 100 kB, in the message itself and beside it.
#[message(boxed)]
#[derive(Debug)]
struct Bulk(#[allow(dead_code)] [u64; 6_400], #[allow(dead_code)] Vec<u64>);

impl Bulk {
    fn new() -> Self {
        Bulk([0; 6_400], vec![0; 6_400])
    }
}

/// 100 kB, which a dead letter may keep.
#[message(keep_payload = |load| size_of_val(&*load.0))]
struct Load(Vec<u8>);

#[actor]
impl IdleActor {
    #[handler]
    fn note(&mut self, _: Note) {}

    #[handler]
    fn bulk(&mut self, _: Bulk) {}

    #[handler]
    fn load(&mut self, _: Load) {}
}

struct Watcher {
    rock: ActorRef<IdleActor>,
}

#[actor]
impl Watcher {
    #[pre_start]
    fn begin(&mut self, ctx: &mut ActorContext<Self>) {
        ctx.watch(&self.rock);
    }

    #[on_terminated]
    fn gone(&mut self, _: Terminated) {}
}

#[actor_system(actors(IdleActor, Watcher))]
struct Shore;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
}

/// The number of bytes that are left by `ROUNDS` calls of `once`, after a warm-up of as many.
fn left_over(runtime: &tokio::runtime::Runtime, once: impl AsyncFn()) -> i64 {
    left_over_by(ROUNDS, runtime, once)
}

/// The same, with more rounds or fewer.
fn left_over_by(rounds: usize, runtime: &tokio::runtime::Runtime, once: impl AsyncFn()) -> i64 {
    let all = |rounds| {
        runtime.block_on(async {
            for _ in 0..rounds {
                once().await;
            }
            // Tasks that have been told to end may not have ended yet.
            for _ in 0..32 {
                tokio::task::yield_now().await;
            }
        });
    };
    all(rounds.min(ROUNDS));
    allocation_counter::measure(|| all(rounds)).bytes_current
}

/// MO-06: a watched actor keeps nothing of a watcher that ends first, from inside and from outside.
#[test]
fn watchers_that_end_leave_nothing_with_the_watched_actor() {
    let runtime = runtime();
    let (shore, rock) = runtime.block_on(async {
        let shore = ActorSystem::<Shore>::start(SystemConfig::default()).await.unwrap();
        let rock = shore.spawn(IdleActor).await.unwrap();
        (shore, rock)
    });
    let inside = left_over(&runtime, async || {
        let mourner = shore.spawn(Watcher { rock: rock.clone() }).await.unwrap();
        shore.stop(&mourner).await;
    });
    assert!(inside < 1024, "{inside} bytes for {ROUNDS} actors that watched");
    let outside = left_over(&runtime, async || drop(shore.watch(&rock)));
    assert!(outside < 1024, "{outside} bytes for {ROUNDS} watches that were given up");
}

/// MB-07: a queue that was long gives its memory back.
#[test]
fn a_mailbox_that_was_full_gives_its_memory_back() {
    let runtime = runtime();
    let lab = runtime.block_on(lab());
    let bytes = allocation_counter::measure(|| {
        runtime.block_on(async {
            let scribe = lab.spawn(Scribe::default()).unbounded().await.unwrap();
            let (hold, held, release) = Hold::new();
            lab.tell(&scribe, hold).await.unwrap();
            held.await.unwrap();
            for n in 0..100_000 {
                lab.try_tell(&scribe, Double(n)).unwrap();
            }
            assert_eq!(scribe.queue_depth(), 100_001);
            release.send(()).unwrap();
            assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
        });
    });
    assert!(
        bytes.bytes_current < 64 * 1024,
        "{} bytes after a queue of {} at its height",
        bytes.bytes_current,
        bytes.bytes_max
    );
}

/// D5: dropped taps, monitors and streams leave nothing behind.
#[test]
fn dropped_observers_leave_nothing_behind() {
    let runtime = runtime();
    let (lab, scribe) = runtime.block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        (lab, scribe)
    });
    let bytes = left_over(&runtime, async || {
        let (_monitor, _letters) = (lab.monitor(8), lab.dead_letters().subscribe(8));
        assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
    });
    assert!(bytes < 1024, "{bytes} bytes for {ROUNDS} rounds");
}

/// DL-04: dead letters keep no messages, and the payloads of a type that says so within the limit.
#[test]
fn dead_letters_of_large_messages_are_small() {
    let runtime = runtime();
    let limit = 2 << 20;
    let (shore, rock) = runtime.block_on(async {
        let config = SystemConfig::default().with_dead_letter_bytes(limit);
        let shore = ActorSystem::<Shore>::start(config).await.unwrap();
        let rock = shore.spawn(IdleActor).capacity(1).overflow(Overflow::Drop).await.unwrap();
        shore.try_tell(&rock, Note(1)).unwrap();
        (shore, rock)
    });
    // The actor does not run meanwhile.
    let bulk = allocation_counter::measure(|| {
        for _ in 0..500 {
            assert!(matches!(shore.try_tell(&rock, Bulk::new()), Ok(Sent::Dropped)));
        }
    });
    assert!(bulk.bytes_current < 512 << 10, "{} bytes for 500 letters", bulk.bytes_current);
    let load = allocation_counter::measure(|| {
        for _ in 0..500 {
            assert!(matches!(shore.try_tell(&rock, Load(vec![0; 100 << 10])), Ok(Sent::Dropped)));
        }
    });
    let most = i64::try_from(limit).unwrap() + (256 << 10);
    assert!((1 << 20..most).contains(&load.bytes_current), "{} bytes of payloads", load.bytes_current);
    assert_eq!((shore.dead_letters().len(), shore.dead_letters().released()), (1000, 480));
    drop(shore.dead_letters().drain());
}

/// I3, DR-09: a system with supervisors leaves nothing after its shutdown, also if a reference is still held.
#[test]
fn a_system_with_supervisors_leaves_nothing_behind() {
    let runtime = runtime();
    let bytes = left_over(&runtime, async || {
        let system = system().await;
        let log = Log::default();
        let tree = Supervisor::one_for_all("root")
            .child(Worker::new("a", &log).child())
            .supervisor(Supervisor::one_for_one("below").child(Worker::new("b", &log).child()));
        let root = system.supervise(tree).await.unwrap();
        system.kill(&root.actor::<Worker>("a").unwrap()).await;
        system.shutdown().await.unwrap();
        assert_eq!(log.read()[2..], ["-a", "-b", "+a", "+b", "-b", "-a"]);
    });
    assert!(bytes < 4096, "{bytes} bytes for {ROUNDS} systems");
}

/// Children that start and end leave nothing with their supervisor or their parent.
#[test]
fn children_that_start_and_end_leave_nothing_with_their_supervisor() {
    let runtime = runtime();
    let (system, crowd) = runtime.block_on(async {
        let system = system().await;
        let crowd = system.supervise_dynamic(DynamicSupervisor::<OtherWorker>::new("crowd")).await.unwrap();
        (system, crowd)
    });
    let bytes = left_over(&runtime, async || {
        let other_worker =
            crowd.start_child(Child::new("other_worker", |_| OtherWorker).temporary()).await.unwrap();
        assert_eq!(system.ask(&other_worker, Double(1)).await, Ok(2));
        crowd.stop(&other_worker).await.unwrap();
    });
    assert!(bytes < 1024, "{bytes} bytes for {ROUNDS} children");
}

/// Children of a dynamic supervisor that are done, did not start or are not wanted leave nothing, with ids that are not used again.
#[test]
fn children_that_are_not_started_again_leave_nothing_with_a_dynamic_supervisor() {
    let runtime = runtime();
    let (system, crowd) = runtime.block_on(async {
        let system = system().await;
        let crowd = system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
        (system, crowd)
    });
    let (ids, payload) = (AtomicUsize::new(0), 1_000);
    // Each factory owns some memory.
    let child = |worker: Worker, wanted: bool| {
        let data = vec![0_u8; payload];
        let id = format!("{}", ids.fetch_add(1, Relaxed));
        Child::new(id, move |_| (wanted && !data.is_empty()).then(|| worker.clone()))
    };
    let bytes = left_over(&runtime, async || {
        let worker = Worker::new("a", &Log::default());
        let job = crowd.start_child(child(worker.clone(), true).transient()).await.unwrap();
        system.tell(&job, Quit).await.unwrap();
        system.watch(&job).await;
        crowd.start_child(child(worker.clone(), false)).await.unwrap_err();
        crowd.start_child(child(worker.starting([Hook::Fails]), true)).await.unwrap_err();
    });
    assert!(crowd.children().is_empty());
    assert!(bytes < 1024, "{bytes} bytes for {ROUNDS} rounds");
}

/// An actor without state, which fails on command.
struct StatelessActor;

#[actor]
impl StatelessActor {
    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(Fault::new("it is broken"))
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }
}

#[actor_system(actors(StatelessActor))]
struct StatelessSystem;

/// I3: a child that was restarted ten thousand times is no larger than before, for each kind of end and each kind of parent.
#[test]
fn ten_thousand_restarts_leave_nothing_behind() {
    let runtime = runtime();
    let (system, root) = runtime.block_on(async {
        let system = ActorSystem::<StatelessSystem>::start(SystemConfig::default()).await.unwrap();
        // The period is so short that few restarts are remembered.
        let often = |tree: Supervisor<StatelessSystem>| tree.restarts(1000, Duration::from_nanos(1));
        let late = Shutdown::Timeout(Duration::ZERO);
        let group = often(Supervisor::one_for_all("group"))
            .child(Child::new("d", |_| StatelessActor))
            .child(Child::new("e", |_| StatelessActor).shutdown(Shutdown::Kill));
        let below = Supervisor::one_for_one("below").restarts(0, Duration::from_secs(1));
        let tree = often(Supervisor::one_for_one("root"))
            .child(Child::new("a", |_| StatelessActor))
            .child(Child::new("b", |_| StatelessActor))
            .child(Child::new("late", |_| StatelessActor).shutdown(late))
            .supervisor(group)
            .supervisor(below.child(Child::new("c", |_| StatelessActor)));
        let root = system.supervise(tree).await.unwrap();
        (system, root)
    });
    let child = |id| root.actor::<StatelessActor>(id).unwrap();
    let group = root.supervisor("group").unwrap();
    let below = |id| root.supervisor("below").and_then(|below| below.actor::<StatelessActor>(id));
    let count = |what, once: &dyn Fn() -> i64| {
        let bytes = once();
        assert!(bytes < 1024, "{bytes} bytes for the restarts of a child that {what}");
    };
    count("fails", &|| {
        left_over_by(10_000, &runtime, async || {
            system.ask(&child("a"), Fail).await.unwrap_err();
        })
    });
    count("is killed", &|| {
        left_over_by(10_000, &runtime, async || {
            assert_eq!(system.kill(&child("a")).await.reason(), &ExitReason::Killed);
        })
    });
    count("is restarted by hand", &|| {
        left_over_by(10_000, &runtime, async || {
            root.stop("b").await.unwrap();
            root.restart("b").await.unwrap();
        })
    });
    count("is late", &|| {
        // Fewer rounds, because each takes a tick of the timer.
        left_over_by(500, &runtime, async || {
            let (hold, held, _release) = Hold::new();
            system.tell(&child("late"), hold).await.unwrap();
            held.await.unwrap();
            root.stop("late").await.unwrap();
            root.restart("late").await.unwrap();
            assert_eq!(system.ask(&child("late"), Double(1)).await, Ok(2));
        })
    });
    count("fails in a group", &|| {
        left_over_by(10_000, &runtime, async || {
            system.ask(&group.actor::<StatelessActor>("d").unwrap(), Fail).await.unwrap_err();
            assert_eq!(system.ask(&group.actor::<StatelessActor>("e").unwrap(), Double(1)).await, Ok(2));
        })
    });
    count("is below a supervisor that gives up", &|| {
        left_over_by(10_000, &runtime, async || {
            let c = below("c").unwrap();
            system.ask(&c, Fail).await.unwrap_err();
            until("the child is restarted", || below("c").is_some_and(|new| new != c)).await;
        })
    });
    let restarts = root.children().iter().map(|child| child.restarts).collect::<Vec<_>>();
    assert_eq!(restarts, [24_000, 0, 0, 0, 12_000]);
    assert_eq!(group.children()[1].restarts, 12_000);
}

/// RB-03, B13, I3: ten thousand children of a dynamic supervisor, of each restart type.
#[test]
fn ten_thousand_dynamic_children_leave_nothing_behind() {
    let runtime = runtime();
    for restart in [Restart::Permanent, Restart::Temporary] {
        let crowd = runtime.block_on(async {
            let system = ActorSystem::<StatelessSystem>::start(SystemConfig::default()).await.unwrap();
            let crowd =
                system.supervise_dynamic(DynamicSupervisor::<StatelessActor>::new("crowd")).await.unwrap();
            (system, crowd)
        });
        let bytes = left_over_by(10_000, &runtime, async || {
            let child = Child::new("child", |_| StatelessActor).restart(restart).named("child");
            let child = crowd.1.start_child(child).await.unwrap();
            assert_eq!(crowd.0.ask(&child, Double(1)).await, Ok(2));
            crowd.1.stop(&child).await.unwrap();
        });
        assert!(crowd.1.children().is_empty());
        assert!(bytes < 1024, "{bytes} bytes for 10,000 {restart:?} children");
    }
}

/// AS-16: a dropped ask leaves nothing once its round is over, with or without a timer of its own.
#[test]
fn dropped_asks_leave_nothing() {
    let runtime = paused();
    let (lab, scribe) = runtime.block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        (lab, scribe)
    });
    let bytes = left_over(&runtime, async || {
        for rest in [Duration::ZERO, Duration::from_millis(20)] {
            let (hold, held, release) = Hold::new();
            lab.tell(&scribe, hold).await.unwrap();
            held.await.unwrap();
            let (lab, scribe) = (lab.clone(), scribe.clone());
            let ask = tokio::spawn(async move { lab.ask(&scribe, Double(1)).await });
            tokio::time::sleep(rest).await;
            ask.abort();
            assert!(ask.await.unwrap_err().is_cancelled());
            release.send(()).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    });
    assert!(bytes < 1024, "{bytes} bytes for {ROUNDS} asks that were given up");
}

/// RB-02: of any number of tasks that ask within one round, a bounded number stays in memory until the round is over.
#[test]
fn quick_asks_of_many_tasks_take_no_more_memory_than_those_of_a_few() {
    let runtime = paused();
    let (lab, scribe) = runtime.block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        (lab, scribe)
    });
    let ask = |times: u32| {
        // The clock stands still.
        runtime.block_on(async {
            for _ in 0..times {
                let (lab, scribe) = (lab.clone(), scribe.clone());
                let ask = tokio::spawn(async move { lab.ask(&scribe, Double(1)).await });
                assert_eq!(ask.await.unwrap(), Ok(2));
            }
        });
    };
    let few = allocation_counter::measure(|| ask(5_000)).bytes_max;
    let many = allocation_counter::measure(|| ask(50_000)).bytes_max;
    assert!(many < few + few / 2, "{few} bytes for few, {many} for many");
    let rest = || runtime.block_on(async { tokio::time::sleep(Duration::from_secs(1)).await });
    rest();
    let bytes = allocation_counter::measure(|| {
        ask(10_000);
        rest();
    });
    assert!(bytes.bytes_current < 1024, "{} bytes are left", bytes.bytes_current);
}
