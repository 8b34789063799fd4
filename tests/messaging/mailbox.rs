//! Mailboxes that are full, closed or large: capacity, overflow policies, waiting senders, races with a stop.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Deadline, Double, Hold, Log, Note, Read, Scribe, lab, paused, settle, two_threads};
use std::time::Duration;
use tokio::{sync::oneshot, time::Instant};

/// A scribe whose handler waits, with three notes queued: a mailbox of capacity four is full.
async fn full(
    lab: &ActorSystem<airssys_rt_tests::Lab>,
    overflow: Overflow,
) -> (ActorRef<Scribe>, oneshot::Sender<()>, Log) {
    let seen = Log::default();
    let scribe = Scribe { seen: seen.clone(), ..Scribe::default() };
    let scribe = lab.spawn(scribe).capacity(4).overflow(overflow).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    for n in 1..=3 {
        assert_eq!(lab.tell(&scribe, Note(n)).await.unwrap(), Sent::Queued);
    }
    (scribe, release, seen)
}

/// C4, MB-01
#[tokio::test(start_paused = true)]
async fn block_waits_for_capacity_and_a_cancelled_wait_loses_only_its_message() {
    let lab = lab().await;
    let (scribe, release, _) = full(&lab, Overflow::Block).await;
    let send = |n| {
        let (lab, scribe) = (lab.clone(), scribe.clone());
        tokio::spawn(async move { lab.tell(&scribe, Note(n)).await })
    };
    let (fourth, fifth) = (send(4), send(5));
    settle().await;
    let sixth = send(6);
    settle().await;
    assert!(!fourth.is_finished() && !fifth.is_finished() && !sixth.is_finished());
    fifth.abort();
    assert!(fifth.await.unwrap_err().is_cancelled());
    release.send(()).unwrap();
    assert_eq!(fourth.await.unwrap().unwrap(), Sent::Queued);
    assert_eq!(sixth.await.unwrap().unwrap(), Sent::Queued);
    assert_eq!(lab.ask(&scribe, Read).await.unwrap(), [1, 2, 3, 4, 6]);
}

/// MB-01: up to capacity 64 a waiting sender is accepted after each handled message.
#[tokio::test(start_paused = true)]
async fn a_small_mailbox_accepts_one_sender_for_each_message_handled() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).capacity(2).await.unwrap();
    let (first, first_held, release_first) = Hold::new();
    let (second, second_held, release_second) = Hold::new();
    lab.tell(&scribe, first).await.unwrap();
    lab.tell(&scribe, second).await.unwrap();
    first_held.await.unwrap();
    let third = tokio::spawn({
        let (lab, scribe) = (lab.clone(), scribe.clone());
        async move { lab.tell(&scribe, Note(3)).await.unwrap() }
    });
    settle().await;
    assert!(!third.is_finished());
    release_first.send(()).unwrap();
    second_held.await.unwrap();
    third.await.unwrap();
    assert!(matches!(lab.try_tell(&scribe, Note(4)), Err(SendError::Full(Note(4)))));
    release_second.send(()).unwrap();
    assert_eq!(lab.ask(&scribe, Read).await.unwrap(), [3]);
}

/// MB-01: above capacity 64 a handler that waits frees the capacity of the messages that were handled before.
#[tokio::test(start_paused = true)]
async fn a_large_mailbox_accepts_senders_when_a_handler_waits() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).capacity(100).await.unwrap();
    for n in 0..99 {
        lab.try_tell(&scribe, Note(n)).unwrap();
    }
    let (hold, held, release) = Hold::new();
    lab.try_tell(&scribe, hold).unwrap();
    assert!(lab.try_tell(&scribe, Note(0)).is_err());
    held.await.unwrap();
    settle().await;
    for n in 0..99 {
        lab.try_tell(&scribe, Note(n)).unwrap();
    }
    assert!(lab.try_tell(&scribe, Note(0)).is_err());
    release.send(()).unwrap();
    assert_eq!(lab.ask(&scribe, Read).await.unwrap().len(), 198);
}

/// MB-02
#[tokio::test(start_paused = true)]
async fn error_gives_the_message_back_at_once() {
    let lab = lab().await;
    let (scribe, release, _) = full(&lab, Overflow::Error).await;
    let before = lab.counters();
    let Err(SendError::Full(Note(5))) = lab.tell(&scribe, Note(5)).await else { panic!("it was not full") };
    assert_eq!(lab.counters(), before, "a message that is given back is not counted");
    let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
    assert!(matches!(error, AskError::Full(_)), "{error}");
    release.send(()).unwrap();
}

/// C5, MB-03
#[tokio::test(start_paused = true)]
async fn drop_drops_the_newest_and_counts_it() {
    let lab = lab().await;
    let (scribe, release, seen) = full(&lab, Overflow::Drop).await;
    assert_eq!(lab.tell(&scribe, Note(5)).await.unwrap(), Sent::Dropped);
    assert_eq!(lab.try_tell(&scribe, Note(6)).unwrap(), Sent::Dropped);
    let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
    assert!(matches!(error, AskError::Full(_)), "{error}");
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.dead, counters.queued), (7, 3, 4));
    release.send(()).unwrap();
    lab.shutdown().await.unwrap();
    assert_eq!(seen.read(), ["1", "2", "3"]);
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead, counters.queued), (7, 4, 3, 0));
}

/// MB-05
#[tokio::test(start_paused = true)]
async fn tell_timeout_gives_the_message_back_exactly_in_time() {
    let lab = lab().await;
    let (scribe, release, seen) = full(&lab, Overflow::Block).await;
    let (begin, limit) = (Instant::now(), Duration::from_millis(250));
    let Err(SendError::Timeout(Note(5))) = lab.tell_timeout(&scribe, Note(5), limit).await else {
        panic!("sent")
    };
    assert_eq!(begin.elapsed(), limit);
    release.send(()).unwrap();
    assert_eq!(lab.tell_timeout(&scribe, Note(6), limit).await.unwrap(), Sent::Queued);
    lab.shutdown().await.unwrap();
    assert_eq!(seen.read(), ["1", "2", "3", "6"]);
}

/// C3, MB-07
#[test]
fn an_unbounded_mailbox_never_blocks_and_counts_exactly() {
    paused().block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).unbounded().await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        for n in 0..1_000_000 {
            lab.try_tell(&scribe, Note(n)).unwrap();
        }
        assert_eq!(scribe.queue_depth(), 1_000_001);
        release.send(()).unwrap();
        assert_eq!(lab.ask_timeout(&scribe, Read, Duration::MAX).await.unwrap().len(), 1_000_000);
        settle().await;
        assert_eq!(scribe.queue_depth(), 0);
    });
}

/// MB-08
#[tokio::test(start_paused = true)]
async fn a_closed_mailbox_accepts_nothing_and_still_delivers_its_content() {
    let lab = lab().await;
    let (scribe, release, seen) = full(&lab, Overflow::Block).await;
    let shutdown = tokio::spawn({
        let lab = lab.clone();
        async move { lab.shutdown().await }
    });
    settle().await;
    let Err(SendError::ShuttingDown(Note(4))) = lab.tell(&scribe, Note(4)).await else { panic!("sent") };
    release.send(()).unwrap();
    shutdown.await.unwrap().unwrap();
    assert_eq!(seen.read(), ["1", "2", "3"]);
    assert!(!scribe.is_alive());
}

/// MB-09
#[test]
fn a_send_that_races_a_stop_has_exactly_one_outcome() {
    two_threads().block_on(async {
        let lab = lab().await;
        let (mut given_back, mut sent) = (0, 0);
        for round in 0..300 {
            let scribe = lab.spawn(Scribe::default()).capacity(4).await.unwrap();
            let sender = tokio::spawn({
                let (lab, scribe) = (lab.clone(), scribe.clone());
                async move {
                    let mut sent = 0;
                    let deadline = Deadline::new("the actor has stopped");
                    while lab.tell(&scribe, Note(sent)).await.is_ok() {
                        deadline.check();
                        sent += 1;
                    }
                    sent
                }
            });
            for _ in 0..round % 7 {
                tokio::task::yield_now().await;
            }
            lab.stop(&scribe).await;
            sent += sender.await.unwrap();
            given_back += 1;
        }
        let counters = lab.counters();
        assert_eq!(given_back, 300);
        assert_eq!(counters.sent, sent, "a message that is given back is not counted, every other one is");
        assert_eq!((counters.handled + counters.dead, counters.queued), (sent, 0));
    });
}

/// MB-12
#[tokio::test(start_paused = true)]
async fn a_waiting_sender_gets_its_message_back_when_the_actor_stops() {
    let lab = lab().await;
    let (scribe, release, _) = full(&lab, Overflow::Block).await;
    let waiting: Vec<_> = (4..8)
        .map(|n| {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            tokio::spawn(async move { lab.tell(&scribe, Note(n)).await })
        })
        .collect();
    settle().await;
    let begin = Instant::now();
    let stop = tokio::spawn({
        let (lab, scribe) = (lab.clone(), scribe.clone());
        async move { lab.stop(&scribe).await }
    });
    // The handler still runs: the sender does not wait for it.
    for (n, waiting) in (4..).zip(waiting) {
        let Err(SendError::Stopped(Note(back))) = waiting.await.unwrap() else { panic!("sent") };
        assert_eq!(back, n);
    }
    assert!(!stop.is_finished());
    assert_eq!(begin.elapsed(), Duration::ZERO);
    release.send(()).unwrap();
    assert_eq!(stop.await.unwrap().reason(), &ExitReason::Stopped);
}

/// OR-09, MB-14
#[tokio::test(start_paused = true)]
async fn a_stop_needs_no_capacity_in_the_mailbox() {
    let lab = lab().await;
    let (scribe, release, seen) = full(&lab, Overflow::Block).await;
    release.send(()).unwrap();
    lab.stop(&scribe).await;
    assert_eq!(seen.read(), Vec::<String>::new(), "queued messages are not handled after the stop");
    assert_eq!(lab.counters().dead, 3);
}
