//! Time to live (TTL): a message that is older than its TTL is not handled, and its asker gets an error.

use airssys_rt::{broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{
    Double, Hold, Lab, LabMessage, Log, Note, Scribe, lab,
    test_broker::{Decision, TestBroker},
};
use std::time::Duration;
use tokio::sync::oneshot;

const TTL: Duration = Duration::from_secs(1);

/// A scribe whose handler waits until it is released, and the log of its notes.
async fn held<B: MessageBroker<LabMessage>>(
    lab: &ActorSystem<Lab, B>,
) -> (ActorRef<Scribe>, Log, oneshot::Sender<()>) {
    let seen = Log::default();
    let scribe = lab.spawn(Scribe { seen: seen.clone(), ..Scribe::default() }).await.unwrap();
    let (hold, is_held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    is_held.await.unwrap();
    (scribe, seen, release)
}

/// A10, TT-01, DL-06: Expired
#[tokio::test(start_paused = true)]
async fn a_message_older_than_its_ttl_is_not_handled() {
    let lab = lab().await;
    let (scribe, seen, release) = held(&lab).await;
    lab.tell(&scribe, Note(1)).ttl(TTL).await.unwrap();
    lab.tell(&scribe, Note(2)).await.unwrap();
    tokio::time::advance(TTL + Duration::from_millis(1)).await;
    release.send(()).unwrap();
    lab.idle().await;
    assert_eq!(seen.read(), ["2"]);
    let letters = lab.dead_letters().drain();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0].letter;
    assert_eq!(
        (letter.reason, letter.message_type, letter.target),
        (Reason::Expired, "Note", Some(scribe.id()))
    );
    assert!(letters[0].message.is_some());
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.handled, counters.expired, counters.dead), (3, 2, 1, 0));
}

/// TT-02: a message that is exactly as old as its limit has not expired.
#[tokio::test(start_paused = true)]
async fn a_message_exactly_as_old_as_its_ttl_is_handled() {
    let lab = lab().await;
    let (scribe, seen, release) = held(&lab).await;
    lab.tell(&scribe, Note(1)).ttl(TTL).await.unwrap();
    tokio::time::advance(TTL).await;
    release.send(()).unwrap();
    lab.idle().await;
    assert_eq!(seen.read(), ["1"]);
    assert_eq!((lab.counters().expired, lab.dead_letters().count()), (0, 0));
}

/// TT-03
#[tokio::test(start_paused = true)]
async fn an_ask_whose_message_expires_fails_with_expired() {
    let lab = lab().await;
    let (scribe, _, release) = held(&lab).await;
    let ask = tokio::spawn({
        let (lab, scribe) = (lab.clone(), scribe.clone());
        async move { lab.ask(&scribe, Double(1)).ttl(TTL).await }
    });
    airssys_rt_tests::settle().await;
    tokio::time::advance(TTL + Duration::from_millis(1)).await;
    release.send(()).unwrap();
    let error = ask.await.unwrap().unwrap_err();
    let AskError::Expired(asked) = &error else { panic!("{error}") };
    assert_eq!((asked.message, asked.target.clone()), ("Double", scribe.id().into()));
    assert_eq!(lab.dead_letters().count_of(Reason::Expired), 1);
}

/// TT-04
#[tokio::test(start_paused = true)]
async fn a_ttl_of_zero_and_a_ttl_without_end() {
    let lab = lab().await;
    let (scribe, seen, release) = held(&lab).await;
    lab.tell(&scribe, Note(0)).ttl(Duration::ZERO).await.unwrap();
    lab.tell(&scribe, Note(1)).ttl(Duration::MAX).await.unwrap();
    tokio::time::advance(Duration::from_secs(100 * 365 * 86_400)).await;
    release.send(()).unwrap();
    lab.idle().await;
    assert_eq!(seen.read(), ["1"]);
    // A message that is handled before any time has passed is not too old.
    lab.tell(&scribe, Note(2)).ttl(Duration::ZERO).await.unwrap();
    lab.idle().await;
    assert_eq!(seen.read(), ["1", "2"]);
    assert_eq!(lab.counters().expired, 1);
}

/// TT-01, in transit: the broker holds the message longer than its time to live.
#[tokio::test(start_paused = true)]
async fn a_message_that_expires_in_transit_is_dropped() {
    let test_broker = TestBroker::<LabMessage>::new(|meta, _| match meta.ttl() {
        Some(_) => Decision::Sleep(TTL + Duration::from_millis(1)),
        None => Decision::Deliver,
    });
    let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), test_broker).await.unwrap();
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert_eq!(lab.tell(&scribe, Note(1)).ttl(TTL).await.unwrap(), Sent::Dropped);
    let error = lab.ask(&scribe, Double(1)).ttl(TTL).await.unwrap_err();
    assert!(matches!(error, AskError::Expired(_)), "{error}");
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.handled, counters.expired, counters.dead), (2, 0, 2, 0));
    assert_eq!(lab.dead_letters().count_of(Reason::Expired), 2);
}

/// C6, TT-07
#[tokio::test(start_paused = true)]
async fn many_expired_messages_reach_no_handler() {
    let lab = lab().await;
    let (scribe, seen, release) = held(&lab).await;
    for n in 0..900 {
        lab.tell(&scribe, Note(n)).ttl(TTL).await.unwrap();
    }
    tokio::time::advance(2 * TTL).await;
    release.send(()).unwrap();
    assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
    assert_eq!((seen.read().len(), lab.counters().expired), (0, 900));
    assert_eq!(lab.dead_letters().count_of(Reason::Expired), 900);
}
