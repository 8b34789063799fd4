//! Which children are stopped and started when one child fails.

use airssys_rt::{
    prelude::*,
    supervisor::{AutoShutdown, Restart, Strategy},
};
use airssys_rt_tests::{
    Deadline, Double, Fail, Hold, Hook, Log, Panic, Quit,
    bird::{Bird, Nest, nest, nest_with, states},
    settle,
};
use std::time::Duration;

const NAMES: [&str; 5] = ["1", "2", "3", "4", "5"];

/// A supervisor with this many children and many granted restarts, just started. The log is empty.
async fn birds(
    nest: &ActorSystem<Nest>,
    strategy: Strategy,
    birds: impl IntoIterator<Item = Child<Bird>>,
) -> SupervisorRef<Nest> {
    let tree = Supervisor::new("root", strategy).restarts(100, Duration::from_secs(1));
    nest.supervise(birds.into_iter().fold(tree, Supervisor::child)).await.unwrap()
}

fn plain(log: &Log, count: usize) -> Vec<Child<Bird>> {
    NAMES[..count].iter().map(|name| Bird::new(name, log).child()).collect()
}

/// Makes a child panic, and waits until the system is quiet. Returns the new log entries.
async fn panic(nest: &ActorSystem<Nest>, root: &SupervisorRef<Nest>, log: &Log, child: &str) -> Vec<String> {
    let before = log.read().len();
    let bird = root.actor::<Bird>(child).unwrap();
    nest.ask(&bird, Panic).await.unwrap_err();
    settle().await;
    log.read()[before..].to_vec()
}

/// L1, L2, L7: only the child that failed.
#[tokio::test(start_paused = true)]
async fn one_for_one_restarts_only_the_failed_child() {
    let (nest, log) = (nest().await, Log::default());
    let root = birds(&nest, Strategy::OneForOne, plain(&log, 3)).await;
    let others: Vec<_> = ["1", "3"].map(|id| root.actor::<Bird>(id).unwrap()).into();
    assert_eq!(panic(&nest, &root, &log, "2").await, ["-2", "+2"]);
    for bird in others {
        assert_eq!(nest.ask(&bird, Double(1)).await, Ok(2));
    }
    let restarts: Vec<_> = root.children().iter().map(|child| child.restarts).collect();
    assert_eq!(restarts, [0, 1, 0]);
}

/// SS-02
#[tokio::test(start_paused = true)]
async fn one_for_all_stops_the_others_in_reverse_and_starts_all_in_order() {
    let (nest, log) = (nest().await, Log::default());
    let root = birds(&nest, Strategy::OneForAll, plain(&log, 3)).await;
    let addresses: Vec<_> = NAMES[..3].iter().map(|id| root.actor::<Bird>(id).unwrap()).collect();
    assert_eq!(panic(&nest, &root, &log, "2").await, ["-2", "-3", "-1", "+1", "+2", "+3"]);
    for (bird, info) in addresses.iter().zip(nest.actors()) {
        assert_eq!(nest.ask(bird, Double(1)).await, Ok(2), "its address is as good as before");
        assert_eq!((info.id, info.incarnation), (bird.id(), 2));
    }
}

/// SS-03
#[tokio::test(start_paused = true)]
async fn rest_for_one_restarts_the_later_children() {
    let (nest, log) = (nest().await, Log::default());
    let root = birds(&nest, Strategy::RestForOne, plain(&log, 5)).await;
    assert_eq!(panic(&nest, &root, &log, "3").await, ["-3", "-5", "-4", "+3", "+4", "+5"]);
}

/// SS-04
#[tokio::test(start_paused = true)]
async fn rest_for_one_with_the_first_child_restarts_all_and_with_the_last_only_that_one() {
    let (nest, log) = (nest().await, Log::default());
    let root = birds(&nest, Strategy::RestForOne, plain(&log, 3)).await;
    assert_eq!(panic(&nest, &root, &log, "1").await, ["-1", "-3", "-2", "+1", "+2", "+3"]);
    assert_eq!(panic(&nest, &root, &log, "3").await, ["-3", "+3"]);
}

/// The number of failures that the supervisor still accepts, measured by using them up. `round` is the time of one round.
async fn left(nest: &ActorSystem<Nest>, root: &SupervisorRef<Nest>, child: &str, round: Duration) -> usize {
    let bird = root.actor::<Bird>(child).unwrap();
    let mut left = 0;
    let limit = Duration::from_secs(60);
    let deadline = Deadline::new("the supervisor gives up");
    while nest.ask_timeout(&bird, Fail, limit).await.is_err_and(|error| matches!(error, AskError::Failed(..)))
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
    let (nest, log) = (nest().await, Log::default());
    let second = Bird::new("2", &log).starting([Hook::Works, Hook::Fails, Hook::Panics]);
    let children = [Bird::new("1", &log).child(), second.child(), Bird::new("3", &log).child()];
    let tree = Supervisor::one_for_all("root").restarts(5, Duration::from_secs(1)).isolated();
    let root = nest.supervise(children.into_iter().fold(tree, Supervisor::child)).await.unwrap();
    let rounds = panic(&nest, &root, &log, "2").await;
    assert_eq!(
        rounds,
        ["-2", "-3", "-1", "+1", "?2", "-1", "+1", "?2", "-1", "+1", "+2", "+3"],
        "what was started again is stopped again"
    );
    assert_eq!(states(&root), ["1 running", "2 running", "3 running"]);
    assert_eq!(left(&nest, &root, "1", Duration::ZERO).await, 2, "each round cost one of five");
}

/// SS-06
#[tokio::test(start_paused = true)]
async fn in_rest_for_one_a_failed_restart_does_not_affect_earlier_children() {
    let (nest, log) = (nest().await, Log::default());
    let second = Bird::new("2", &log).starting([Hook::Works, Hook::Fails]);
    let children = [Bird::new("1", &log).child(), second.child(), Bird::new("3", &log).child()];
    let root = birds(&nest, Strategy::RestForOne, children).await;
    assert_eq!(panic(&nest, &root, &log, "2").await, ["-2", "-3", "?2", "+2", "+3"]);
}

/// SS-07
#[tokio::test(start_paused = true)]
async fn two_failures_at_once_are_one_round() {
    let (nest, log) = (nest().await, Log::default());
    let tree = Supervisor::one_for_all("root").restarts(2, Duration::from_secs(1)).isolated();
    let root = nest.supervise(plain(&log, 3).into_iter().fold(tree, Supervisor::child)).await.unwrap();
    for id in ["1", "3"] {
        nest.try_tell(&root.actor::<Bird>(id).unwrap(), Panic).unwrap();
    }
    settle().await;
    let rounds = &log.read()[3..];
    assert_eq!(rounds.iter().filter(|entry| entry.starts_with('+')).count(), 3, "{rounds:?}");
    assert_eq!(rounds[3..], ["+1", "+2", "+3"]);
    assert_eq!(left(&nest, &root, "1", Duration::ZERO).await, 1, "it cost one of two");
}

/// SS-08
#[tokio::test(start_paused = true)]
async fn a_failure_while_the_others_are_stopped_begins_no_other_round() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let (nest, log) = (nest_with(config).await, Log::default());
    let third = Bird::new("3", &log).stopping(Hook::IsSlow);
    let slow = third.child().shutdown(airssys_rt::supervisor::Shutdown::Infinite);
    let children = [Bird::new("1", &log).child(), Bird::new("2", &log).child(), slow];
    let tree = Supervisor::one_for_all("root").restarts(2, Duration::from_secs(60)).isolated();
    let root = nest.supervise(children.into_iter().fold(tree, Supervisor::child)).await.unwrap();
    nest.ask(&root.actor::<Bird>("1").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&root)[1..], ["2 running", "3 stopping"]);
    nest.ask(&root.actor::<Bird>("2").unwrap(), Fail).await.unwrap_err();
    tokio::time::sleep(Duration::from_secs(11)).await;
    settle().await;
    assert_eq!(log.read()[3..], ["-1", "-2", "-3", "+1", "+2", "+3"]);
    assert_eq!(left(&nest, &root, "2", Duration::from_secs(11)).await, 1, "it cost one of two");
}

/// RT-12
#[tokio::test(start_paused = true)]
async fn a_temporary_sibling_is_stopped_and_not_restarted() {
    for strategy in [Strategy::OneForAll, Strategy::RestForOne] {
        let (nest, log) = (nest().await, Log::default());
        let children = [
            Bird::new("1", &log).child(),
            Bird::new("2", &log).child().temporary(),
            Bird::new("3", &log).child(),
        ];
        let root = birds(&nest, strategy, children).await;
        assert_eq!(panic(&nest, &root, &log, "1").await, ["-1", "-3", "-2", "+1", "+3"]);
        assert_eq!(states(&root), ["1 running", "3 running"]);
        assert_eq!(panic(&nest, &root, &log, "1").await, ["-1", "-3", "+1", "+3"]);
    }
}

/// ES-04: a significant child ends its supervisor only if it ends by itself.
#[tokio::test(start_paused = true)]
async fn a_supervisor_ends_with_its_significant_children() {
    async fn quit(nest: &ActorSystem<Nest>, root: &SupervisorRef<Nest>, id: &str) {
        nest.tell(&root.actor::<Bird>(id).unwrap(), Quit).await.unwrap();
        settle().await;
    }
    let log = Log::default();
    let (nest, root) = significant(AutoShutdown::AnySignificant, &log).await;
    quit(&nest, &root, "2").await;
    assert!(root.has_ended());
    assert_eq!(log.read(), ["+1", "+2", "+3", "-2", "-3", "-1"]);
    assert!(!nest.is_shutting_down(), "it ended in good order");

    let (nest, root) = significant(AutoShutdown::AllSignificant, &log).await;
    quit(&nest, &root, "2").await;
    assert!(!root.has_ended());
    quit(&nest, &root, "3").await;
    assert!(root.has_ended());

    let (nest, root) = significant(AutoShutdown::AnySignificant, &log).await;
    root.stop("2").await.unwrap();
    nest.ask(&root.actor::<Bird>("1").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(
        states(&root),
        ["1 running", "2 stopped", "3 running"],
        "stopped from outside, or as a bystander"
    );
}

async fn significant(auto: AutoShutdown, log: &Log) -> (ActorSystem<Nest>, SupervisorRef<Nest>) {
    let nest = nest().await;
    let tree = Supervisor::one_for_all("root")
        .auto_shutdown(auto)
        .restarts(9, Duration::from_secs(1))
        .child(Bird::new("1", log).child())
        .child(Bird::new("2", log).child().restart(Restart::Transient).significant())
        .child(Bird::new("3", log).child().restart(Restart::Transient).significant());
    let root = nest.supervise(tree).await.unwrap();
    (nest, root)
}

/// A sibling finishes the message that it handles before it stops.
#[tokio::test(start_paused = true)]
async fn a_sibling_finishes_its_message_and_keeps_its_mailbox() {
    let (nest, log) = (nest().await, Log::default());
    let root = birds(&nest, Strategy::OneForAll, plain(&log, 2)).await;
    let bystander = root.actor::<Bird>("1").unwrap();
    let (hold, held, release) = Hold::new();
    nest.tell(&bystander, hold).await.unwrap();
    held.await.unwrap();
    nest.tell(&bystander, airssys_rt_tests::Note(7)).await.unwrap();
    nest.ask(&root.actor::<Bird>("2").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(log.read()[2..], ["-2"]);
    release.send(()).unwrap();
    nest.quiet().await;
    assert_eq!(log.read()[2..], ["-2", "-1", "+1", "17", "+2"]);
    assert_eq!((nest.counters().handled, nest.counters().dead), (2, 0));
}
