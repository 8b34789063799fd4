//! System shutdown: accepted messages are handled, actors stop youngest first, late ones are aborted and named.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Clock, Double, Hold, Hook, Hooked, Lab, Listener, Log, Never, Note, Pass, Relay, Scribe, Tick, Ticked,
    lab, lab_with, on_every_runtime, paused, poll_once, settle, two_threads, until_no_task_is_left,
    with_time_limit,
};
use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Wake, Waker},
    time::Duration,
};
use tokio::time::Instant;

/// DR-03 (without children): accepted messages are handled, and so are the messages that they cause.
#[test]
fn a_shutdown_drains_a_pipeline() {
    on_every_runtime(|| async {
        let (lab, seen, heard) = (lab().await, Log::default(), Log::default());
        let scribe = lab.spawn(Scribe { seen: seen.clone(), ..Scribe::default() }).capacity(2).await.unwrap();
        let relay = lab.spawn(Relay { to: scribe }).await.unwrap();
        lab.spawn(Listener { heard: heard.clone() }).capacity(1).await.unwrap();
        let clock = lab.spawn(Clock).await.unwrap();
        for n in 0..100 {
            lab.tell(&relay, Pass(n)).await.unwrap();
            lab.tell(&clock, Tick { n: n * 2, fails: false }).await.unwrap();
        }
        let report = lab.shutdown().await.unwrap();
        assert_eq!((report.stopped, report.dead), (4, 0));
        assert_eq!(seen.read(), (0..100).map(|n| n.to_string()).collect::<Vec<_>>());
        assert_eq!(heard.read(), (0..200).map(|n| n.to_string()).collect::<Vec<_>>());
    });
}

/// G4, G5, G11
#[test]
fn after_a_shutdown_everything_from_outside_is_refused() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).named("x").await.unwrap();
        assert!(!lab.is_shutting_down());
        lab.shutdown().await.unwrap();
        assert!(lab.is_shutting_down());
        assert!(matches!(lab.tell(&scribe, Note(1)).await, Err(SendError::ShuttingDown(Note(1)))));
        assert!(matches!(lab.try_tell(&scribe, Note(1)), Err(SendError::ShuttingDown(Note(1)))));
        let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
        assert!(matches!(error, AskError::ShuttingDown(_)), "{error}");
        assert!(lab.publish(Ticked(1)).await.is_err());
        assert_eq!(lab.spawn(Scribe::default()).await.unwrap_err(), SpawnError::ShuttingDown);
        assert!(lab.named::<Scribe>("x").is_none());
        assert_eq!(lab.stop(&scribe).await.reason(), &ExitReason::Shutdown);
    });
}

/// I3
#[test]
fn after_a_shutdown_no_task_is_left() {
    on_every_runtime(|| async {
        let lab = lab().await;
        for n in 0..100 {
            lab.spawn(Scribe::default()).named(format!("scribe {n}")).await.unwrap();
        }
        lab.shutdown().await.unwrap();
        drop(lab);
        // The task that ran the shutdown may not have ended yet.
        until_no_task_is_left().await;
    });
}

/// SD-01 (for the actors of a system): the youngest actor first, one at a time.
#[tokio::test(start_paused = true)]
async fn actors_are_stopped_in_reverse_order_of_start() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(60));
    let (lab, log) = (lab_with(config).await, Log::default());
    for _ in 0..3 {
        lab.spawn(Hooked { log: log.clone(), stop: Hook::IsSlow, ..Hooked::default() }).await.unwrap();
    }
    let begin = Instant::now();
    lab.shutdown().await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(30));
    let stops = ["post_stop", "dropped"].repeat(3);
    assert_eq!(log.read()[3..], stops, "each has stopped before the next begins");
}

/// SD-08
#[test]
fn all_callers_of_shutdown_get_one_result_of_one_shutdown() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        lab.spawn(Hooked { log: log.clone(), ..Hooked::default() }).await.unwrap();
        let callers: Vec<_> = (0..8)
            .map(|_| {
                let lab = lab.clone();
                tokio::spawn(async move { lab.shutdown().await })
            })
            .collect();
        let report = lab.shutdown().await;
        for caller in callers {
            assert_eq!(caller.await.unwrap(), report);
        }
        assert_eq!(lab.shutdown().await, report);
        assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
    });
}

/// SD-05
#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_does_not_stop_the_shutdown() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(60));
    let (lab, log) = (lab_with(config).await, Log::default());
    lab.spawn(Hooked { log: log.clone(), stop: Hook::IsSlow, ..Hooked::default() }).await.unwrap();
    assert!(tokio::time::timeout(Duration::from_millis(100), lab.shutdown()).await.is_err());
    tokio::time::advance(Duration::from_secs(10)).await;
    settle().await;
    assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
}

/// DR-04
#[tokio::test(start_paused = true)]
async fn an_actor_that_does_not_stop_in_time_is_aborted_and_named() {
    let (lab, log) = (lab().await, Log::default());
    let _good = lab.spawn(Scribe::default()).await.unwrap();
    let stuck = lab.spawn(Hooked { log: log.clone(), ..Hooked::default() }).named("stuck").await.unwrap();
    let (hold, held, _release) = Hold::new();
    lab.tell(&stuck, hold).await.unwrap();
    lab.tell(&stuck, Note(1)).await.unwrap();
    lab.tell(&stuck, Note(2)).await.unwrap();
    held.await.unwrap();
    let begin = Instant::now();
    let error = lab.shutdown().await.unwrap_err();
    // 10 s to drain, 5 s to stop.
    assert_eq!(begin.elapsed(), Duration::from_secs(15));
    let [aborted] = &error.aborted[..] else { panic!("{error}") };
    assert_eq!((aborted.actor, aborted.id, aborted.name.as_deref()), ("Hooked", stuck.id(), Some("stuck")));
    assert!(!aborted.stuck, "it ended when it was killed");
    assert_eq!((error.report.stopped, error.report.dead), (1, 3));
    assert_eq!(lab.stop(&stuck).await.reason(), &ExitReason::Killed);
    assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"], "`post_stop` runs after a kill as well");
    let text = format!("did not stop in time and had to be aborted: Hooked {} (stuck)", stuck.id());
    assert_eq!(error.to_string(), text);
}

/// DR-04: many actors that hang take no longer than one.
#[tokio::test(start_paused = true)]
async fn many_actors_that_hang_are_aborted_together() {
    let lab = lab().await;
    let mut asks = Vec::new();
    for _ in 0..100 {
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let lab = lab.clone();
        asks.push(tokio::spawn(async move { lab.ask_timeout(&scribe, Never, Duration::MAX).await }));
    }
    settle().await;
    let begin = Instant::now();
    assert_eq!(lab.shutdown().await.unwrap_err().aborted.len(), 100);
    assert_eq!(begin.elapsed(), Duration::from_secs(10 + 5 + 5));
    for ask in asks {
        assert!(ask.await.unwrap().is_err(), "no ask waits for ever");
    }
}

/// ST-04, SD-07: an actor that is starting when the system ends does not start.
#[tokio::test(start_paused = true)]
async fn an_actor_that_starts_too_late_is_refused() {
    let (lab, log) = (lab().await, Log::default());
    let spawn = tokio::spawn({
        let (lab, log) = (lab.clone(), log.clone());
        async move { lab.spawn(Hooked { log, start: Hook::Hangs, ..Hooked::default() }).await }
    });
    settle().await;
    assert_eq!(lab.shutdown().await.unwrap_err().aborted.len(), 1);
    assert_eq!(spawn.await.unwrap().unwrap_err(), SpawnError::ShuttingDown);
    assert_eq!(log.read(), ["pre_start", "dropped"]);
}

/// DR-08
#[test]
fn a_system_that_is_dropped_kills_its_actors() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let other = lab.clone();
        let actor = lab.spawn(Hooked { log: log.clone(), ..Hooked::default() }).await.unwrap();
        let (hold, held, _release) = Hold::new();
        lab.tell(&actor, hold).await.unwrap();
        held.await.unwrap();
        drop(lab);
        assert!(actor.is_alive(), "another handle is left");
        drop(other);
        until_no_task_is_left().await;
        assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
        assert!(!actor.is_alive());
    });
}

/// DR-08: a runtime that is dropped before the system does not hang either.
#[test]
fn a_runtime_that_is_dropped_first_ends_the_actors() {
    let log = Log::default();
    let runtime = two_threads();
    let (lab, actor) = runtime.block_on(async {
        let lab = lab().await;
        let actor = lab.spawn(Hooked { log: log.clone(), ..Hooked::default() }).named("x").await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&actor, hold).await.unwrap();
        held.await.unwrap();
        std::mem::forget(release);
        (lab, actor)
    });
    drop(runtime);
    assert_eq!(log.read(), ["pre_start", "dropped"]);
    assert!(!actor.is_alive());
    assert!(lab.named::<Hooked>("x").is_none());
    assert_eq!(lab.counters().dead, 1);
}

/// DR-09
#[test]
fn a_thousand_systems_start_and_shut_down() {
    on_every_runtime(|| async {
        for _ in 0..1000 {
            let lab = lab().await;
            let scribe = lab.spawn(Scribe::default()).await.unwrap();
            assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
            lab.shutdown().await.unwrap();
        }
        until_no_task_is_left().await;
    });
}

/// A system without actors ends at once.
#[tokio::test(start_paused = true)]
async fn an_empty_system_shuts_down() {
    let begin = Instant::now();
    let report = ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap().shutdown().await.unwrap();
    assert_eq!((report.stopped, report.dead), (0, 0));
    assert_eq!(begin.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_accepted_once_a_shutdown_has_begun() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert!(poll_once(pin!(lab.shutdown())).is_pending());
    assert!(lab.is_shutting_down());
    assert!(matches!(lab.try_tell(&scribe, Note(1)), Err(SendError::ShuttingDown(Note(1)))));
}

#[test]
fn a_dropped_wait_for_quiet_leaves_nothing_behind() {
    struct Silent;
    impl Wake for Silent {
        fn wake(self: Arc<Self>) {}
    }
    paused().block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let (hold, held, _release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        let silent = Arc::new(Silent);
        let waker = Waker::from(silent.clone());
        for _ in 0..1000 {
            assert!(pin!(lab.idle()).poll(&mut Context::from_waker(&waker)).is_pending());
        }
        assert!(Arc::strong_count(&silent) < 10, "{} wakers are kept", Arc::strong_count(&silent));
    });
}

#[test]
fn a_shutdown_ends_with_a_stop_timeout_of_the_maximum() {
    with_time_limit(|| {
        two_threads().block_on(async {
            let lab = lab_with(SystemConfig::default().with_stop_timeout(Duration::MAX)).await;
            lab.spawn(Scribe::default()).await.unwrap();
            lab.shutdown().await.unwrap();
        });
    });
}

#[test]
fn a_shutdown_ends_when_its_runtime_is_gone() {
    with_time_limit(|| {
        let lab = two_threads().block_on(lab());
        let error = two_threads().block_on(async { lab.shutdown().await.unwrap_err() });
        assert_eq!(error.to_string(), "the system failed and was stopped");
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "the runtime of the system ended before the shutdown");
        assert!(error.aborted.is_empty());
    });
}
