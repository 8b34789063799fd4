//! Mailboxes to the message: capacity is freed one by one, belongs to waiting senders first, and ends with the mailbox.
//!
//! The messages run a closure in the handler, so the test looks at the mailbox between two messages of one batch.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Hold, Hook, Hooked, Lab, Log, Note, Quit, Scribe, lab, logging_waker, paused, poll_once, settle, until,
};
use std::{
    future::Future,
    pin::{Pin, pin},
    sync::mpsc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::Instant;

/// Runs in the handler.
#[message]
struct Run(Box<dyn FnOnce() + Send>);

struct Runner;

#[actor]
impl Runner {
    #[handler]
    fn run(&mut self, Run(code): Run) {
        code();
    }
}

#[actor_system(actors(Runner))]
struct Running;

async fn runner(capacity: u32) -> (ActorSystem<Running>, ActorRef<Runner>, Log) {
    let system = ActorSystem::<Running>::start(SystemConfig::default()).await.unwrap();
    let runner = system.spawn(Runner).capacity(capacity).await.unwrap();
    settle().await; // it waits for its first message
    (system, runner, Log::default())
}

async fn runner_on_thread(capacity: u32) -> (ActorSystem<Running>, ActorRef<Runner>, Log) {
    let system = ActorSystem::<Running>::start(SystemConfig::default()).await.unwrap();
    let runner = system.spawn(Runner).capacity(capacity).on_thread().await.unwrap();
    settle().await; // it waits for its first message
    (system, runner, Log::default())
}

fn log(log: &Log, entry: &'static str) -> Run {
    let log = log.clone();
    Run(Box::new(move || log.add(entry)))
}

/// A message that tries to send `count` messages to its own mailbox, and logs how each attempt ended.
fn attempts(system: &ActorSystem<Running>, runner: &ActorRef<Runner>, log: &Log, count: u32) -> Run {
    let (system, runner, log) = (system.clone(), runner.clone(), log.clone());
    Run(Box::new(move || {
        for _ in 0..count {
            let end = match system.try_tell(&runner, Run(Box::new(|| ()))) {
                Ok(_) => "accepted",
                Err(SendError::Full(_)) => "full",
                Err(_) => "another error",
            };
            log.add(end);
        }
    }))
}

/// MB-01: up to capacity 64 each handled message frees its capacity at once, and no more than that.
#[tokio::test(start_paused = true)]
async fn a_small_mailbox_is_exact_between_two_messages() {
    for capacity in [3, 64] {
        let (system, runner, seen) = runner(capacity).await;
        let begin = capacity - 2;
        for _ in 0..begin {
            system.try_tell(&runner, attempts(&system, &runner, &seen, 0)).unwrap();
        }
        // When the last of these three runs, all before them are handled, and `begin` places are free.
        system.try_tell(&runner, attempts(&system, &runner, &seen, begin)).unwrap();
        system.try_tell(&runner, attempts(&system, &runner, &seen, 3)).unwrap();
        settle().await;
        let mut expected = vec!["accepted"; begin as usize];
        expected.extend(["accepted", "full", "full"]);
        assert_eq!(seen.read(), expected, "capacity {capacity}");
    }
}

/// MB-01: up to capacity 64 a waiting sender is accepted before the next message is handled, not at the end of the batch.
#[tokio::test(start_paused = true)]
async fn a_waiting_sender_is_accepted_between_two_messages() {
    let (system, runner, seen) = runner(2).await;
    for entry in ["first", "second"] {
        system.try_tell(&runner, log(&seen, entry)).unwrap();
    }
    let mut blocked = pin!(system.tell(&runner, log(&seen, "third")));
    let waker = logging_waker(&seen, "accepted");
    assert!(blocked.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    settle().await;
    assert_eq!(seen.read(), ["first", "accepted", "second", "third"]);
    assert!(blocked.as_mut().poll(&mut Context::from_waker(&waker)).is_ready());
}

/// MB-01: the capacity of handled messages belongs to the senders that wait. One that does not wait cannot take it, in a mailbox of any
/// size.
#[tokio::test(start_paused = true)]
async fn free_capacity_does_not_go_past_a_waiting_sender() {
    for capacity in [2, 64, 65, 1000] {
        let (system, runner, seen) = runner(capacity).await;
        system.try_tell(&runner, log(&seen, "first")).unwrap();
        for _ in 2..capacity {
            system.try_tell(&runner, Run(Box::new(|| ()))).unwrap();
        }
        system.try_tell(&runner, attempts(&system, &runner, &seen, 1)).unwrap();
        // As many senders wait as there are places.
        let mut blocked: Vec<Pin<Box<_>>> =
            (0..capacity).map(|_| Box::pin(system.tell(&runner, Run(Box::new(|| ()))))).collect();
        let waker = logging_waker(&Log::default(), "");
        for sender in &mut blocked {
            assert!(sender.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
        settle().await;
        assert_eq!(seen.read(), ["first", "full"], "capacity {capacity}");
        for sender in &mut blocked {
            assert!(matches!(sender.as_mut().poll(&mut Context::from_waker(&waker)), Poll::Ready(Ok(_))));
        }
    }
}

/// MB-12: a drain, a stop and a kill give blocked senders their messages back at once, while the handler still runs. (It blocks its thread,
/// so the kill waits for it.)
#[test]
fn a_drain_or_stop_gives_blocked_senders_their_messages_back_at_once() {
    for by in ["drain", "stop", "kill"] {
        paused().block_on(async {
            let (system, runner, _) = runner_on_thread(1).await;
            let (release, gate) = mpsc::channel::<()>();
            let (started, starts) = mpsc::channel();
            let handler = move || {
                started.send(()).unwrap();
                let _ = gate.recv();
            };
            system.tell(&runner, Run(Box::new(handler))).await.unwrap();
            // The thread of the test is that of the runtime, which hands the actor to its own thread.
            until("the handler runs", || starts.try_recv().is_ok()).await;
            let blocked = tokio::spawn({
                let (system, runner) = (system.clone(), runner.clone());
                async move { system.tell(&runner, Run(Box::new(|| ()))).await }
            });
            settle().await;
            let end = tokio::spawn({
                let (system, runner) = (system.clone(), runner.clone());
                async move {
                    match by {
                        "drain" => system.drain(&runner).await,
                        "stop" => system.stop(&runner).await,
                        _ => system.kill(&runner).await,
                    }
                }
            });
            until("the blocked sender has its message back", || blocked.is_finished()).await;
            assert!(matches!(blocked.await.unwrap(), Err(SendError::Stopped(Run(_)))), "{by}");
            assert!(!end.is_finished(), "{by}: the handler still runs");
            drop(release);
            end.await.unwrap();
        });
    }
}

/// MB-12: an actor that stops itself gives blocked senders their messages back before its `post_stop`.
#[tokio::test(start_paused = true)]
async fn an_actor_that_stops_itself_gives_messages_back_before_its_post_stop() {
    let (lab, seen): (ActorSystem<Lab>, _) = (lab().await, Log::default());
    let slow = Hooked { log: seen.clone(), start: Hook::Works, stop: Hook::IsSlow, error: Hook::Works };
    let hooked = lab.spawn(slow).capacity(2).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&hooked, hold).await.unwrap();
    held.await.unwrap();
    lab.tell(&hooked, Quit).await.unwrap();
    let send = |n| {
        let (lab, hooked) = (lab.clone(), hooked.clone());
        tokio::spawn(async move { lab.tell(&hooked, Note(n)).await })
    };
    let (first, second) = (send(1), send(2));
    settle().await;
    let begin = Instant::now();
    release.send(()).unwrap();
    assert_eq!(first.await.unwrap().unwrap(), Sent::Queued, "it has the place of the handler that has ended");
    assert!(matches!(second.await.unwrap(), Err(SendError::Stopped(Note(2)))));
    assert_eq!(begin.elapsed(), Duration::ZERO, "`post_stop` takes ten seconds");
}

/// MB-05: a `tell_timeout` whose message the mailbox accepts before the end of its time, or at its very end, and that is polled only later:
/// the message was sent.
#[tokio::test(start_paused = true)]
async fn a_tell_timeout_that_is_accepted_in_time_and_polled_late_is_sent() {
    let limit = Duration::from_secs(1);
    for early in [Duration::from_millis(100), Duration::ZERO] {
        let (lab, seen) = (lab().await, Log::default());
        let scribe = Scribe { seen: seen.clone(), ..Scribe::default() };
        let scribe = lab.spawn(scribe).capacity(1).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        let mut tell = pin!(lab.tell_timeout(&scribe, Note(1), limit));
        assert!(poll_once(tell.as_mut()).is_pending());
        tokio::time::advance(limit - early).await;
        release.send(()).unwrap();
        settle().await;
        assert_eq!(seen.read(), ["1"], "it is accepted and handled");
        tokio::time::advance(2 * early).await;
        assert!(matches!(tell.await, Ok(Sent::Queued)), "{early:?}");
    }
}
