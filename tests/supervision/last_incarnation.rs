//! A child that is stopped for good: its mailbox closes at once, and no sender or asker waits for its `post_stop`.

use airssys_rt::{backoff::Backoff, mailbox::MailboxPolicy, prelude::*, supervisor::Shutdown};
use airssys_rt_tests::{
    Double, Fail, Hold, Hook, Log, Note, on_every_runtime, settle,
    worker::{TestSystem, Worker, states, system},
};
use std::{pin::pin, time::Duration};
use tokio::time::{Instant, sleep};

/// A supervisor with one child whose mailbox has room for two and whose `post_stop` takes ten seconds.
async fn tree(system: &ActorSystem<TestSystem>, log: &Log) -> (SupervisorRef<TestSystem>, ActorRef<Worker>) {
    let slow = Worker::new("1", log).stopping(Hook::IsSlow);
    let child = slow.child().mailbox(MailboxPolicy::bounded(2)).shutdown(Shutdown::Infinite);
    let root = system.supervise(Supervisor::one_for_all("root").child(child)).await.unwrap();
    let child = root.actor("1").unwrap();
    (root, child)
}

/// MB-12: from the stop on, tells are errors, blocked senders have their message back, and asks hear before `post_stop`.
#[tokio::test(start_paused = true)]
async fn the_mailbox_of_a_child_that_is_stopped_for_good_closes_at_once() {
    for by in ["stop", "shutdown of the supervisor", "stop of the supervisor"] {
        let (system, log) = (system().await, Log::default());
        let top = Supervisor::one_for_one("top").supervisor(Supervisor::one_for_one("below"));
        let top = system.supervise(top).await.unwrap();
        let slow = Worker::new("1", &log).stopping(Hook::IsSlow).child().shutdown(Shutdown::Infinite);
        let below = top.supervisor("below").unwrap();
        let child = below.start(slow.mailbox(MailboxPolicy::bounded(2))).await.unwrap();
        let (hold, held, release) = Hold::new();
        system.tell(&child, hold).await.unwrap();
        held.await.unwrap();
        let mut queued = pin!(system.ask(&child, Double(1)));
        let mut blocked = pin!(system.tell(&child, Note(1)));
        assert!(airssys_rt_tests::poll_once(queued.as_mut()).is_pending());
        assert!(airssys_rt_tests::poll_once(blocked.as_mut()).is_pending());
        let stop = tokio::spawn({
            let (top, below) = (top.clone(), below.clone());
            async move {
                match by {
                    "stop" => below.stop("1").await.unwrap(),
                    "shutdown of the supervisor" => below.shutdown().await,
                    _ => top.stop("below").await.unwrap(),
                }
            }
        });
        settle().await;
        let begin = Instant::now();
        assert!(!child.is_alive(), "{by}");
        assert!(matches!(blocked.await, Err(SendError::Stopped(Note(1)))), "{by}");
        assert!(matches!(system.try_tell(&child, Note(2)), Err(SendError::Stopped(Note(2)))), "{by}");
        assert!(matches!(system.ask(&child, Double(1)).await, Err(AskError::Stopped(..))), "{by}");
        release.send(()).unwrap();
        assert!(matches!(queued.await, Err(AskError::Stopped(..))), "{by}");
        assert_eq!(
            (begin.elapsed(), system.counters().dead),
            (Duration::ZERO, 2),
            "{by}: before `post_stop`"
        );
        stop.await.unwrap();
        assert_eq!(begin.elapsed(), Duration::from_secs(5), "{by}: the limit of `post_stop`");
        let counters = system.counters();
        assert_eq!((counters.handled, counters.dead, counters.queued), (1, 2, 0), "{by}");
    }
}

/// MB-12: the same for an actor without a supervisor: an ask that is queued does not wait for `post_stop`.
#[tokio::test(start_paused = true)]
async fn a_queued_ask_does_not_wait_for_post_stop() {
    for kills in [false, true] {
        let (system, log) = (system().await, Log::default());
        let actor = system.spawn(Worker::new("1", &log).stopping(Hook::IsSlow)).await.unwrap();
        let (hold, held, _release) = Hold::new();
        system.tell(&actor, hold).await.unwrap();
        held.await.unwrap();
        let mut queued = pin!(system.ask(&actor, Double(1)));
        assert!(airssys_rt_tests::poll_once(queued.as_mut()).is_pending());
        let begin = Instant::now();
        let stop = tokio::spawn({
            let (system, actor) = (system.clone(), actor.clone());
            async move { if kills { system.kill(&actor).await } else { system.stop(&actor).await } }
        });
        settle().await;
        drop(_release);
        assert!(matches!(queued.await, Err(AskError::Stopped(..))));
        assert_eq!(begin.elapsed(), Duration::ZERO);
        stop.await.unwrap();
        let counters = system.counters();
        let handled = u64::from(!kills);
        assert_eq!((counters.handled, counters.dead, counters.queued), (handled, 2 - handled, 0));
    }
}

/// MB-12: a child that stops for a restart keeps its mailbox, until it is stopped for good.
#[tokio::test(start_paused = true)]
async fn a_restart_that_becomes_a_stop_closes_the_mailbox() {
    for by in ["stop", "shutdown"] {
        let (system, log) = (system().await, Log::default());
        let (root, child) = tree(&system, &log).await;
        let other = root.start(Worker::new("2", &log).child()).await.unwrap();
        let (hold, held, _release) = Hold::new();
        system.tell(&child, hold).await.unwrap();
        held.await.unwrap();
        system.ask(&other, Fail).await.unwrap_err();
        settle().await;
        assert_eq!(states(&root)[0], "1 stopping");
        system.try_tell(&child, Note(1)).unwrap();
        let stop = tokio::spawn({
            let root = root.clone();
            async move { if by == "stop" { root.stop("1").await.unwrap() } else { root.shutdown().await } }
        });
        settle().await;
        assert!(matches!(system.try_tell(&child, Note(2)), Err(SendError::Stopped(Note(2)))), "{by}");
        drop(_release);
        stop.await.unwrap();
        assert_eq!(system.counters().dead, 1, "{by}");
    }
}

/// MB-12: a child that is restarted keeps its mailbox open.
#[test]
fn the_mailbox_of_a_child_that_is_restarted_stays_open() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let root = Supervisor::one_for_all("root").restarts(9, Duration::from_secs(1));
        let root = root.child(Worker::new("1", &log).child());
        let root = system.supervise(root.child(Worker::new("2", &log).child())).await.unwrap();
        let child = root.actor::<Worker>("1").unwrap();
        let (hold, held, release) = Hold::new();
        system.tell(&child, hold).await.unwrap();
        held.await.unwrap();
        system.ask(&root.actor::<Worker>("2").unwrap(), Fail).await.unwrap_err();
        system.tell(&child, Note(1)).await.unwrap();
        release.send(()).unwrap();
        airssys_rt_tests::until("the note is handled", || log.read().contains(&"11".to_owned())).await;
        system.stop(&child).await;
        system.tell(&child, Note(2)).await.unwrap();
        system.idle().await;
        assert_eq!(system.counters().dead, 0);
    });
}

/// SD-03: a shutdown does not wait for messages that no incarnation can handle within the drain limit.
#[tokio::test(start_paused = true)]
async fn a_shutdown_does_not_wait_for_a_backoff_beyond_its_limit() {
    for (seconds, in_group) in [(60, false), (60, true), (5, false), (5, true)] {
        let (system, log) = (system().await, Log::default());
        let delay = Duration::from_secs(seconds);
        let backoff = Backoff::exponential(delay, delay).unwrap();
        let tree = if in_group { Supervisor::one_for_all("root") } else { Supervisor::one_for_one("root") };
        let first = Worker::new("1", &log).child().backoff(backoff);
        let root = system.supervise(tree.child(first).child(Worker::new("2", &log).child())).await.unwrap();
        let (first, second) = (root.actor::<Worker>("1").unwrap(), root.actor::<Worker>("2").unwrap());
        system.ask(&first, Fail).await.unwrap_err();
        if seconds == 60 {
            settle().await; // else the backoff begins during the shutdown
        }
        for n in 0..3 {
            system.tell(&first, Note(n)).await.unwrap();
            system.tell(&second, Note(n)).await.unwrap();
        }
        let begin = Instant::now();
        let report = system.shutdown().await.unwrap();
        let (elapsed, dead) = match (seconds, in_group) {
            (60, false) => (0, 3),
            (60, true) => (0, 6),
            _ => (5, 0),
        };
        assert_eq!(
            (begin.elapsed().as_secs(), report.dead),
            (elapsed, dead),
            "{seconds} s, group: {in_group}"
        );
    }
}

/// SD-03: a backoff that begins during the drain is no longer awaited.
#[tokio::test(start_paused = true)]
async fn a_shutdown_stops_waiting_when_a_long_backoff_begins() {
    let (system, log) = (system().await, Log::default());
    let minute = Duration::from_secs(60);
    let child = Worker::new("1", &log).child().backoff(Backoff::exponential(minute, minute).unwrap());
    let root = system.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
    let child = root.actor::<Worker>("1").unwrap();
    let (hold, held, release) = Hold::new();
    system.tell(&child, hold).await.unwrap();
    held.await.unwrap();
    system.tell(&child, airssys_rt_tests::worker::Fall).await.unwrap();
    system.tell(&child, Note(1)).await.unwrap();
    let begin = Instant::now();
    let shutdown = tokio::spawn({
        let system = system.clone();
        async move { system.shutdown().await.unwrap() }
    });
    sleep(Duration::from_secs(2)).await;
    release.send(()).unwrap();
    assert_eq!(shutdown.await.unwrap().dead, 1, "the queued one");
    assert_eq!(begin.elapsed().as_secs(), 2);
}
