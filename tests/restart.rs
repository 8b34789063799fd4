//! A restart: same address, same mailbox, fresh state.

use airssys_rt::{actor::OnRestart, broker::dead_letters::Reason, prelude::*, supervisor::Restart};
use airssys_rt_tests::{
    DiskFull, Double, Fail, Hold, Hook, Log, Note, Panic, Quit, Read,
    bird::{Bird, Nest, nest},
    on_every_runtime, settle,
};
use proptest::{
    prelude::{Just, ProptestConfig, prop, prop_oneof, proptest},
    strategy::Strategy,
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

/// A panic is a failure as any other.
#[test]
fn an_actor_restarts_after_a_panic_and_hears_nobody_ask_twice() {
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

/// Queues 2, a failure and three more behind a message that is being handled.
async fn queue(nest: &ActorSystem<Nest>, bird: &ActorRef<Bird>) -> tokio::sync::oneshot::Sender<()> {
    let (hold, held, release) = Hold::new();
    nest.tell(bird, Note(1)).await.unwrap();
    nest.tell(bird, hold).await.unwrap();
    held.await.unwrap();
    nest.try_tell(bird, Panic).unwrap();
    for n in 3..=5 {
        nest.try_tell(bird, Note(n)).unwrap();
    }
    release
}

/// RM-01
#[test]
fn what_waits_is_handled_by_the_next_incarnation_and_the_failed_message_is_not() {
    on_every_runtime(|| async {
        let (nest, log) = (nest().await, Log::default());
        let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
        let bird = bird.spawn(&nest, OnRestart::Keep).await;
        queue(&nest, &bird).await.send(()).unwrap();
        assert_eq!(nest.ask(&bird, Read).await.unwrap(), [3, 4, 5]);
        assert_eq!(log.read(), ["+a", "a1", "-a", "+a", "a3", "a4", "a5"]);
        nest.quiet().await;
        assert_eq!(nest.dead_letters().count(), 1);
        assert_eq!(nest.dead_letters().count_of(Reason::HandlerFailed), 1);
        let counters = nest.counters();
        assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (7, 6, 1, 0));
    });
}

/// RM-02
#[tokio::test(start_paused = true)]
async fn what_waits_can_be_discarded_and_whoever_asked_is_told() {
    let (nest, log) = (nest().await, Log::default());
    let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
    let bird = bird.spawn(&nest, OnRestart::Discard).await;
    let release = queue(&nest, &bird).await;
    let ask = tokio::spawn({
        let (nest, bird) = (nest.clone(), bird.clone());
        async move { nest.ask(&bird, Double(1)).await }
    });
    settle().await;
    release.send(()).unwrap();
    assert!(matches!(ask.await.unwrap(), Err(AskError::Restarted(_))));
    nest.tell(&bird, Note(6)).await.unwrap();
    assert_eq!(nest.ask(&bird, Read).await.unwrap(), [6]);
    nest.quiet().await;
    let letters = nest.dead_letters();
    assert_eq!((letters.count_of(Reason::Restarted), letters.count_of(Reason::HandlerFailed)), (4, 1));
    let counters = nest.counters();
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (9, 4, 1, 4));
    nest.shutdown().await.unwrap();
    let counters = nest.counters();
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (9, 4, 1, 4));
}

/// RM-03
#[tokio::test(start_paused = true)]
async fn when_restarts_are_used_up_what_waits_is_dead_and_each_asker_is_told_once() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root").restarts(0, Duration::from_secs(1)).isolated();
    let root = nest.supervise(tree.child(Bird::new("a", &log).child())).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    let release = queue(&nest, &bird).await;
    let ask = tokio::spawn({
        let (nest, bird) = (nest.clone(), bird.clone());
        async move { nest.ask(&bird, Double(1)).await }
    });
    settle().await;
    release.send(()).unwrap();
    assert!(matches!(ask.await.unwrap(), Err(AskError::Stopped(_))));
    root.ended().await;
    let letters = nest.dead_letters();
    assert_eq!((letters.count_of(Reason::ActorStopped), letters.count_of(Reason::HandlerFailed)), (4, 1));
    let counters = nest.counters();
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (7, 2, 1, 4));
    assert_eq!(log.read(), ["+a", "a1", "-a"]);
}

/// RM-05: a stop, a kill and the failure of a child come before what waits.
#[tokio::test(start_paused = true)]
async fn a_stop_comes_before_the_messages_that_wait_for_the_next_incarnation() {
    let (nest, log) = (nest().await, Log::default());
    let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
    let bird = bird.spawn(&nest, OnRestart::Keep).await;
    let release = queue(&nest, &bird).await;
    release.send(()).unwrap();
    let exit = nest.stop(&bird).await;
    assert_eq!(exit.reason(), &ExitReason::Stopped);
    assert_eq!(log.read(), ["+a", "a1", "-a"]);
    assert_eq!(nest.dead_letters().count_of(Reason::ActorStopped), 4);
}

/// Without a factory nobody knows how to restart: the actor stops, and its end says so.
#[test]
fn an_actor_without_a_factory_stops_and_says_why() {
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

/// LC-04 without a supervisor: an actor that cannot start again ends.
#[test]
fn an_actor_alone_that_cannot_start_again_has_ended() {
    on_every_runtime(|| async {
        for start in [Hook::Fails, Hook::Panics] {
            let (nest, log) = (nest().await, Log::default());
            let bird = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
            let bird = bird.starting([Hook::Works, start]).spawn(&nest, OnRestart::Keep).await;
            nest.ask(&bird, Fail).await.unwrap_err();
            let reason = nest.watch(&bird).await.reason;
            let text = if start == Hook::Fails { "failed: the disk is full" } else { "panicked: out of ink" };
            assert_eq!(reason.to_string(), text);
            assert_eq!(log.read(), ["+a", "-a", "?a"], "no `post_stop` for what has not started");
            assert!(nest.named::<Bird>("a").is_none());
            nest.shutdown().await.unwrap();
        }
    });
}

/// LC-03 in a restart: whatever `post_stop` does, the next incarnation begins.
#[tokio::test(start_paused = true)]
async fn a_bad_post_stop_does_not_keep_the_next_incarnation_from_beginning() {
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

/// MO-05: whoever watches hears of the end, and a restart is none.
#[test]
fn a_watcher_does_not_hear_of_a_restart() {
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
async fn a_watcher_does_not_hear_of_the_restart_of_a_child() {
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

/// LC-08: a state that panics when it is dropped harms nobody.
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
fn a_state_that_panics_when_it_is_dropped_is_restarted_all_the_same() {
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

#[derive(Debug, Clone, Copy)]
enum Step {
    Tell,
    Fail,
    Panic,
    Kill,
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Tell),
        1 => Just(Step::Fail),
        1 => Just(Step::Panic),
        1 => Just(Step::Kill),
        2 => Just(Step::Wait),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// RM-06: I1 holds whatever fails and is restarted, with a mailbox that is kept and with one that is not.
    #[test]
    fn the_counters_add_up_whatever_is_restarted(steps in steps(), keeps: bool, shuts_down: bool) {
        airssys_rt_tests::paused().block_on(async {
            let (nest, log) = (nest().await, Log::default());
            let on_restart = if keeps { OnRestart::Keep } else { OnRestart::Discard };
            let child = Bird::new("a", &log).child().on_restart(on_restart);
            let tree = Supervisor::one_for_one("root").restarts(1000, Duration::from_secs(1));
            let root = nest.supervise(tree.child(child)).await.unwrap();
            let bird = root.actor::<Bird>("a").unwrap();
            let mut sent = 0;
            for step in &steps {
                match step {
                    Step::Tell => nest.try_tell(&bird, Note(1)).map(drop).unwrap(),
                    Step::Fail => nest.try_tell(&bird, Fail).map(drop).unwrap(),
                    Step::Panic => nest.try_tell(&bird, Panic).map(drop).unwrap(),
                    Step::Kill => drop(nest.kill(&bird).await),
                    Step::Wait => settle().await,
                }
                sent += u64::from(!matches!(step, Step::Kill | Step::Wait));
            }
            if shuts_down {
                nest.shutdown().await.unwrap();
            } else {
                nest.quiet().await;
            }
            let counters = nest.counters();
            assert_eq!((counters.sent, counters.queued), (sent, 0));
            assert_eq!(counters.sent, counters.handled + counters.failed + counters.expired + counters.dead);
            let handled = log.read().iter().filter(|entry| *entry == "a1").count() as u64;
            assert_eq!(counters.handled, handled);
            assert_eq!(nest.dead_letters().count(), counters.dead + counters.failed);
        });
    }
}
