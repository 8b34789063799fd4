//! The start of an actor: complete or not at all; a failed, slow or dropped `pre_start` leaves nothing behind.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Double, Hook, Hooked, Lab, Log, Note, Scribe, lab, on_every_runtime, poll_once, settle,
};
use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};
use tokio::time::Instant;

fn hooked(log: &Log, start: Hook) -> Hooked {
    Hooked { log: log.clone(), start, ..Hooked::default() }
}

/// ST-01
#[test]
fn pre_start_runs_once_and_before_any_message() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let actor = lab.spawn(hooked(&log, Hook::Works)).await.unwrap();
        lab.tell(&actor, Note(1)).await.unwrap();
        assert!(actor.is_alive());
        lab.shutdown().await.unwrap();
        assert_eq!(log.read(), ["pre_start", "1", "post_stop", "dropped"]);
    });
}

/// ST-02, RG-06
#[test]
fn a_fault_in_pre_start_fails_the_spawn_and_leaves_nothing() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let error = lab.spawn(hooked(&log, Hook::Fails)).named("x").await.unwrap_err();
        let SpawnError::Failed { actor, fault } = &error else { panic!("{error:?}") };
        assert_eq!((*actor, fault.to_string().as_str()), ("Hooked", "the disk is full"));
        assert_eq!(error.to_string(), "`pre_start` of `Hooked` failed");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is full");
        assert_eq!(log.read(), ["pre_start", "dropped"]);
        assert!(lab.named::<Hooked>("x").is_none());
        lab.spawn(hooked(&log, Hook::Works)).named("x").await.unwrap();
    });
}

/// ST-03
#[test]
fn a_panic_in_pre_start_fails_the_spawn_and_keeps_its_text() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let error = lab.spawn(hooked(&log, Hook::Panics)).await.unwrap_err();
        let SpawnError::Panicked { fault, .. } = &error else { panic!("{error:?}") };
        assert_eq!((fault.to_string().as_str(), fault.is_panic()), ("out of ink", true));
        let actor = lab.spawn(Scribe::default()).await.unwrap();
        assert_eq!(lab.ask(&actor, Double(2)).await, Ok(4));
    });
}

/// A spawner waits for `pre_start`. Afterwards the actor keeps nothing of the spawner, such as its waker.
#[tokio::test(start_paused = true)]
async fn the_waker_of_a_spawner_is_dropped_after_a_slow_start() {
    struct Spawner;
    impl Wake for Spawner {
        fn wake(self: Arc<Self>) {}
    }
    let lab = lab().await;
    let spawner = Arc::new(Spawner);
    let actor = {
        let waker = Waker::from(spawner.clone());
        let mut spawn = pin!(lab.spawn(hooked(&Log::default(), Hook::IsSlow)).timeout(Duration::MAX));
        assert!(spawn.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        tokio::time::advance(Duration::from_secs(3600)).await;
        let Poll::Ready(actor) = spawn.as_mut().poll(&mut Context::from_waker(&waker)) else { panic!() };
        actor.unwrap()
    };
    settle().await;
    assert_eq!(Arc::strong_count(&spawner), 1);
    lab.tell(&actor, Note(1)).await.unwrap();
    lab.idle().await;
}

/// ST-04
#[tokio::test(start_paused = true)]
async fn a_slow_pre_start_times_out_exactly_and_frees_the_name() {
    let (lab, log) = (lab().await, Log::default());
    let begin = Instant::now();
    let limit = Duration::from_secs(1);
    let error = lab.spawn(hooked(&log, Hook::IsSlow)).named("x").timeout(limit).await.unwrap_err();
    assert_eq!(begin.elapsed(), limit);
    assert_eq!(error, SpawnError::Timeout { actor: "Hooked", limit });
    assert_eq!(log.read(), ["pre_start", "dropped"]);
    lab.spawn(hooked(&log, Hook::Works)).named("x").await.unwrap();
}

/// ST-05
#[tokio::test(start_paused = true)]
async fn messages_sent_during_pre_start_are_delivered_in_order_after_it() {
    let (lab, log) = (lab().await, Log::default());
    let spawning = tokio::spawn({
        let (lab, actor) = (lab.clone(), hooked(&log, Hook::IsSlow));
        async move { lab.spawn(actor).named("x").await.unwrap() }
    });
    settle().await;
    let early = lab.named::<Hooked>("x").expect("it has its name while it starts");
    for n in 1..=3 {
        lab.tell(&early, Note(n)).await.unwrap();
    }
    assert_eq!(log.read(), ["pre_start"]);
    assert_eq!(spawning.await.unwrap(), early);
    lab.shutdown().await.unwrap();
    assert_eq!(log.read(), ["pre_start", "1", "2", "3", "post_stop", "dropped"]);
}

/// ST-06
#[tokio::test(start_paused = true)]
async fn a_spawn_that_is_dropped_during_pre_start_leaves_nothing() {
    let (lab, log) = (lab().await, Log::default());
    let mut spawning = Box::pin(lab.spawn(hooked(&log, Hook::IsSlow)).named("x"));
    assert!(tokio::time::timeout(Duration::from_secs(1), &mut spawning).await.is_err());
    let early = lab.named::<Hooked>("x").unwrap();
    lab.tell(&early, Note(1)).await.unwrap();
    drop(spawning);
    assert_eq!(log.read(), ["pre_start", "dropped"]);
    assert!(lab.named::<Hooked>("x").is_none());
    assert!(matches!(lab.tell(&early, Note(2)).await, Err(SendError::Stopped(Note(2)))));
    assert_eq!(lab.counters().dead, 1);
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

/// ST-07
#[tokio::test(start_paused = true)]
async fn a_spawn_that_is_never_polled_does_nothing() {
    let (lab, log) = (lab().await, Log::default());
    drop(lab.spawn(hooked(&log, Hook::Works)).named("x"));
    assert_eq!(log.read(), ["dropped"]);
    assert!(lab.named::<Hooked>("x").is_none());
}

/// ST-13
#[tokio::test(start_paused = true)]
async fn failing_to_start_leaks_nothing() {
    let (lab, log) = (lab().await, Log::default());
    let _holder = lab.spawn(Scribe::default()).named("taken").await.unwrap();
    let idle = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    for _ in 0..1000 {
        for start in [Hook::Fails, Hook::Panics, Hook::IsSlow] {
            let spawn = lab.spawn(hooked(&log, start)).named("x").timeout(Duration::from_millis(1));
            assert!(spawn.await.is_err());
        }
        assert!(lab.spawn(Scribe::default()).named("taken").await.is_err());
        assert!(lab.spawn(Scribe::default()).capacity(0).await.is_err());
    }
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), idle);
    // An id contains its slot: if slots had leaked, this number would be high.
    let next = lab.spawn(hooked(&log, Hook::Works)).named("x").await.unwrap();
    assert_eq!(next.id().to_string().split('.').nth(1), Some("0"));
}

/// C2, G6
#[test]
fn an_invalid_configuration_is_a_typed_error() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let error = lab.spawn(Scribe::default()).capacity(0).await.unwrap_err();
        assert!(matches!(error, SpawnError::ZeroCapacity(_)), "{error}");
        let error = lab.spawn(Scribe::default()).named("").await.unwrap_err();
        assert_eq!(error, SpawnError::EmptyName);
        let config = SystemConfig::default().with_ask_timeout(Duration::ZERO);
        let error = ActorSystem::<airssys_rt_tests::Lab>::start(config).await.unwrap_err();
        let airssys_rt::system::StartError::Config(error) = error else { panic!("{error}") };
        assert_eq!(error.field(), "ask_timeout");
    });
}

#[test]
fn a_system_outside_of_a_runtime_is_an_error() {
    let mut start = std::pin::pin!(ActorSystem::<airssys_rt_tests::Lab>::start(SystemConfig::default()));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = start.as_mut().poll(&mut cx) else { panic!("it started") };
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}

/// ST-05: an actor that is stopped or drained during its start finishes the start first.
#[tokio::test(start_paused = true)]
async fn an_actor_that_is_stopped_or_drained_during_its_start_starts_first() {
    for (drains, reason, life) in [
        (true, ExitReason::Drained, "pre_start, 1, post_stop, dropped"),
        (false, ExitReason::Stopped, "pre_start, post_stop, dropped"),
    ] {
        let (lab, log) = (lab().await, Log::default());
        let mut spawn = pin!(lab.spawn(hooked(&log, Hook::IsSlow)).named("x"));
        assert!(poll_once(spawn.as_mut()).is_pending());
        let early = lab.named::<Hooked>("x").unwrap();
        lab.try_tell(&early, Note(1)).unwrap();
        let end = tokio::spawn({
            let (lab, early) = (lab.clone(), early.clone());
            async move { if drains { lab.drain(&early).await } else { lab.stop(&early).await } }
        });
        settle().await;
        assert_eq!(spawn.await.unwrap(), early);
        assert_eq!(end.await.unwrap().reason(), &reason);
        assert_eq!(log.read().join(", "), life);
        assert_eq!((lab.counters().handled, lab.counters().dead), (u64::from(drains), u64::from(!drains)));
    }
}

/// ST-05: an actor that is killed during its start never starts, and its spawner gets an error.
#[tokio::test(start_paused = true)]
async fn an_actor_that_is_killed_during_its_start_does_not_start() {
    let (lab, log) = (lab().await, Log::default());
    let mut spawn = pin!(lab.spawn(hooked(&log, Hook::IsSlow)).named("x"));
    assert!(poll_once(spawn.as_mut()).is_pending());
    let early = lab.named::<Hooked>("x").unwrap();
    lab.try_tell(&early, Note(1)).unwrap();
    let mut killed = pin!(lab.kill(&early));
    assert!(poll_once(killed.as_mut()).is_pending());
    assert_eq!(spawn.await.unwrap_err(), SpawnError::Killed { actor: "Hooked" });
    assert_eq!(killed.await.reason(), &ExitReason::Killed);
    assert_eq!(log.read(), ["pre_start", "dropped"], "what did not start does not stop");
    assert!(lab.named::<Hooked>("x").is_none());
    assert_eq!((lab.counters().sent, lab.counters().dead), (1, 1));
}

async fn idle(lab: &ActorSystem<Lab>) {
    tokio::time::timeout(Duration::from_secs(60), lab.idle()).await.expect("the system becomes idle");
}

/// A spawn that is held and not polled, as by a `select!` whose other branch runs.
#[test]
fn a_system_becomes_idle_while_a_spawn_is_held() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let mut spawning = Box::pin(lab.spawn(hooked(&log, Hook::IsSlow)).timeout(Duration::from_millis(20)));
        assert!(poll_once(spawning.as_mut()).is_pending());
        idle(&lab).await;
        assert_eq!(log.read(), ["pre_start", "dropped"]);
        assert!(matches!(spawning.await, Err(SpawnError::Timeout { .. })));
    });
}

/// The start goes on, messages that wait for it are handled, and the spawn has its result later.
#[tokio::test(start_paused = true)]
async fn a_start_goes_on_while_its_spawn_is_held() {
    let (lab, log) = (lab().await, Log::default());
    let mut spawning =
        Box::pin(lab.spawn(hooked(&log, Hook::IsSlow)).timeout(Duration::MAX).named("x").capacity(1));
    assert!(poll_once(spawning.as_mut()).is_pending());
    let early = lab.named::<Hooked>("x").unwrap();
    lab.tell(&early, Note(1)).await.unwrap();
    let begin = Instant::now();
    idle(&lab).await;
    assert_eq!(begin.elapsed(), Duration::from_secs(10));
    assert_eq!(log.read(), ["pre_start", "1"]);
    assert_eq!(spawning.await.unwrap(), early);
}

/// A spawn that begins while a task waits already, and that is held then.
#[tokio::test(start_paused = true)]
async fn a_start_that_begins_while_a_task_waits_goes_on() {
    let (lab, log) = (lab().await, Log::default());
    let (first, second) = (hooked(&log, Hook::IsSlow), hooked(&log, Hook::IsSlow));
    let mut first = Box::pin(lab.spawn(first).timeout(Duration::MAX));
    assert!(poll_once(first.as_mut()).is_pending());
    let waiting = tokio::spawn({
        let lab = lab.clone();
        async move { lab.idle().await }
    });
    settle().await;
    let mut second = Box::pin(lab.spawn(second).timeout(Duration::MAX));
    assert!(poll_once(second.as_mut()).is_pending());
    tokio::time::timeout(Duration::from_secs(60), waiting).await.unwrap().unwrap();
    for spawning in [first, second] {
        assert!(spawning.await.unwrap().is_alive());
    }
}

/// A shutdown ends an actor that starts, as if its spawner polled it.
#[tokio::test(start_paused = true)]
async fn a_system_shuts_down_while_a_spawn_is_held() {
    for (start, limit) in [(Hook::IsSlow, Duration::MAX), (Hook::Hangs, Duration::from_secs(1))] {
        let (lab, log) = (lab().await, Log::default());
        let mut spawning = Box::pin(lab.spawn(hooked(&log, start)).timeout(limit).named("x"));
        assert!(poll_once(spawning.as_mut()).is_pending());
        let begin = Instant::now();
        lab.shutdown().await.unwrap();
        assert!(begin.elapsed() <= Duration::from_secs(10), "{:?}", begin.elapsed());
        assert_eq!(log.read().last().unwrap(), "dropped");
    }
}

/// A start without an end is killed by the shutdown, and is not stuck.
#[tokio::test(start_paused = true)]
async fn a_start_without_an_end_is_killed_by_a_shutdown_while_its_spawn_is_held() {
    let (lab, log) = (lab().await, Log::default());
    let mut spawning = Box::pin(lab.spawn(hooked(&log, Hook::Hangs)).timeout(Duration::MAX).named("x"));
    assert!(poll_once(spawning.as_mut()).is_pending());
    let error = lab.shutdown().await.unwrap_err();
    assert_eq!(error.aborted.len(), 1);
    assert!(!error.aborted[0].stuck, "{error}");
    assert_eq!(log.read(), ["pre_start", "dropped"]);
    assert_eq!(spawning.await.unwrap_err(), SpawnError::ShuttingDown);
}

/// An actor whose start went on ends with its spawn, if that is dropped before it is ready.
#[tokio::test(start_paused = true)]
async fn an_actor_whose_held_spawn_is_dropped_ends() {
    let (lab, log) = (lab().await, Log::default());
    let mut spawning = Box::pin(lab.spawn(hooked(&log, Hook::IsSlow)).timeout(Duration::MAX).named("x"));
    assert!(poll_once(spawning.as_mut()).is_pending());
    idle(&lab).await;
    assert_eq!(lab.actors().len(), 1);
    drop(spawning);
    settle().await;
    assert_eq!(lab.actors().len(), 0);
    assert_eq!(log.read(), ["pre_start", "post_stop", "dropped"]);
    lab.spawn(hooked(&log, Hook::Works)).named("x").await.unwrap();
}
