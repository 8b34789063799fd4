//! Races: commands to a supervisor while its children or the supervisor itself start, restart or end.

use airssys_rt::{
    backoff::Backoff,
    prelude::*,
    supervisor::{ControlError, Restart, Shutdown, Strategy},
};
use airssys_rt_tests::{
    Fail, Hook, Log, settle,
    worker::{Fall, Worker, states, system},
};
use std::{collections::BTreeSet, task::Poll, time::Duration};
use tokio::time::Instant;

/// AD-02: if another caller stops a child that is being started, the start fails with "stopped", not with "shutting down".
#[tokio::test(start_paused = true)]
async fn a_start_fails_with_stopped_when_another_caller_stops_the_child() {
    let slow = |log: &Log| Worker::new("a", log).starting([Hook::IsSlow, Hook::IsSlow]);
    for restart in [false, true] {
        let (system, log) = (system().await, Log::default());
        let root = system.supervise(Supervisor::one_for_one("root")).await.unwrap();
        let worker = slow(&log);
        if restart {
            worker.starts.lock().unwrap().push_front(Hook::Works);
            root.start(worker.child()).await.unwrap();
            root.stop("a").await.unwrap();
        }
        let start = {
            let root = root.clone();
            async move {
                if restart { root.restart("a").await } else { root.start(worker.child()).await.map(drop) }
            }
        };
        let start = tokio::spawn(start);
        settle().await;
        assert_eq!(states(&root), ["a starting"]);
        root.stop("a").await.unwrap();
        let error = start.await.unwrap().unwrap_err();
        assert_eq!(error, ControlError::Stopped("a".into()), "restart: {restart}");
        assert_eq!(states(&root), ["a stopped"]);
        system.shutdown().await.unwrap();
    }
}

/// AD-02: the same for a child whose start waits for another child.
#[tokio::test(start_paused = true)]
async fn a_queued_start_that_never_begins_fails_with_the_reason() {
    let (system, log) = (system().await, Log::default());
    let backoff = Backoff::exponential(Duration::from_secs(10), Duration::from_secs(10)).unwrap();
    let tree = Supervisor::rest_for_one("root").child(Worker::new("a", &log).child().backoff(backoff));
    let root = system.supervise(tree).await.unwrap();
    for ends in ["stop", "shutdown"] {
        system.ask(&root.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let begin = Instant::now();
        let start = tokio::spawn({
            let (root, child) = (root.clone(), Worker::new(ends, &log).child());
            async move { root.start(child).await }
        });
        settle().await;
        assert_eq!(states(&root).last().unwrap(), &format!("{ends} starting"));
        let expected = match ends {
            "stop" => {
                root.stop(ends).await.unwrap();
                ControlError::Stopped(ends.into())
            }
            _ => {
                root.shutdown().await;
                ControlError::ShuttingDown
            }
        };
        assert_eq!(start.await.unwrap().unwrap_err(), expected);
        assert_eq!(begin.elapsed(), Duration::ZERO, "the start does not wait for the delay of another child");
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
    assert_eq!(log.read(), ["+a", "-a", "+a", "-a"]);
}

/// In a group a child starts after the children before it, also by hand, because it may need them. All other commands are
/// answered at once.
#[tokio::test(start_paused = true)]
async fn in_a_group_a_start_by_hand_waits_for_the_children_before() {
    for strategy in [Strategy::OneForAll, Strategy::RestForOne] {
        let (system, log) = (system().await, Log::default());
        let backoff = Backoff::exponential(Duration::from_secs(10), Duration::from_secs(10)).unwrap();
        let tree = Supervisor::new("root", strategy)
            .child(Worker::new("a", &log).child())
            .child(Worker::new("b", &log).child().backoff(backoff))
            .child(Worker::new("c", &log).child());
        let root = system.supervise(tree).await.unwrap();
        root.stop("a").await.unwrap();
        root.stop("c").await.unwrap();
        system.ask(&root.actor::<Worker>("b").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let begin = Instant::now();
        root.restart("a").await.unwrap();
        assert_eq!(begin.elapsed(), Duration::ZERO, "no child is before it");
        let (started, restarted) =
            tokio::join!(root.start(Worker::new("d", &log).child()), root.restart("c"));
        started.unwrap();
        restarted.unwrap();
        assert_eq!(begin.elapsed(), Duration::from_secs(10), "{strategy}");
        assert_eq!(log.read()[3..], ["-a", "-c", "-b", "+a", "+b", "+c", "+d"], "{strategy}");
    }
}

/// While a supervisor restarts, a start by hand waits until its children have started, and its failure does not fail the restart.
#[tokio::test(start_paused = true)]
async fn a_start_by_hand_during_the_restart_of_its_supervisor_comes_after_the_other_starts() {
    let (system, log) = (system().await, Log::default());
    let slow = [airssys_rt_tests::Hook::Works, airssys_rt_tests::Hook::IsSlow];
    let below = Supervisor::one_for_one("below")
        .restarts(0, Duration::from_secs(1))
        .child(Worker::new("a", &log).starting(slow).child())
        .child(Worker::new("b", &log).child());
    let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
    let below = root.supervisor("below").unwrap();
    system.ask(&below.actor::<Worker>("b").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&below), ["a starting", "b starting"]);
    let begin = tokio::time::Instant::now();
    let worker = Worker::new("c", &log).starting([airssys_rt_tests::Hook::Fails]);
    let by_hand = below.start(worker.child());
    let (failed, stopped) = tokio::join!(by_hand, below.stop("b"));
    assert!(matches!(failed, Err(ControlError::Start { .. })), "{failed:?}");
    stopped.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(10));
    assert_eq!(states(&below), ["a running", "b stopped"], "a child that does not start is not added");
    assert_eq!(log.read()[2..], ["-b", "-a", "?a", "+a", "?c"]);
    assert_eq!(states(&root), ["below running"]);
}

/// A child that failed while its supervisor still starts can be stopped at once.
#[tokio::test(start_paused = true)]
async fn an_ended_child_is_stopped_at_once_while_its_supervisor_starts() {
    for restart in [Restart::Permanent, Restart::Temporary] {
        let (system, log) = (system().await, Log::default());
        let below = Supervisor::one_for_one("below")
            .restarts(0, Duration::from_secs(1))
            .child(Worker::new("a", &log).child().restart(restart).shutdown(Shutdown::Infinite))
            .child(Worker::new("b", &log).child())
            .child(Worker::new("c", &log).starting([Hook::Works, Hook::IsSlow]).child());
        let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
        let below = root.supervisor("below").unwrap();
        system.ask(&below.actor::<Worker>("b").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let begin = Instant::now();
        system.ask(&below.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let stopped = tokio::time::timeout(Duration::from_secs(60), below.stop("a")).await;
        stopped.expect("the stop returns").unwrap();
        assert_eq!(begin.elapsed(), Duration::ZERO);
        tokio::time::timeout(Duration::from_secs(60), root.shutdown()).await.expect("it ends");
    }
}

/// Yields this many times. (`yield_now` of tokio lets all other tasks run.)
async fn yield_times(mut turns: u32) {
    std::future::poll_fn(|cx| {
        if turns == 0 {
            return Poll::Ready(());
        }
        turns -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// SS-07: a supervisor gives up while its parent stops it because of another child, in every possible order of the two. Its
/// next incarnation does not get the stop that was meant for the one before.
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_gives_up_while_it_is_stopped_restarts_once() {
    let one_round = ["+b", "+a", "-b", "-a", "+b", "+a"].map(str::to_owned).to_vec();
    let two_rounds = [&one_round[..], &["-a", "-b", "+b", "+a"].map(str::to_owned)].concat();
    let mut ways = BTreeSet::new();
    for turns in 0..12 {
        let (system, log) = (system().await, Log::default());
        let below = Supervisor::one_for_one("below").restarts(0, Duration::from_secs(1));
        let tree = Supervisor::one_for_all("root")
            .restarts(2, Duration::from_secs(1))
            .supervisor(below.child(Worker::new("b", &log).child()))
            .child(Worker::new("a", &log).child());
        let root = system.supervise(tree).await.unwrap();
        let b = root.supervisor("below").unwrap().actor::<Worker>("b").unwrap();
        let (handle, a) = (system.clone(), root.actor::<Worker>("a").unwrap());
        let fall = async move {
            handle.try_tell(&b, Fall).unwrap();
            yield_times(turns).await;
            handle.try_tell(&a, Fall).unwrap();
        };
        tokio::spawn(fall).await.unwrap();
        system.idle().await;
        settle().await;
        let lives = log.read();
        assert!(lives == one_round || lives == two_rounds, "after {turns} turns: {lives:?}");
        ways.insert(lives);
    }
    assert_eq!(ways.len(), 2, "before and after");
}
