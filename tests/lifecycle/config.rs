//! `SystemConfig`: each value (mailbox, time limits, dead letters) takes effect, and a spawn can override it.

use airssys_rt::{broker::dead_letters::Reason, mailbox::MailboxPolicy, prelude::*, system::StartError};
use airssys_rt_tests::{
    Double, Hold, Hook, Hooked, Lab, Log, Never, Note, Read, Scribe, Ticked, lab, lab_with, on_every_runtime,
    settle,
};
use std::time::Duration;
use tokio::{sync::oneshot, time::Instant};

fn config() -> SystemConfig {
    SystemConfig::default()
}

/// Makes a scribe wait until it is released.
async fn hold(lab: &ActorSystem<Lab>, scribe: &ActorRef<Scribe>) -> oneshot::Sender<()> {
    let (hold, held, release) = Hold::new();
    lab.tell(scribe, hold).await.unwrap();
    held.await.unwrap();
    release
}

/// C9, G6: mailbox
#[tokio::test(start_paused = true)]
async fn the_mailbox_of_the_configuration_applies_to_every_actor() {
    let policy = MailboxPolicy::bounded(2).with_overflow(Overflow::Error);
    let lab = lab_with(config().with_mailbox(policy)).await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let _release = hold(&lab, &scribe).await;
    lab.tell(&scribe, Note(1)).await.unwrap();
    assert!(matches!(lab.tell(&scribe, Note(2)).await, Err(SendError::Full(Note(2)))));
}

/// G6: ask_timeout, spawn_timeout
#[tokio::test(start_paused = true)]
async fn the_time_limits_of_the_configuration_apply_to_asks_and_spawns() {
    let (asks, spawns) = (Duration::from_secs(2), Duration::from_secs(7));
    let lab = lab_with(config().with_ask_timeout(asks).with_spawn_timeout(spawns)).await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let begin = Instant::now();
    lab.ask(&scribe, Never).await.unwrap_err();
    assert_eq!(begin.elapsed(), asks);
    let begin = Instant::now();
    let error = lab
        .spawn(Hooked { log: Log::default(), start: Hook::IsSlow, ..Hooked::default() })
        .await
        .unwrap_err();
    assert_eq!((error, begin.elapsed()), (SpawnError::Timeout { actor: "Hooked", limit: spawns }, spawns));
}

/// G6: drain_timeout, stop_timeout
#[tokio::test(start_paused = true)]
async fn the_time_limits_of_the_configuration_apply_to_the_shutdown() {
    let (drain, stop) = (Duration::from_secs(3), Duration::from_secs(1));
    let lab = lab_with(config().with_drain_timeout(drain).with_stop_timeout(stop)).await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let _release = hold(&lab, &scribe).await;
    let begin = Instant::now();
    lab.shutdown().await.unwrap_err();
    assert_eq!(begin.elapsed(), drain + stop);

    let lab = lab_with(config().with_stop_timeout(stop)).await;
    let slow =
        lab.spawn(Hooked { log: Log::default(), stop: Hook::Hangs, ..Hooked::default() }).await.unwrap();
    let begin = Instant::now();
    assert!(lab.stop(&slow).await.post_stop_fault().is_some());
    assert_eq!(begin.elapsed(), stop);
}

/// G6: a drain timeout of zero is valid: queued messages are dead at once.
#[tokio::test(start_paused = true)]
async fn a_shutdown_with_a_drain_timeout_of_zero_drains_nothing() {
    let lab = lab_with(config().with_drain_timeout(Duration::ZERO)).await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let release = hold(&lab, &scribe).await;
    lab.tell(&scribe, Note(1)).await.unwrap();
    let shutdown = tokio::spawn({
        let lab = lab.clone();
        async move { lab.shutdown().await }
    });
    tokio::time::sleep(Duration::from_millis(1)).await;
    release.send(()).unwrap();
    assert_eq!(shutdown.await.unwrap().unwrap().dead, 1);
    assert_eq!(lab.dead_letters().count_of(Reason::ShuttingDown), 1);
}

/// G6: dead_letters, dead_letter_bytes, events without subscribers
#[test]
fn the_configuration_sets_which_dead_letters_are_kept() {
    on_every_runtime(|| async {
        let lab =
            lab_with(config().with_dead_letters(2).with_unsubscribed_events_as_dead_letters(true)).await;
        for n in 0..3 {
            lab.publish(Ticked(n)).await.unwrap();
        }
        let letters = lab.dead_letters();
        assert_eq!((letters.count_of(Reason::NoSubscriber), letters.len(), letters.evicted()), (3, 2, 1));
        assert!(letters.drain().iter().all(|stored| stored.message.is_some()));

        let config = config().with_dead_letter_bytes(0).with_unsubscribed_events_as_dead_letters(true);
        let lab = lab_with(config).await;
        lab.publish(Ticked(1)).await.unwrap();
        assert_eq!((lab.dead_letters().len(), lab.dead_letters().released()), (1, 1));
        assert!(lab.dead_letters().drain()[0].message.is_none());
    });
}

/// G6, G7: an impossible value is an error that names its field.
#[test]
fn an_impossible_configuration_is_an_error_that_names_the_field() {
    on_every_runtime(|| async {
        let none = Duration::ZERO;
        for (config, field) in [
            (config().with_ask_timeout(none), "ask_timeout"),
            (config().with_spawn_timeout(none), "spawn_timeout"),
            (config().with_stop_timeout(none), "stop_timeout"),
        ] {
            let error = ActorSystem::<Lab>::start(config).await.unwrap_err();
            let StartError::Config(cause) = &error else { panic!("{error}") };
            assert_eq!(cause.field(), field);
            assert!(std::error::Error::source(&error).unwrap().to_string().contains(field));
        }
    });
}

/// G8, G9, C10: the settings of a spawn apply to this actor only.
#[tokio::test(start_paused = true)]
async fn a_spawn_has_a_name_a_mailbox_and_a_time_limit_of_its_own() {
    let lab = lab().await;
    let spawn = lab.spawn(Scribe::default()).named("ann").capacity(2).overflow(Overflow::Drop);
    let ann: ActorRef<Scribe> = spawn.timeout(Duration::from_secs(1)).await.unwrap();
    let copy = ann.clone();
    assert_eq!((ann.name(), &copy, copy.id()), (Some("ann"), &ann, ann.id()));
    let release = hold(&lab, &copy).await;
    assert_eq!(lab.tell(&ann, Note(1)).await.unwrap(), Sent::Queued);
    assert_eq!(lab.tell(&ann, Note(2)).await.unwrap(), Sent::Dropped);
    let other = lab.spawn(Scribe::default()).await.unwrap();
    let _held = hold(&lab, &other).await;
    for n in 1..1000 {
        assert_eq!(lab.try_tell(&other, Note(n)).unwrap(), Sent::Queued);
    }
    assert!(matches!(lab.try_tell(&other, Note(0)), Err(SendError::Full(_))), "a thousand by default");
    release.send(()).unwrap();
    settle().await;
    assert_eq!(lab.ask(&copy, Read).await.unwrap(), [1]);
    let slow = lab.spawn(Hooked { log: Log::default(), start: Hook::IsSlow, ..Hooked::default() });
    let limit = Duration::from_secs(1);
    assert_eq!(slow.timeout(limit).await.unwrap_err(), SpawnError::Timeout { actor: "Hooked", limit });
}

/// G13: two systems in one process are independent, although their ids are equal.
#[test]
fn two_systems_are_independent() {
    on_every_runtime(|| async {
        let (first, second) = (lab().await, lab().await);
        let one = first.spawn(Scribe::default()).named("ann").await.unwrap();
        let two = second.spawn(Scribe::default()).named("ann").await.unwrap();
        assert_eq!(one.id(), two.id());
        assert_ne!(one, two);
        first.tell(&one, Note(1)).await.unwrap();
        second.tell(&two, Note(2)).await.unwrap();
        first.shutdown().await.unwrap();
        assert_eq!(second.ask(&two, Read).await.unwrap(), [2]);
        assert_eq!(second.ask(&two, Double(1)).await, Ok(2));
        assert_eq!((first.counters().sent, second.counters().sent), (1, 3));
    });
}

/// G12: live actors count towards the limit, and ended actors do not.
#[test]
fn the_number_of_actors_is_limited_by_the_configuration() {
    on_every_runtime(|| async {
        let lab = lab_with(SystemConfig::default().with_max_actors(2)).await;
        let first = lab.spawn(Scribe::default()).await.unwrap();
        lab.spawn(Scribe::default()).named("second").await.unwrap();
        lab.spawn(Scribe::default()).named("second").await.unwrap_err();
        let error = lab.spawn(Scribe::default()).await.unwrap_err();
        assert_eq!(error, SpawnError::TooMany { actor: "Scribe" });
        assert!(error.is_transient() && !error.is_fatal());
        lab.stop(&first).await;
        lab.spawn(Scribe::default()).await.unwrap();
        lab.spawn(Scribe::default()).await.unwrap_err();
    });
}

/// G7: an error reports whether it is transient.
#[tokio::test(start_paused = true)]
async fn an_error_reports_whether_it_is_transient() {
    let lab = lab_with(SystemConfig::default()).await;
    let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
    lab.try_tell(&scribe, Note(1)).unwrap();
    assert!(lab.try_tell(&scribe, Note(2)).unwrap_err().is_transient());
    assert!(
        lab.ask_timeout(&scribe, Never, std::time::Duration::from_millis(1))
            .await
            .unwrap_err()
            .is_transient()
    );
    lab.kill(&scribe).await;
    assert!(!lab.tell(&scribe, Note(3)).await.unwrap_err().is_transient());
    assert!(!lab.ask(&scribe, Never).await.unwrap_err().is_transient());
    lab.shutdown().await.unwrap();
    assert!(lab.spawn(Scribe::default()).await.unwrap_err().is_fatal());
}

/// G14: a task can wait for the end without causing it.
#[test]
fn waiting_for_the_end_does_not_cause_it() {
    on_every_runtime(|| async {
        let lab = lab_with(SystemConfig::default()).await;
        let waiting = tokio::spawn({
            let lab = lab.clone();
            async move { lab.ended().await }
        });
        airssys_rt_tests::settle().await;
        assert!(!waiting.is_finished() && !lab.is_shutting_down());
        lab.shutdown().await.unwrap();
        waiting.await.unwrap();
        lab.ended().await;
    });
}
