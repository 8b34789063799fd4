//! Blocking actors: on a thread of their own or on a pool, they delay no other actor and end with their threads.

#![allow(missing_debug_implementations)] // read by its tests only

use airssys_rt::{
    actor::{BlockingPool, BlockingPoolError},
    prelude::*,
    testkit::Ledger,
};
use airssys_rt_tests::{Double, Fail, Log, Note, Panic, two_threads, until, with_time_limit};
use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    thread::{self, ThreadId},
    time::Duration,
};

/// Blocks its thread until it is released. The sender reports that the handler has begun.
#[message]
pub struct Block(mpsc::Sender<()>, mpsc::Receiver<()>);

/// Counts the actors that are on the pool at the same time. The handler goes on once two are there.
#[message(reply = usize)]
pub struct Meet(Arc<Barrier>, Arc<AtomicUsize>);

#[message(reply = (ThreadId, String))]
pub struct Where;

/// Waits, as an async handler does.
#[message(reply = bool)]
pub struct Nap(Duration);

#[derive(Default)]
pub struct Blocker {
    log: Log,
    name: &'static str,
}

#[actor]
impl Blocker {
    #[pre_start]
    fn begin(&mut self) {
        self.log.add(format!("+{:?}", thread::current().id()));
    }

    #[handler]
    fn block(&mut self, Block(begun, released): Block) {
        let _ = begun.send(());
        let _ = released.recv();
    }

    #[handler]
    fn meet(&mut self, Meet(barrier, inside): Meet) -> usize {
        let others = inside.fetch_add(1, SeqCst);
        barrier.wait();
        thread::sleep(Duration::from_millis(2)); // so that a third actor would be counted
        inside.fetch_sub(1, SeqCst);
        others + 1
    }

    #[handler]
    fn place(&self, _: Where) -> (ThreadId, String) {
        let thread = thread::current();
        (thread.id(), thread.name().unwrap_or_default().to_owned())
    }

    #[handler]
    async fn nap(&mut self, Nap(duration): Nap) -> bool {
        let begin = tokio::time::Instant::now();
        tokio::time::sleep(duration).await;
        begin.elapsed() >= duration
    }

    #[handler]
    fn note(&mut self, Note(n): Note) {
        self.log.add(format!("{}{n}", self.name));
    }

    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(Fault::new("the iron is cold"))
    }

    #[handler]
    fn panic(&mut self, _: Panic) -> u64 {
        panic!("the iron is hot");
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        if fault.is_panic() { ErrorAction::Resume } else { ErrorAction::Restart }
    }

    #[post_stop]
    fn end(&mut self) {
        self.log.add(format!("-{:?}", thread::current().id()));
    }
}

#[actor_system(actors(Blocker))]
pub struct TestSystem;

/// Without a paused clock, which would not wait for threads.
fn one_thread() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn on_every_runtime<F: Future<Output = ()>>(test: impl Fn() -> F) {
    one_thread().block_on(test());
    two_threads().block_on(test());
}

async fn system() -> ActorSystem<TestSystem> {
    let limit = Duration::from_secs(5);
    let config = SystemConfig::default().with_stop_timeout(limit).with_drain_timeout(limit);
    ActorSystem::start(config).await.unwrap()
}

/// The message, the receiver that is notified when the handler begins, and the sender that releases it.
fn block() -> (Block, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let ((begun, has_begun), (release, released)) = (mpsc::channel(), mpsc::channel());
    (Block(begun, released), has_begun, release)
}

/// Blocks `blocker` and waits until its handler has begun, with a running clock.
async fn hold(system: &ActorSystem<TestSystem>, blocker: &ActorRef<Blocker>) -> mpsc::Sender<()> {
    let (message, begun, release) = block();
    system.tell(blocker, message).await.unwrap();
    let begun = || begun.try_recv().is_ok();
    until("the handler has begun", begun).await;
    release
}

/// How many threads of this process have the name.
#[cfg(target_os = "linux")]
fn threads_named(name: &str) -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|comm| comm.trim_end() == name).count()
}

#[test]
fn an_actor_that_blocks_its_own_thread_delays_no_other_actor() {
    with_time_limit(|| {
        one_thread().block_on(async {
            let system = system().await;
            let blocked = system.spawn(Blocker::default()).named("anvil").on_thread().await.unwrap();
            let (id, name) = system.ask(&blocked, Where).await.unwrap();
            assert_ne!(id, thread::current().id());
            assert_eq!(name, "Blocker anvil");

            let release = hold(&system, &blocked).await;
            let other = system.spawn(Blocker::default()).await.unwrap();
            assert_eq!(system.ask(&other, Where).await.unwrap().0, thread::current().id());
            assert_eq!(system.ask(&other, Double(4)).await, Ok(8));
            release.send(()).unwrap();
            assert_eq!(system.ask(&blocked, Double(5)).await, Ok(10));
        });
    });
}

#[test]
fn actors_on_threads_behave_like_all_others() {
    with_time_limit(|| {
        on_every_runtime(|| async {
            let system = system().await;
            let ledger = Ledger::of(&system).counting_tasks();
            let pool = BlockingPool::new(2).unwrap();
            for on_pool in [false, true] {
                let spawn = || {
                    let spawn = system.spawn(Blocker::default());
                    if on_pool { spawn.on(&pool) } else { spawn.on_thread() }
                };
                let blocker = spawn().await.unwrap();
                assert_eq!(
                    system.ask(&blocker, Nap(Duration::from_millis(3))).await,
                    Ok(true),
                    "it has timers"
                );
                assert!(matches!(system.ask(&blocker, Panic).await, Err(AskError::Failed { .. })));
                assert_eq!(system.ask(&blocker, Double(1)).await, Ok(2), "the panic was caught");
                system.tell(&blocker, Note(1)).await.unwrap();
                assert_eq!(system.drain(&blocker).await.reason(), &ExitReason::Drained);

                let blocker = spawn().await.unwrap();
                assert_eq!(system.stop(&blocker).await.reason(), &ExitReason::Stopped);
                let blocker = spawn().await.unwrap();
                system.tell(&blocker, Nap(Duration::MAX)).await.unwrap();
                assert_eq!(system.kill(&blocker).await.reason(), &ExitReason::Killed);
                spawn().await.unwrap(); // for the shutdown
            }
            ledger.settle(&system).await;
        });
    });
}

#[test]
fn a_restart_keeps_the_thread() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let (made, pool) = (log.clone(), BlockingPool::new(1).unwrap());
        let alone =
            system.spawn_with(move || Blocker { log: made.clone(), name: "" }).on_thread().await.unwrap();
        let made = log.clone();
        let own = Child::new("own", move |_| Blocker { log: made.clone(), name: "" }).on_thread();
        let made = log.clone();
        let shared = Child::new("shared", move |_| Blocker { log: made.clone(), name: "" }).on(&pool);
        let tree =
            Supervisor::one_for_one("root").restarts(9, Duration::from_secs(5)).child(own).child(shared);
        let root = system.supervise(tree).await.unwrap();
        let mut seen = Vec::new();
        for blocker in
            [alone, root.actor::<Blocker>("own").unwrap(), root.actor::<Blocker>("shared").unwrap()]
        {
            let before = system.ask(&blocker, Where).await.unwrap();
            assert!(system.ask(&blocker, Fail).await.is_err());
            assert_eq!(system.ask(&blocker, Where).await.unwrap(), before);
            let lives = log.read();
            let id = format!("{:?}", before.0);
            assert_eq!(lives[lives.len() - 2..], [format!("-{id}"), format!("+{id}")], "its hooks as well");
            seen.push(id);
        }
        seen.dedup();
        assert_eq!(seen.len(), 3);
        system.shutdown().await.unwrap();
    });
}

#[test]
fn a_pool_runs_no_more_actors_at_once_than_it_has_threads() {
    with_time_limit(|| {
        one_thread().block_on(async {
            let (system, pool) = (system().await, BlockingPool::new(2).unwrap());
            let (barrier, inside) = (Arc::new(Barrier::new(2)), Arc::new(AtomicUsize::new(0)));
            let mut asks = Vec::new();
            for _ in 0..8 {
                let blocker = system.spawn(Blocker::default()).on(&pool).await.unwrap();
                let (system, meet) = (system.clone(), Meet(barrier.clone(), inside.clone()));
                asks.push(tokio::spawn(async move { system.ask(&blocker, meet).await.unwrap() }));
            }
            let mut most = 0;
            for ask in asks {
                most = most.max(ask.await.unwrap());
            }
            assert_eq!(most, 2);
        });
    });
}

/// RB-04
#[test]
fn a_busy_actor_on_a_pool_yields() {
    with_time_limit(|| {
        one_thread().block_on(async {
            let (system, log, pool) = (system().await, Log::default(), BlockingPool::new(1).unwrap());
            let blocker = |name| Blocker { log: log.clone(), name };
            let hot = system.spawn(blocker("hot")).on(&pool).unbounded().await.unwrap();
            let cold = system.spawn(blocker("cold")).on(&pool).await.unwrap();
            let release = hold(&system, &hot).await;
            for n in 0..1000 {
                system.tell(&hot, Note(n)).await.unwrap();
            }
            system.tell(&cold, Note(0)).await.unwrap();
            release.send(()).unwrap();
            system.drain(&hot).await;
            system.drain(&cold).await;
            let at = log
                .read()
                .iter()
                .filter(|entry| !entry.starts_with(['+', '-']))
                .position(|entry| entry == "cold0");
            assert!(at.unwrap() < 200, "after {at:?} messages of the other one");
        });
    });
}

/// SD-10: the only thread of the runtime is free.
#[test]
fn a_shutdown_names_an_actor_that_blocks_its_own_thread() {
    with_time_limit(|| {
        let runtime = one_thread();
        let release = runtime.block_on(async {
            let limit = Duration::from_millis(50);
            let config = SystemConfig::default().with_stop_timeout(limit).with_drain_timeout(limit);
            let system = ActorSystem::<TestSystem>::start(config).await.unwrap();
            let log = Log::default();
            system.spawn(Blocker { log: log.clone(), name: "" }).await.unwrap();
            let blocked = system.spawn(Blocker::default()).named("stubborn").on_thread().await.unwrap();
            let release = hold(&system, &blocked).await;
            let error = system.shutdown().await.unwrap_err();
            assert_eq!(error.aborted.len(), 1, "{error}");
            assert_eq!((error.aborted[0].name.as_deref(), error.aborted[0].stuck), (Some("stubborn"), true));
            assert!(log.read().last().unwrap().starts_with('-'), "the other one has stopped");
            release
        });
        drop(runtime); // does not wait for the thread either
        drop(release);
    });
}

#[cfg(target_os = "linux")]
#[test]
fn threads_end_with_their_actors_with_the_system_and_with_the_runtime() {
    with_time_limit(|| {
        for runtime in [one_thread(), two_threads()] {
            let held = runtime.block_on(async {
                let system = system().await;
                let mine = || system.spawn(Blocker::default()).on_thread();
                let one = mine().named("t1").await.unwrap();
                mine().named("t2").await.unwrap();
                until("both threads run", || {
                    threads_named("Blocker t1") == 1 && threads_named("Blocker t2") == 1
                })
                .await;
                system.stop(&one).await;
                until("the thread ends with its actor", || threads_named("Blocker t1") == 0).await;
                assert_eq!(threads_named("Blocker t2"), 1);
                let taken = mine().named("t2").await.unwrap_err();
                assert!(matches!(taken, SpawnError::NameTaken { .. }));
                drop(system);
                until("the thread ends with the system", || threads_named("Blocker t2") == 0).await;

                let system = self::system().await;
                let (t3, pool) =
                    (system.spawn(Blocker::default()).named("t3").on_thread().await, BlockingPool::new(1));
                let waits = system.spawn(Blocker::default()).on(&pool.unwrap()).await.unwrap();
                system.tell(&waits, Nap(Duration::from_secs(100_000))).await.unwrap();
                let t4 = system.spawn(Blocker::default()).named("t4").on_thread().await.unwrap();
                let release = hold(&system, &t4).await;
                until("the thread runs", || threads_named("Blocker t3") == 1).await;
                (system, t3, release)
            });
            assert_eq!((threads_named("Blocker t3"), threads_named("Blocker t4")), (1, 1));
            drop(runtime);
            let thread_ends = |name, when| one_thread().block_on(until(when, || threads_named(name) == 0));
            thread_ends("Blocker t3", "the thread ends with the runtime");
            assert_eq!(threads_named("Blocker t4"), 1);
            let (system, _, release) = held;
            release.send(()).unwrap();
            thread_ends("Blocker t4", "the thread ends after its handler");
            one_thread().block_on(until("no actor is left", || system.actors().is_empty()));
        }
    });
}

#[tokio::test]
async fn a_pool_is_dropped_without_a_wait_and_its_actors_go_on() {
    assert!(matches!(BlockingPool::new(0), Err(BlockingPoolError::Zero)));
    let (system, pool) = (system().await, BlockingPool::new(3).unwrap());
    assert_eq!((pool.threads(), format!("{pool:?}").as_str()), (3, "BlockingPool(3)"));
    let blocker = system.spawn(Blocker::default()).on(&pool).await.unwrap();
    let release = hold(&system, &blocker).await;
    drop(pool);
    release.send(()).unwrap();
    assert_eq!(system.ask(&blocker, Double(2)).await, Ok(4));
    system.shutdown().await.unwrap();
}
