//! Strategies (one for one, one for all, rest for one): which children are restarted when one child fails.

use airssys_rt::{
    backoff::Backoff,
    prelude::*,
    supervisor::{AutoShutdown, Restart, Strategy},
};
use airssys_rt_tests::{
    Deadline, Double, Fail, Hold, Hook, Log, Panic, Quit, settle,
    worker::{TestSystem, Worker, states, system, system_with},
};
use std::time::Duration;

const NAMES: [&str; 5] = ["1", "2", "3", "4", "5"];

/// A supervisor with this many children and many granted restarts, just started. The log is empty.
async fn workers(
    system: &ActorSystem<TestSystem>,
    strategy: Strategy,
    workers: impl IntoIterator<Item = Child<Worker>>,
) -> SupervisorRef<TestSystem> {
    let tree = Supervisor::new("root", strategy).restarts(100, Duration::from_secs(1));
    system.supervise(workers.into_iter().fold(tree, Supervisor::child)).await.unwrap()
}

fn plain(log: &Log, count: usize) -> Vec<Child<Worker>> {
    NAMES[..count].iter().map(|name| Worker::new(name, log).child()).collect()
}

/// Makes a child panic, and waits until the system is quiet. Returns the new log entries.
async fn panic(
    system: &ActorSystem<TestSystem>,
    root: &SupervisorRef<TestSystem>,
    log: &Log,
    child: &str,
) -> Vec<String> {
    let before = log.read().len();
    let worker = root.actor::<Worker>(child).unwrap();
    system.ask(&worker, Panic).await.unwrap_err();
    settle().await;
    log.read()[before..].to_vec()
}

/// L1, L2, L7: only the child that failed.
#[tokio::test(start_paused = true)]
async fn one_for_one_restarts_only_the_failed_child() {
    let (system, log) = (system().await, Log::default());
    let root = workers(&system, Strategy::OneForOne, plain(&log, 3)).await;
    let others: Vec<_> = ["1", "3"].map(|id| root.actor::<Worker>(id).unwrap()).into();
    assert_eq!(panic(&system, &root, &log, "2").await, ["-2", "+2"]);
    for worker in others {
        assert_eq!(system.ask(&worker, Double(1)).await, Ok(2));
    }
    let restarts: Vec<_> = root.children().iter().map(|child| child.restarts).collect();
    assert_eq!(restarts, [0, 1, 0]);
}

/// SS-02
#[tokio::test(start_paused = true)]
async fn one_for_all_stops_the_others_in_reverse_and_starts_all_in_order() {
    let (system, log) = (system().await, Log::default());
    let root = workers(&system, Strategy::OneForAll, plain(&log, 3)).await;
    let addresses: Vec<_> = NAMES[..3].iter().map(|id| root.actor::<Worker>(id).unwrap()).collect();
    assert_eq!(panic(&system, &root, &log, "2").await, ["-2", "-3", "-1", "+1", "+2", "+3"]);
    for (worker, info) in addresses.iter().zip(system.actors()) {
        assert_eq!(system.ask(worker, Double(1)).await, Ok(2), "its address is as good as before");
        assert_eq!((info.id, info.incarnation), (worker.id(), 2));
    }
}

/// SS-03
#[tokio::test(start_paused = true)]
async fn rest_for_one_restarts_the_later_children() {
    let (system, log) = (system().await, Log::default());
    let root = workers(&system, Strategy::RestForOne, plain(&log, 5)).await;
    assert_eq!(panic(&system, &root, &log, "3").await, ["-3", "-5", "-4", "+3", "+4", "+5"]);
}

/// SS-04
#[tokio::test(start_paused = true)]
async fn rest_for_one_with_the_first_child_restarts_all_and_with_the_last_only_that_one() {
    let (system, log) = (system().await, Log::default());
    let root = workers(&system, Strategy::RestForOne, plain(&log, 3)).await;
    assert_eq!(panic(&system, &root, &log, "1").await, ["-1", "-3", "-2", "+1", "+2", "+3"]);
    assert_eq!(panic(&system, &root, &log, "3").await, ["-3", "+3"]);
}

/// The number of failures that the supervisor still accepts, measured by using them up. `round` is the time of one round.
async fn left(
    system: &ActorSystem<TestSystem>,
    root: &SupervisorRef<TestSystem>,
    child: &str,
    round: Duration,
) -> usize {
    let worker = root.actor::<Worker>(child).unwrap();
    let mut left = 0;
    let limit = Duration::from_secs(60);
    let deadline = Deadline::new("the supervisor gives up");
    while system
        .ask_timeout(&worker, Fail, limit)
        .await
        .is_err_and(|error| matches!(error, AskError::Failed(..)))
    {
        deadline.check();
        tokio::time::sleep(round).await;
        settle().await;
        if root.has_ended() {
            return left;
        }
        left += 1;
    }
    panic!("the supervisor did not end");
}

/// SS-05
#[tokio::test(start_paused = true)]
async fn in_one_for_all_a_failed_restart_is_another_round() {
    let (system, log) = (system().await, Log::default());
    let second = Worker::new("2", &log).starting([Hook::Works, Hook::Fails, Hook::Panics]);
    let children = [Worker::new("1", &log).child(), second.child(), Worker::new("3", &log).child()];
    let tree = Supervisor::one_for_all("root").restarts(5, Duration::from_secs(1)).isolated();
    let root = system.supervise(children.into_iter().fold(tree, Supervisor::child)).await.unwrap();
    let rounds = panic(&system, &root, &log, "2").await;
    assert_eq!(
        rounds,
        ["-2", "-3", "-1", "+1", "?2", "-1", "+1", "?2", "-1", "+1", "+2", "+3"],
        "what was started again is stopped again"
    );
    assert_eq!(states(&root), ["1 running", "2 running", "3 running"]);
    assert_eq!(left(&system, &root, "1", Duration::ZERO).await, 2, "each round cost one of five");
}

/// SS-06
#[tokio::test(start_paused = true)]
async fn in_rest_for_one_a_failed_restart_does_not_affect_earlier_children() {
    let (system, log) = (system().await, Log::default());
    let second = Worker::new("2", &log).starting([Hook::Works, Hook::Fails]);
    let children = [Worker::new("1", &log).child(), second.child(), Worker::new("3", &log).child()];
    let root = workers(&system, Strategy::RestForOne, children).await;
    assert_eq!(panic(&system, &root, &log, "2").await, ["-2", "-3", "?2", "+2", "+3"]);
}

/// SS-07
#[tokio::test(start_paused = true)]
async fn two_failures_at_once_are_one_round() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_all("root").restarts(2, Duration::from_secs(1)).isolated();
    let root = system.supervise(plain(&log, 3).into_iter().fold(tree, Supervisor::child)).await.unwrap();
    for id in ["1", "3"] {
        system.try_tell(&root.actor::<Worker>(id).unwrap(), Panic).unwrap();
    }
    settle().await;
    let rounds = &log.read()[3..];
    assert_eq!(rounds.iter().filter(|entry| entry.starts_with('+')).count(), 3, "{rounds:?}");
    assert_eq!(rounds[3..], ["+1", "+2", "+3"]);
    assert_eq!(left(&system, &root, "1", Duration::ZERO).await, 1, "the round used one of two restarts");
}

/// SS-08
#[tokio::test(start_paused = true)]
async fn a_failure_while_the_others_are_stopped_begins_no_other_round() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let (system, log) = (system_with(config).await, Log::default());
    let third = Worker::new("3", &log).stopping(Hook::IsSlow);
    let slow = third.child().shutdown(airssys_rt::supervisor::Shutdown::Infinite);
    let children = [Worker::new("1", &log).child(), Worker::new("2", &log).child(), slow];
    let tree = Supervisor::one_for_all("root").restarts(2, Duration::from_secs(60)).isolated();
    let root = system.supervise(children.into_iter().fold(tree, Supervisor::child)).await.unwrap();
    system.ask(&root.actor::<Worker>("1").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&root)[1..], ["2 running", "3 stopping"]);
    system.ask(&root.actor::<Worker>("2").unwrap(), Fail).await.unwrap_err();
    tokio::time::sleep(Duration::from_secs(11)).await;
    settle().await;
    assert_eq!(log.read()[3..], ["-1", "-2", "-3", "+1", "+2", "+3"]);
    assert_eq!(
        left(&system, &root, "2", Duration::from_secs(11)).await,
        1,
        "the round used one of two restarts"
    );
}

/// RT-12
#[tokio::test(start_paused = true)]
async fn a_temporary_sibling_is_stopped_and_not_restarted() {
    for strategy in [Strategy::OneForAll, Strategy::RestForOne] {
        let (system, log) = (system().await, Log::default());
        let children = [
            Worker::new("1", &log).child(),
            Worker::new("2", &log).child().temporary(),
            Worker::new("3", &log).child(),
        ];
        let root = workers(&system, strategy, children).await;
        assert_eq!(panic(&system, &root, &log, "1").await, ["-1", "-3", "-2", "+1", "+3"]);
        assert_eq!(states(&root), ["1 running", "3 running"]);
        assert_eq!(panic(&system, &root, &log, "1").await, ["-1", "-3", "+1", "+3"]);
    }
}

/// ES-04: a significant child ends its supervisor only if it ends by itself.
#[tokio::test(start_paused = true)]
async fn a_supervisor_ends_with_its_significant_children() {
    async fn quit(system: &ActorSystem<TestSystem>, root: &SupervisorRef<TestSystem>, id: &str) {
        system.tell(&root.actor::<Worker>(id).unwrap(), Quit).await.unwrap();
        settle().await;
    }
    let log = Log::default();
    let (system, root) = significant(AutoShutdown::AnySignificant, &log).await;
    quit(&system, &root, "2").await;
    assert!(root.has_ended());
    assert_eq!(log.read(), ["+1", "+2", "+3", "-2", "-3", "-1"]);
    assert!(!system.is_shutting_down(), "the supervisor ended normally");

    let (system, root) = significant(AutoShutdown::AllSignificant, &log).await;
    quit(&system, &root, "2").await;
    assert!(!root.has_ended());
    quit(&system, &root, "3").await;
    assert!(root.has_ended());

    let (system, root) = significant(AutoShutdown::AnySignificant, &log).await;
    root.stop("2").await.unwrap();
    system.ask(&root.actor::<Worker>("1").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(
        states(&root),
        ["1 running", "2 stopped", "3 running"],
        "stopped from outside, or as a bystander"
    );
}

/// ES-04: a significant child that waits in its backoff is not the last one that has ended (as in OTP, where it counts as a child).
#[tokio::test(start_paused = true)]
async fn a_significant_child_in_its_backoff_has_not_ended() {
    for strategy in [Strategy::OneForOne, Strategy::OneForAll] {
        let (system, log) = (system().await, Log::default());
        let minute = Duration::from_secs(60);
        let significant = |name| Worker::new(name, &log).child().transient().significant();
        let tree = Supervisor::new("root", strategy)
            .auto_shutdown(AutoShutdown::AllSignificant)
            .child(significant("1").backoff(Backoff::exponential(minute, minute).unwrap()))
            .child(significant("2"));
        let root = system.supervise(tree).await.unwrap();
        system.ask(&root.actor::<Worker>("1").unwrap(), Fail).await.unwrap_err();
        settle().await;
        assert_eq!(states(&root)[0], "1 restarting in 60.0s, attempt 1");
        if strategy == Strategy::OneForOne {
            system.tell(&root.actor::<Worker>("2").unwrap(), Quit).await.unwrap();
            settle().await;
            assert_eq!(states(&root), ["1 restarting in 60.0s, attempt 1", "2 finished"]);
        }
        tokio::time::sleep(Duration::from_secs(61)).await;
        settle().await;
        assert_eq!(states(&root)[0], "1 running");
        for id in ["1", "2"] {
            assert!(!root.has_ended());
            system.tell(&root.actor::<Worker>(id).unwrap(), Quit).await.unwrap();
            settle().await;
            if strategy == Strategy::OneForOne {
                break;
            }
        }
        assert!(root.has_ended());
    }
}

async fn significant(auto: AutoShutdown, log: &Log) -> (ActorSystem<TestSystem>, SupervisorRef<TestSystem>) {
    let system = system().await;
    let tree = Supervisor::one_for_all("root")
        .auto_shutdown(auto)
        .restarts(9, Duration::from_secs(1))
        .child(Worker::new("1", log).child())
        .child(Worker::new("2", log).child().restart(Restart::Transient).significant())
        .child(Worker::new("3", log).child().restart(Restart::Transient).significant());
    let root = system.supervise(tree).await.unwrap();
    (system, root)
}

/// A sibling finishes the message that it handles before it stops.
#[tokio::test(start_paused = true)]
async fn a_sibling_finishes_its_message_and_keeps_its_mailbox() {
    let (system, log) = (system().await, Log::default());
    let root = workers(&system, Strategy::OneForAll, plain(&log, 2)).await;
    let bystander = root.actor::<Worker>("1").unwrap();
    let (hold, held, release) = Hold::new();
    system.tell(&bystander, hold).await.unwrap();
    held.await.unwrap();
    system.tell(&bystander, airssys_rt_tests::Note(7)).await.unwrap();
    system.ask(&root.actor::<Worker>("2").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(log.read()[2..], ["-2"]);
    release.send(()).unwrap();
    system.idle().await;
    assert_eq!(log.read()[2..], ["-2", "-1", "+1", "17", "+2"]);
    assert_eq!((system.counters().handled, system.counters().dead), (2, 0));
}
