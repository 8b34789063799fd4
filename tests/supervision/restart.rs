//! A restart of an actor: same address, same mailbox, fresh state; no ask is repeated.

use airssys_rt::{actor::OnRestart, prelude::*, supervisor::Restart};
use airssys_rt_tests::{
    DiskFull, Double, Fail, Hook, Log, Note, Panic, Quit, Read, Ticked, on_every_runtime, settle,
    worker::{Worker, system},
};
use std::time::Duration;
use tokio::time::Instant;

/// RG-04, L5, LC-01: one incarnation ends before the next begins, and the state is fresh.
#[test]
fn a_restart_stops_the_old_one_and_then_starts_a_new_one() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
        let worker = worker.spawn(&system, OnRestart::Keep).await;
        system.tell(&worker, Note(1)).await.unwrap();
        assert!(matches!(system.ask(&worker, Fail).await, Err(AskError::Failed(..))));
        assert_eq!(system.ask(&worker, Read).await.unwrap(), [0_u64; 0], "the state is fresh");
        system.tell(&worker, Note(2)).await.unwrap();
        assert_eq!(system.ask(&worker, Read).await.unwrap(), [2]);
        let info = &system.actors()[0];
        assert_eq!((info.id, info.incarnation, info.restarts), (worker.id(), 2, 1));
        assert_eq!(system.named::<Worker>("a").unwrap(), worker, "RG-04: the name stays");
        system.stop(&worker).await;
        assert_eq!(log.read(), ["+a", "a1", "-a", "+a", "a2", "-a"]);
        system.shutdown().await.unwrap();
    });
}

/// A panic restarts an actor as any other failure does.
#[test]
fn an_actor_restarts_after_a_panic_and_no_ask_is_repeated() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
        let worker = worker.spawn(&system, OnRestart::Keep).await;
        for _ in 0..3 {
            assert!(matches!(system.ask(&worker, Panic).await, Err(AskError::Failed(..))));
        }
        assert_eq!(system.ask(&worker, Double(2)).await, Ok(4));
        assert_eq!(system.actors()[0].incarnation, 4);
    });
}

/// An actor without a factory cannot restart: it stops, and its exit reason names the cause.
#[test]
fn an_actor_without_a_factory_stops_with_that_reason() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let worker = system.spawn(Worker::new("a", &log).when_it_fails(ErrorAction::Restart)).await.unwrap();
        system.ask(&worker, Fail).await.unwrap_err();
        let reason = system.watch(&worker).await.reason;
        let ExitReason::NoFactory(fault) = &reason else { panic!("{reason}") };
        assert_eq!(fault.to_string(), DiskFull.to_string());
        let text = "failed and was spawned without a factory that could restart it: the disk is full";
        assert_eq!(reason.to_string(), text);
        assert_eq!(log.read(), ["+a", "-a"]);
    });
}

/// LC-04 without a supervisor: an actor whose restart fails ends.
#[test]
fn an_unsupervised_actor_whose_restart_fails_has_ended() {
    on_every_runtime(|| async {
        for start in [Hook::Fails, Hook::Panics] {
            let (system, log) = (system().await, Log::default());
            let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
            let worker = worker.starting([Hook::Works, start]).spawn(&system, OnRestart::Keep).await;
            system.ask(&worker, Fail).await.unwrap_err();
            let reason = system.watch(&worker).await.reason;
            let text = if start == Hook::Fails { "failed: the disk is full" } else { "panicked: out of ink" };
            assert_eq!(reason.to_string(), text);
            assert_eq!(
                log.read(),
                ["+a", "-a", "?a"],
                "no `post_stop` for an incarnation that has not started"
            );
            assert!(system.named::<Worker>("a").is_none());
            system.shutdown().await.unwrap();
        }
    });
}

/// LC-03 in a restart: the next incarnation begins after any result of `post_stop`.
#[tokio::test(start_paused = true)]
async fn a_failing_post_stop_does_not_prevent_the_next_incarnation() {
    for (stop, takes) in [(Hook::Fails, 0), (Hook::Panics, 0), (Hook::Hangs, 5)] {
        let (system, log) = (system().await, Log::default());
        let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart).stopping(stop);
        let worker = worker.spawn(&system, OnRestart::Keep).await;
        let begin = Instant::now();
        system.ask(&worker, Fail).await.unwrap_err();
        let limit = Duration::from_secs(60);
        assert_eq!(system.ask_timeout(&worker, Double(1), limit).await, Ok(2));
        assert_eq!(begin.elapsed(), Duration::from_secs(takes));
    }
}

/// MO-05: a watcher is notified of the end, and a restart is not an end.
#[test]
fn a_watcher_is_not_notified_of_a_restart() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
        let worker = worker.spawn(&system, OnRestart::Keep).await;
        let watch = system.watch(&worker);
        system.ask(&worker, Fail).await.unwrap_err();
        system.ask(&worker, Double(1)).await.unwrap();
        system.tell(&worker, Quit).await.unwrap();
        assert_eq!(watch.await.reason, ExitReason::Stopped);
        assert_eq!(log.read(), ["+a", "-a", "+a", "-a"]);
    });
}

/// MO-05 under a supervisor: neither a failure nor a kill is the end.
#[tokio::test(start_paused = true)]
async fn a_watcher_is_not_notified_of_the_restart_of_a_child() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").restarts(9, Duration::from_secs(1));
    let root = system.supervise(tree.child(Worker::new("a", &log).child())).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    let mut watch = std::pin::pin!(system.watch(&worker));
    system.ask(&worker, Fail).await.unwrap_err();
    system.ask(&worker, Double(1)).await.unwrap();
    assert_eq!(system.kill(&worker).await.reason(), &ExitReason::Killed);
    system.ask(&worker, Double(1)).await.unwrap();
    assert!(airssys_rt_tests::poll_once(watch.as_mut()).is_pending());
    system.shutdown().await.unwrap();
    assert_eq!(watch.await.reason, ExitReason::Shutdown);
    assert_eq!(log.read(), ["+a", "-a", "+a", "-a", "+a", "-a"]);
}

/// LC-08: a state whose `Drop` panics.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("it went off");
    }
}

#[actor]
impl Bomb {
    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(DiskFull)?
    }

    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }
}

#[actor_system(actors(Bomb))]
struct BombSystem;

/// LC-08
#[test]
fn an_actor_restarts_although_the_drop_of_its_state_panics() {
    on_every_runtime(|| async {
        let system = ActorSystem::<BombSystem>::start(SystemConfig::default()).await.unwrap();
        let tree =
            Supervisor::one_for_one("root").child(Child::new("bomb", |_| Bomb).restart(Restart::Permanent));
        let root = system.supervise(tree).await.unwrap();
        let bomb = root.actor::<Bomb>("bomb").unwrap();
        system.ask(&bomb, Fail).await.unwrap_err();
        assert_eq!(system.ask(&bomb, Double(2)).await, Ok(4));
        system.shutdown().await.unwrap();
    });
}

/// An actor whose second start fails after it has spawned a child and published.
struct Host {
    log: Log,
    starts: Log,
}

#[actor(spawns(Worker), publishes(Ticked))]
impl Host {
    #[pre_start]
    async fn begin(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.starts.add("start".to_owned());
        let start = self.starts.read().len();
        let name = "guest";
        ctx.spawn(Worker::new(name, &self.log)).named(name).await?;
        ctx.publish(Ticked(start as u64));
        if start == 2 { Err(Fault::new("not this time")) } else { Ok(()) }
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(Fault::new("enough"))
    }
}

struct Subscriber(Log);

#[actor]
impl Subscriber {
    #[on_event]
    fn ticked(&mut self, Ticked(n): Ticked) {
        self.0.add(n.to_string());
    }
}

#[actor_system(actors(Host, Worker, Subscriber), events(Ticked))]
struct HostSystem;

/// ST-06 for a restart: a failed `pre_start` stops the children that it had spawned, and publishes nothing.
#[tokio::test(start_paused = true)]
async fn a_failed_restart_leaves_neither_children_nor_events() {
    let system = ActorSystem::<HostSystem>::start(SystemConfig::default()).await.unwrap();
    let (log, starts, heard) = (Log::default(), Log::default(), Log::default());
    system.spawn(Subscriber(heard.clone())).await.unwrap();
    let make = {
        let (log, starts) = (log.clone(), starts.clone());
        move |_: &_| Host { log: log.clone(), starts: starts.clone() }
    };
    let tree = Supervisor::one_for_one("root").restarts(5, Duration::from_secs(1)).isolated();
    let root = system.supervise(tree.child(Child::new("host", make))).await.unwrap();
    settle().await;
    system.ask(&root.actor::<Host>("host").unwrap(), Fail).await.unwrap_err();
    system.idle().await;
    settle().await;
    assert_eq!(log.read(), ["+guest", "-guest", "+guest", "-guest", "+guest"]);
    assert_eq!((starts.read().len(), heard.read()), (3, vec!["1".to_owned(), "3".to_owned()]));
    system.shutdown().await.unwrap();
}
