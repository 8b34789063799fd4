//! What a restart does with the messages in the mailbox.

use airssys_rt::{actor::OnRestart, broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{
    Double, Fail, Hold, Log, Note, Panic, Read,
    bird::{Bird, Fall, Nest, nest},
    on_every_runtime, paused, settle,
};
use proptest::{
    prelude::{Just, ProptestConfig, prop, prop_oneof, proptest},
    strategy::Strategy,
};
use std::time::Duration;

/// Queues a message that panics and three notes behind a message that is being handled.
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
fn queued_messages_are_handled_by_the_next_incarnation_and_the_failed_one_is_not() {
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
async fn queued_messages_can_be_discarded_and_their_askers_get_an_error() {
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
async fn when_the_restarts_are_used_up_queued_messages_are_dead_and_each_ask_fails_once() {
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

/// RM-05: a stop, a kill and the failure of a child come before queued messages.
#[tokio::test(start_paused = true)]
async fn a_stop_comes_before_the_queued_messages_of_the_next_incarnation() {
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

/// A kill drops only the message that is being handled: the queued messages are for the next incarnation.
#[tokio::test(start_paused = true)]
async fn queued_messages_of_a_killed_child_are_kept() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Bird::new("a", &log).child());
    let root = nest.supervise(tree).await.unwrap();
    let bird = root.actor::<Bird>("a").unwrap();
    let (hold, held, _release) = Hold::new();
    nest.tell(&bird, hold).await.unwrap();
    held.await.unwrap();
    nest.tell(&bird, Note(1)).await.unwrap();
    nest.kill(&bird).await;
    nest.quiet().await;
    assert_eq!(log.read(), ["+a", "-a", "+a", "a1"]);
    let counters = nest.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead, counters.queued), (2, 1, 1, 0));
}

/// RT-10, RM-01: an incarnation that begins with the messages which the previous one had taken out of the mailbox can be killed
/// at once.
#[test]
fn an_incarnation_that_handles_taken_over_messages_can_be_killed() {
    for supervised in [false, true] {
        paused().block_on(async {
            let (nest, log) = (nest().await, Log::default());
            let bird = Bird::new("a", &log);
            let bird = if supervised {
                let tree = Supervisor::one_for_one("root").child(bird.child());
                nest.supervise(tree).await.unwrap().actor::<Bird>("a").unwrap()
            } else {
                bird.when_it_fails(ErrorAction::Restart).spawn(&nest, OnRestart::Keep).await
            };
            settle().await;
            let (hold, held, _release) = Hold::new();
            nest.try_tell(&bird, Fall).unwrap();
            nest.try_tell(&bird, hold).unwrap();
            held.await.unwrap();
            let killed = tokio::time::timeout(Duration::from_secs(3600), nest.kill(&bird)).await;
            assert_eq!(
                killed.expect("the kill returns").reason(),
                &ExitReason::Killed,
                "supervised: {supervised}"
            );
        });
    }
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

    /// RM-06: I1 holds for any failures and restarts, with a mailbox that is kept and with one that is discarded.
    #[test]
    fn the_counters_add_up_after_any_restarts(steps in steps(), keeps: bool, shuts_down: bool) {
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
