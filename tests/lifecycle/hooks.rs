//! Lifecycle hooks: the order of `pre_start`, messages and `post_stop`; what `on_error` decides after a failure.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Double, Fail, Hold, Hook, Hooked, Lab, Log, Note, Panic, Quit, Scribe, lab, on_every_runtime,
};
use std::time::Duration;
use tokio::time::Instant;

async fn spawn(lab: &ActorSystem<Lab>, log: &Log, stop: Hook, error: Hook) -> ActorRef<Hooked> {
    let actor = Hooked { log: log.clone(), start: Hook::Works, stop, error };
    lab.spawn(actor).named("hooked").await.unwrap()
}

/// B3, LC-01 (without a restart)
#[test]
fn an_actor_runs_pre_start_then_its_messages_then_post_stop() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let actor = spawn(&lab, &log, Hook::Works, Hook::Works).await;
        lab.tell(&actor, Note(1)).await.unwrap();
        lab.ask(&actor, Fail).await.unwrap_err();
        lab.tell(&actor, Note(2)).await.unwrap();
        lab.tell(&actor, Quit).await.unwrap();
        assert_eq!(lab.stop(&actor).await.reason(), &ExitReason::Stopped);
        let life = ["pre_start", "1", "on_error: the disk is full", "2", "post_stop", "dropped"];
        assert!(log.read() == life || log.read() == without(&life, "2"), "{:?}", log.read());
    });
}

/// The log without an entry: a stop may overtake the last messages.
fn without<'a>(life: &[&'a str], entry: &str) -> Vec<&'a str> {
    life.iter().filter(|other| **other != entry).copied().collect()
}

/// B2, LC-02
#[test]
fn on_error_gets_the_message_and_the_text_of_a_panic_and_the_thread_survives() {
    on_every_runtime(|| async {
        let (lab, seen) = (lab().await, Log::default());
        let scribe = Scribe { seen: seen.clone(), ..Scribe::default() };
        let scribe = lab.spawn(scribe).await.unwrap();
        lab.ask(&scribe, Panic).await.unwrap_err();
        let exit = lab.stop(&scribe).await;
        assert_eq!(seen.read(), ["out of ink in Some(\"Panic\"), panic: true"]);
        let ExitReason::Failed(report) = exit.reason() else { panic!("{exit:?}") };
        assert_eq!((report.to_string().as_str(), report.message()), ("out of ink", Some("Panic")));
        assert!(report.is_panic());
        assert_eq!(exit.reason().to_string(), "panicked: out of ink");
        let other = lab.spawn(Scribe::default()).await.unwrap();
        assert_eq!(lab.ask(&other, Double(1)).await, Ok(2));
    });
}

/// LC-02: a fault is not a panic, and an actor that resumes keeps its state.
#[test]
fn an_actor_that_resumes_keeps_its_state_and_goes_on() {
    on_every_runtime(|| async {
        let (lab, seen) = (lab().await, Log::default());
        let scribe = Scribe { seen: seen.clone(), resumes: true, ..Scribe::default() };
        let scribe = lab.spawn(scribe).await.unwrap();
        lab.tell(&scribe, Note(1)).await.unwrap();
        lab.ask(&scribe, Fail).await.unwrap_err();
        lab.ask(&scribe, Panic).await.unwrap_err();
        lab.tell(&scribe, Note(2)).await.unwrap();
        assert_eq!(lab.ask(&scribe, airssys_rt_tests::Read).await.unwrap(), [1, 2]);
        let failures = [
            "1",
            "the disk is full in Some(\"Fail\"), panic: false",
            "out of ink in Some(\"Panic\"), panic: true",
            "2",
        ];
        assert_eq!(seen.read(), failures);
        let counters = lab.counters();
        assert_eq!((counters.sent, counters.failed, counters.dead), (5, 2, 0));
    });
}

/// LC-03
#[tokio::test(start_paused = true)]
async fn post_stop_does_not_change_the_reason_of_the_end() {
    for (stop, fault, takes) in [
        (Hook::Works, None, Duration::ZERO),
        (Hook::Fails, Some("the disk is full"), Duration::ZERO),
        (Hook::Panics, Some("out of ink"), Duration::ZERO),
        (Hook::Hangs, Some("`post_stop` was not done within 5s"), Duration::from_secs(5)),
    ] {
        let (lab, log) = (lab().await, Log::default());
        let actor = spawn(&lab, &log, stop, Hook::Works).await;
        let begin = Instant::now();
        let exit = lab.stop(&actor).await;
        assert_eq!(exit.reason(), &ExitReason::Stopped);
        assert_eq!(exit.post_stop_fault().map(ToString::to_string).as_deref(), fault);
        assert_eq!(begin.elapsed(), takes);
        assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
        assert!(lab.named::<Hooked>("hooked").is_none());
        assert_eq!(lab.stop(&actor).await, exit, "the end is remembered");
    }
}

/// LC-05
#[test]
fn an_on_error_that_panics_means_stop() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let actor = spawn(&lab, &log, Hook::Works, Hook::Panics).await;
        lab.ask(&actor, Fail).await.unwrap_err();
        let exit = lab.stop(&actor).await;
        let ExitReason::Failed(report) = exit.reason() else { panic!("{exit:?}") };
        assert_eq!((report.to_string().as_str(), report.is_panic()), ("the disk is full", false));
        assert_eq!(log.read(), ["pre_start", "on_error: the disk is full", "post_stop", "dropped"]);
    });
}

/// Decision "a handler that returns `Fault`": without an `on_error` the actor stops.
#[test]
fn an_actor_that_stops_itself_finishes_its_message_first() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let actor = spawn(&lab, &log, Hook::Works, Hook::Fails).await;
        lab.ask(&actor, Quit).await.unwrap();
        let exit = lab.stop(&actor).await;
        assert_eq!(exit.reason(), &ExitReason::Stopped);
        assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
    });
}

/// B14, LC-11
#[tokio::test(start_paused = true)]
async fn when_stop_returns_post_stop_has_run_and_the_state_is_dropped() {
    let (lab, log) = (lab().await, Log::default());
    let actor = spawn(&lab, &log, Hook::IsSlow, Hook::Works).await;
    let lab = &lab;
    let limits = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let patient = airssys_rt_tests::lab_with(limits).await;
    let slow = spawn(&patient, &log, Hook::IsSlow, Hook::Works).await;
    let begin = Instant::now();
    assert!(patient.stop(&slow).await.post_stop_fault().is_none());
    assert_eq!(begin.elapsed(), Duration::from_secs(10));
    assert_eq!(log.read().last().unwrap(), "dropped");
    assert!(patient.named::<Hooked>("hooked").is_none());
    spawn(&patient, &log, Hook::Works, Hook::Works).await;
    drop((lab, actor));
}

/// A stop waits for the message that is being handled, and for no other message.
#[tokio::test(start_paused = true)]
async fn a_stop_lets_the_current_message_finish() {
    let (lab, log) = (lab().await, Log::default());
    let actor = spawn(&lab, &log, Hook::Works, Hook::Works).await;
    let (hold, held, release) = Hold::new();
    lab.tell(&actor, hold).await.unwrap();
    lab.tell(&actor, Note(1)).await.unwrap();
    held.await.unwrap();
    let stop = tokio::spawn({
        let (lab, actor) = (lab.clone(), actor.clone());
        async move { lab.stop(&actor).await }
    });
    airssys_rt_tests::settle().await;
    assert!(!stop.is_finished());
    release.send(()).unwrap();
    stop.await.unwrap();
    assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
    let counters = lab.counters();
    assert_eq!((counters.handled, counters.dead), (1, 1));
}

/// A state whose `Drop` panics.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("it went off");
    }
}

#[actor]
impl Bomb {
    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }
}

#[actor_system(actors(Bomb))]
struct BombSystem;

/// LC-08 (without a restart): a panic in the `Drop` of the state affects no other actor.
#[test]
fn an_actor_ends_although_the_drop_of_its_state_panics() {
    on_every_runtime(|| async {
        let range = ActorSystem::<BombSystem>::start(SystemConfig::default()).await.unwrap();
        let bomb = range.spawn(Bomb).named("bomb").await.unwrap();
        assert_eq!(range.ask(&bomb, Double(2)).await, Ok(4));
        assert_eq!(range.stop(&bomb).await.reason(), &ExitReason::Stopped);
        assert!(range.named::<Bomb>("bomb").is_none());
        range.shutdown().await.unwrap();
    });
}
