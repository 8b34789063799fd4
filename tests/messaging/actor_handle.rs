//! Sends through an `ActorHandle`: those of the system that made it, without a handle to that system.

use airssys_rt::{actor::ActorHandle, prelude::*};
use airssys_rt_tests::{Double, Hold, Lab, Never, Note, Read, Scribe, lab, settle};
use std::time::Duration;
use tokio::{sync::oneshot, time::Instant};

async fn scribe(lab: &ActorSystem<Lab>) -> ActorHandle<Scribe> {
    lab.handle(&lab.spawn(Scribe::default()).capacity(2).await.unwrap())
}

/// A scribe whose handler waits, with one note queued: its mailbox of capacity two is full.
async fn full(lab: &ActorSystem<Lab>) -> (ActorHandle<Scribe>, oneshot::Sender<()>) {
    let scribe = scribe(lab).await;
    let (hold, held, release) = Hold::new();
    scribe.tell(hold).await.unwrap();
    held.await.unwrap();
    assert_eq!(scribe.try_tell(Note(1)).unwrap(), Sent::Queued);
    (scribe, release)
}

#[tokio::test(start_paused = true)]
async fn each_send_reaches_the_actor() {
    let lab = lab().await;
    let actor = lab.spawn(Scribe::default()).await.unwrap();
    let handle = lab.handle(&actor);
    assert_eq!((handle.id(), handle.actor_ref()), (actor.id(), &actor));
    assert_eq!(format!("{handle:?}"), format!("ActorHandle({actor})"));
    assert_eq!(handle.tell(Note(1)).await.unwrap(), Sent::Queued);
    assert_eq!(handle.try_tell(Note(2)).unwrap(), Sent::Queued);
    assert_eq!(handle.tell_timeout(Note(3), Duration::from_secs(1)).await.unwrap(), Sent::Queued);
    assert_eq!(handle.clone().ask(Read).await, Ok(vec![1, 2, 3]));
    assert_eq!(handle.ask_timeout(Double(2), Duration::MAX).await, Ok(4));
}

/// The handle is in the task of a request, as in a web server.
#[tokio::test]
async fn a_task_sends_through_its_clone() {
    let lab = lab().await;
    let handle = scribe(&lab).await;
    let requests = (1..=8).map(|n| {
        let handle = handle.clone();
        tokio::spawn(async move { handle.ask(Double(n)).await })
    });
    for (n, request) in (1..=8).zip(requests.collect::<Vec<_>>()) {
        assert_eq!(request.await.unwrap(), Ok(2 * n));
    }
}

#[tokio::test(start_paused = true)]
async fn a_full_mailbox_makes_the_sender_wait_within_its_limit() {
    let lab = lab().await;
    let (scribe, release) = full(&lab).await;
    assert!(matches!(scribe.try_tell(Note(2)), Err(SendError::Full(Note(2)))));
    let start = Instant::now();
    let late = scribe.tell_timeout(Note(3), Duration::from_secs(3)).await;
    assert!(matches!(late, Err(SendError::Timeout(Note(3)))), "{late:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(3));
    let waits = tokio::spawn({
        let scribe = scribe.clone();
        async move { scribe.tell(Note(4)).await }
    });
    settle().await;
    assert!(!waits.is_finished());
    release.send(()).unwrap();
    assert_eq!(waits.await.unwrap().unwrap(), Sent::Queued);
    assert_eq!(scribe.ask(Read).await, Ok(vec![1, 4]));
}

#[tokio::test(start_paused = true)]
async fn an_ask_ends_with_its_time_limit() {
    let lab = lab().await;
    let scribe = scribe(&lab).await;
    let start = Instant::now();
    let late = scribe.ask_timeout(Never, Duration::from_secs(2)).await;
    assert!(matches!(late, Err(AskError::Timeout(_))), "{late:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_watch_is_ready_when_the_actor_has_ended() {
    let lab = lab().await;
    let scribe = scribe(&lab).await;
    let before = scribe.watch();
    lab.stop(scribe.actor_ref()).await;
    let terminated = before.await;
    assert_eq!((terminated.id, terminated.reason), (scribe.id(), ExitReason::Stopped));
    assert_eq!(scribe.watch().await.reason, ExitReason::Stopped, "it had ended before");
    assert!(matches!(scribe.tell(Note(1)).await, Err(SendError::Stopped(Note(1)))));
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_refuses_each_send() {
    let lab = lab().await;
    let (scribe, release) = full(&lab).await;
    let shutdown = tokio::spawn({
        let lab = lab.clone();
        async move { lab.shutdown().await }
    });
    settle().await;
    assert!(lab.is_shutting_down() && scribe.actor_ref().is_alive());
    assert!(matches!(scribe.tell(Note(2)).await, Err(SendError::ShuttingDown(Note(2)))));
    assert!(matches!(scribe.try_tell(Note(2)), Err(SendError::ShuttingDown(Note(2)))));
    let limit = Duration::from_secs(1);
    let refused = scribe.tell_timeout(Note(2), limit).await;
    assert!(matches!(refused, Err(SendError::ShuttingDown(Note(2)))), "{refused:?}");
    for refused in [scribe.ask(Double(1)).await, scribe.ask_timeout(Double(1), limit).await] {
        assert!(matches!(refused, Err(AskError::ShuttingDown(_))), "{refused:?}");
    }
    release.send(()).unwrap();
    shutdown.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn after_the_end_of_the_system_each_send_is_an_error() {
    let lab = lab().await;
    let scribe = scribe(&lab).await;
    lab.shutdown().await.unwrap();
    for _ in 0..2 {
        let refused = scribe.tell(Note(1)).await;
        assert!(refused.is_err_and(|error| error.into_message().is_some_and(|Note(n)| n == 1)));
        let refused = scribe.try_tell(Note(2));
        assert!(refused.is_err_and(|error| error.into_message().is_some_and(|Note(n)| n == 2)));
        scribe.ask(Double(1)).await.unwrap_err();
        assert_eq!(scribe.watch().await.id, scribe.id());
    }
}

/// Dropping the last handle of the system kills its actors, whether or not there are handles of actors.
#[tokio::test(start_paused = true)]
async fn a_handle_of_an_actor_does_not_keep_its_system_alive() {
    let lab = lab().await;
    let scribe = scribe(&lab).await;
    drop(lab);
    assert_eq!(scribe.watch().await.reason, ExitReason::Killed);
    let refused = scribe.tell(Note(1)).await;
    assert!(refused.is_err_and(|error| error.into_message().is_some()));
    scribe.ask(Double(1)).await.unwrap_err();
}
