//! Queued messages at a restart: kept for the next incarnation or discarded, as the actor is configured.

use airssys_rt::{actor::OnRestart, broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{
    Double, Fail, Hold, Log, Note, Panic, Read, on_every_runtime, paused, settle,
    worker::{Fall, TestSystem, Worker, system},
};
use proptest::{
    prelude::{Just, ProptestConfig, prop, prop_oneof, proptest},
    strategy::Strategy,
};
use std::time::Duration;

/// Queues a message that panics and three notes behind a message that is being handled.
async fn queue(
    system: &ActorSystem<TestSystem>,
    worker: &ActorRef<Worker>,
) -> tokio::sync::oneshot::Sender<()> {
    let (hold, held, release) = Hold::new();
    system.tell(worker, Note(1)).await.unwrap();
    system.tell(worker, hold).await.unwrap();
    held.await.unwrap();
    system.try_tell(worker, Panic).unwrap();
    for n in 3..=5 {
        system.try_tell(worker, Note(n)).unwrap();
    }
    release
}

/// RM-01
#[test]
fn queued_messages_are_handled_by_the_next_incarnation_and_the_failed_one_is_not() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
        let worker = worker.spawn(&system, OnRestart::Keep).await;
        queue(&system, &worker).await.send(()).unwrap();
        assert_eq!(system.ask(&worker, Read).await.unwrap(), [3, 4, 5]);
        assert_eq!(log.read(), ["+a", "a1", "-a", "+a", "a3", "a4", "a5"]);
        system.idle().await;
        assert_eq!(system.dead_letters().count(), 1);
        assert_eq!(system.dead_letters().count_of(Reason::Failed), 1);
        let counters = system.counters();
        assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (7, 6, 1, 0));
    });
}

/// DL-08, RM-02
#[tokio::test(start_paused = true)]
async fn queued_messages_can_be_discarded_and_their_askers_get_an_error() {
    let (system, log) = (system().await, Log::default());
    let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
    let worker = worker.spawn(&system, OnRestart::Discard).await;
    let release = queue(&system, &worker).await;
    let ask = tokio::spawn({
        let (system, worker) = (system.clone(), worker.clone());
        async move { system.ask(&worker, Double(1)).await }
    });
    settle().await;
    release.send(()).unwrap();
    assert!(matches!(ask.await.unwrap(), Err(AskError::Restarted(_))));
    system.tell(&worker, Note(6)).await.unwrap();
    assert_eq!(system.ask(&worker, Read).await.unwrap(), [6]);
    system.idle().await;
    let letters = system.dead_letters();
    assert_eq!((letters.count_of(Reason::Restarted), letters.count_of(Reason::Failed)), (4, 1));
    let counters = system.counters();
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (9, 4, 1, 4));
    system.shutdown().await.unwrap();
    let counters = system.counters();
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (9, 4, 1, 4));
}

/// RM-03
#[tokio::test(start_paused = true)]
async fn when_the_restarts_are_used_up_queued_messages_are_dead_and_each_ask_fails_once() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").restarts(0, Duration::from_secs(1)).isolated();
    let root = system.supervise(tree.child(Worker::new("a", &log).child())).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    let release = queue(&system, &worker).await;
    let ask = tokio::spawn({
        let (system, worker) = (system.clone(), worker.clone());
        async move { system.ask(&worker, Double(1)).await }
    });
    settle().await;
    release.send(()).unwrap();
    assert!(matches!(ask.await.unwrap(), Err(AskError::Stopped(..))));
    root.ended().await;
    let letters = system.dead_letters();
    assert_eq!((letters.count_of(Reason::Stopped), letters.count_of(Reason::Failed)), (4, 1));
    let counters = system.counters();
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.dead), (7, 2, 1, 4));
    assert_eq!(log.read(), ["+a", "a1", "-a"]);
}

/// RM-05: a stop, a kill and the failure of a child come before queued messages.
#[tokio::test(start_paused = true)]
async fn a_stop_comes_before_the_queued_messages_of_the_next_incarnation() {
    let (system, log) = (system().await, Log::default());
    let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
    let worker = worker.spawn(&system, OnRestart::Keep).await;
    let release = queue(&system, &worker).await;
    release.send(()).unwrap();
    let exit = system.stop(&worker).await;
    assert_eq!(exit.reason(), &ExitReason::Stopped);
    assert_eq!(log.read(), ["+a", "a1", "-a"]);
    assert_eq!(system.dead_letters().count_of(Reason::Stopped), 4);
}

/// A kill drops only the message that is being handled: the queued messages are for the next incarnation.
#[tokio::test(start_paused = true)]
async fn queued_messages_of_a_killed_child_are_kept() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    let (hold, held, _release) = Hold::new();
    system.tell(&worker, hold).await.unwrap();
    held.await.unwrap();
    system.tell(&worker, Note(1)).await.unwrap();
    system.kill(&worker).await;
    system.idle().await;
    assert_eq!(log.read(), ["+a", "-a", "+a", "a1"]);
    let counters = system.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead, counters.queued), (2, 1, 1, 0));
}

/// RT-10, RM-01: an incarnation that begins with the messages which the previous one had taken out of the mailbox can be killed
/// at once.
#[test]
fn an_incarnation_that_handles_taken_over_messages_can_be_killed() {
    for supervised in [false, true] {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let worker = Worker::new("a", &log);
            let worker = if supervised {
                let tree = Supervisor::one_for_one("root").child(worker.child());
                system.supervise(tree).await.unwrap().actor::<Worker>("a").unwrap()
            } else {
                worker.when_it_fails(ErrorAction::Restart).spawn(&system, OnRestart::Keep).await
            };
            settle().await;
            let (hold, held, _release) = Hold::new();
            system.try_tell(&worker, Fall).unwrap();
            system.try_tell(&worker, hold).unwrap();
            held.await.unwrap();
            let killed = tokio::time::timeout(Duration::from_secs(3600), system.kill(&worker)).await;
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
            let (system, log) = (system().await, Log::default());
            let on_restart = if keeps { OnRestart::Keep } else { OnRestart::Discard };
            let child = Worker::new("a", &log).child().on_restart(on_restart);
            let tree = Supervisor::one_for_one("root").restarts(1000, Duration::from_secs(1));
            let root = system.supervise(tree.child(child)).await.unwrap();
            let worker = root.actor::<Worker>("a").unwrap();
            let mut sent = 0;
            for step in &steps {
                match step {
                    Step::Tell => system.try_tell(&worker, Note(1)).map(drop).unwrap(),
                    Step::Fail => system.try_tell(&worker, Fail).map(drop).unwrap(),
                    Step::Panic => system.try_tell(&worker, Panic).map(drop).unwrap(),
                    Step::Kill => drop(system.kill(&worker).await),
                    Step::Wait => settle().await,
                }
                sent += u64::from(!matches!(step, Step::Kill | Step::Wait));
            }
            if shuts_down {
                system.shutdown().await.unwrap();
            } else {
                system.idle().await;
            }
            let counters = system.counters();
            assert_eq!((counters.sent, counters.queued), (sent, 0));
            assert_eq!(counters.sent, counters.handled + counters.failed + counters.expired + counters.dead);
            let handled = log.read().iter().filter(|entry| *entry == "a1").count() as u64;
            assert_eq!(counters.handled, handled);
            assert_eq!(system.dead_letters().count(), counters.dead + counters.failed);
        });
    }
}
