//! A restart: same address, same mailbox, fresh state.

use airssys_rt::{actor::OnRestart, prelude::*, supervisor::Restart};
use airssys_rt_tests::{
    DiskFull, Double, Fail, Hook, Log, Note, Panic, Quit, Read, Ticked,
    bird::{Bird, nest},
    on_every_runtime, settle,
};
use std::time::Duration;
use tokio::time::Instant;

/// L5, LC-01: one incarnation ends before the next begins, and the state is fresh.
#[test]
fn a_restart_stops_the_old_one_and_then_starts_a_new_one() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
        let bird = bird.spawn(&nest, OnRestart::Keep).await;
        nest.tell(&bird, Note(1)).await.unwrap();
        assert!(matches!(nest.ask(&bird, Fail).await, Err(AskError::Failed(..))));
        assert_eq!(nest.ask(&bird, Read).await.unwrap(), [0_u64; 0], "the state is fresh");
        nest.tell(&bird, Note(2)).await.unwrap();
        assert_eq!(nest.ask(&bird, Read).await.unwrap(), [2]);
        let info = &nest.actors()[0];
        assert_eq!((info.id, info.incarnation, info.restarts), (bird.id(), 2, 1));
        assert_eq!(nest.named::<Bird>("a").unwrap(), bird, "RG-04: the name stays");
        nest.stop(&bird).await;
        assert_eq!(log.read(), ["+a", "a1", "-a", "+a", "a2", "-a"]);
        nest.shutdown().await.unwrap();
    });
}

/// A panic restarts an actor as any other failure does.
#[test]
fn an_actor_restarts_after_a_panic_and_no_ask_is_repeated() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
        let bird = bird.spawn(&nest, OnRestart::Keep).await;
        for _ in 0..3 {
            assert!(matches!(nest.ask(&bird, Panic).await, Err(AskError::Failed(..))));
        }
        assert_eq!(nest.ask(&bird, Double(2)).await, Ok(4));
        assert_eq!(nest.actors()[0].incarnation, 4);
    });
}

/// An actor without a factory cannot restart: it stops, and its exit reason names the cause.
#[test]
fn an_actor_without_a_factory_stops_with_that_reason() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let bird = nest.spawn(Bird::new("a", &log).when_it_fails(ErrorAction::Restart)).await.unwrap();
        nest.ask(&bird, Fail).await.unwrap_err();
        let reason = nest.watch(&bird).await.reason;
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
            let (nest, log) = (nest().await, Log::default());
            let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
            let bird = bird.starting([Hook::Works, start]).spawn(&nest, OnRestart::Keep).await;
            nest.ask(&bird, Fail).await.unwrap_err();
            let reason = nest.watch(&bird).await.reason;
            let text = if start == Hook::Fails { "failed: the disk is full" } else { "panicked: out of ink" };
            assert_eq!(reason.to_string(), text);
            assert_eq!(
                log.read(),
                ["+a", "-a", "?a"],
                "no `post_stop` for an incarnation that has not started"
            );
            assert!(nest.named::<Bird>("a").is_none());
            nest.shutdown().await.unwrap();
        }
    });
}

/// LC-03 in a restart: the next incarnation begins after any result of `post_stop`.
#[tokio::test(start_paused = true)]
async fn a_failing_post_stop_does_not_prevent_the_next_incarnation() {
    for (stop, takes) in [(Hook::Fails, 0), (Hook::Panics, 0), (Hook::Hangs, 5)] {
        let (nest, log) = (nest().await, Log::default());
        let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart).stopping(stop);
        let bird = bird.spawn(&nest, OnRestart::Keep).await;
        let begin = Instant::now();
        nest.ask(&bird, Fail).await.unwrap_err();
        let limit = Duration::from_secs(60);
        assert_eq!(nest.ask_timeout(&bird, Double(1), limit).await, Ok(2));
        assert_eq!(begin.elapsed(), Duration::from_secs(takes));
    }
}

/// MO-05: a watcher is notified of the end, and a restart is not an end.
#[test]
fn a_watcher_is_not_notified_of_a_restart() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
        let bird = bird.spawn(&nest, OnRestart::Keep).await;
        let watch = nest.watch(&bird);
        nest.ask(&bird, Fail).await.unwrap_err();
        nest.ask(&bird, Double(1)).await.unwrap();
        nest.tell(&bird, Quit).await.unwrap();
        assert_eq!(watch.await.reason, ExitReason::Stopped);
        assert_eq!(log.read(), ["+a", "-a", "+a", "-a"]);
    });
}

/// MO-05 under a supervisor: neither a failure nor a kill is the end.
#[tokio::test(start_paused = true)]
async fn a_watcher_is_not_notified_of_the_restart_of_a_child() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root").restarts(9, Duration::from_secs(1));
    let root = nest.supervise(tree.child(Bird::new("a", &log).child())).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    let mut watch = std::pin::pin!(nest.watch(&bird));
    nest.ask(&bird, Fail).await.unwrap_err();
    nest.ask(&bird, Double(1)).await.unwrap();
    assert_eq!(nest.kill(&bird).await.reason(), &ExitReason::Killed);
    nest.ask(&bird, Double(1)).await.unwrap();
    assert!(airssys_rt_tests::poll_once(watch.as_mut()).is_pending());
    nest.shutdown().await.unwrap();
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
struct Range;

/// LC-08
#[test]
fn an_actor_restarts_although_the_drop_of_its_state_panics() {
    on_every_runtime(|| async {
        let range = ActorSystem::<Range>::start(SystemConfig::default()).await.unwrap();
        let tree =
            Supervisor::one_for_one("root").child(Child::new("bomb", |_| Bomb).restart(Restart::Permanent));
        let root = range.supervise(tree).await.unwrap();
        let bomb = root.actor::<Bomb>("bomb").unwrap();
        range.ask(&bomb, Fail).await.unwrap_err();
        assert_eq!(range.ask(&bomb, Double(2)).await, Ok(4));
        range.shutdown().await.unwrap();
    });
}

/// An actor whose second start fails after it has spawned a child and published.
struct Host {
    log: Log,
    starts: Log,
}

#[actor(spawns(Bird), publishes(Ticked))]
impl Host {
    #[pre_start]
    async fn begin(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.starts.add("start".to_owned());
        let start = self.starts.read().len();
        let name = "guest";
        ctx.spawn(Bird::new(name, &self.log)).named(name).await?;
        ctx.publish(Ticked(start as u64));
        if start == 2 { Err(Fault::new("not this time")) } else { Ok(()) }
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(Fault::new("enough"))
    }
}

struct Ear(Log);

#[actor]
impl Ear {
    #[on_event]
    fn ticked(&mut self, Ticked(n): Ticked) {
        self.0.add(n.to_string());
    }
}

#[actor_system(actors(Host, Bird, Ear), events(Ticked))]
struct Inn;

/// ST-06 for a restart: a failed `pre_start` stops the children that it had spawned, and publishes nothing.
#[tokio::test(start_paused = true)]
async fn a_failed_restart_leaves_neither_children_nor_events() {
    let inn = ActorSystem::<Inn>::start(SystemConfig::default()).await.unwrap();
    let (log, starts, heard) = (Log::default(), Log::default(), Log::default());
    inn.spawn(Ear(heard.clone())).await.unwrap();
    let make = {
        let (log, starts) = (log.clone(), starts.clone());
        move |_: &_| Host { log: log.clone(), starts: starts.clone() }
    };
    let tree = Supervisor::one_for_one("root").restarts(5, Duration::from_secs(1)).isolated();
    let root = inn.supervise(tree.child(Child::new("host", make))).await.unwrap();
    settle().await;
    inn.ask(&root.actor::<Host>("host").unwrap(), Fail).await.unwrap_err();
    inn.quiet().await;
    settle().await;
    assert_eq!(log.read(), ["+guest", "-guest", "+guest", "-guest", "+guest"]);
    assert_eq!((starts.read().len(), heard.read()), (3, vec!["1".to_owned(), "3".to_owned()]));
    inn.shutdown().await.unwrap();
}
