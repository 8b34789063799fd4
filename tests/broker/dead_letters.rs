//! Dead letters: a message that will never be handled is counted by reason, and stored up to a capacity.

use airssys_rt::{
    broker::{
        Observation, Received, TapStream,
        dead_letters::{DeadLetter, Reason},
    },
    chrono::DateTime,
    id::MessageId,
    prelude::*,
};
use airssys_rt_tests::{
    AskAround, Clock, Double, Fail, Hold, Lab, LabMessage, Log, Never, Note, Pass, Relay, Scribe, Tick,
    Ticked, lab, lab_with, logging_waker, on_every_runtime, poll_once, settle,
    test_broker::{Decision, TestBroker},
};
use std::{
    pin::pin,
    task::{Context, Poll},
    time::{Duration, SystemTime},
};
use tokio::sync::oneshot;

/// The only dead letter in the store, and whether it has the text of its message. It has the message if its type says so.
fn only<B: MessageBroker<LabMessage>>(lab: &ActorSystem<Lab, B>, reason: Reason) -> (DeadLetter, bool) {
    let letters = lab.dead_letters();
    for other in Reason::ALL {
        assert_eq!(letters.count_of(other), u64::from(other == reason), "{other}");
    }
    assert_eq!((letters.count(), letters.len(), letters.evicted()), (1, 1, 0));
    let known = letters.inspect().remove(0);
    assert_eq!(known.reason, reason);
    assert!(known.time <= DateTime::from(SystemTime::now()));
    let buried = letters.drain().remove(0);
    assert_eq!(buried.letter, known);
    assert!(letters.is_empty() && letters.count() == 1, "what was taken out was there");
    let keeps = ["Note", "Ticked"].contains(&known.message_type);
    assert_eq!(buried.message.is_some(), keeps && buried.text.is_some());
    (known, buried.text.is_some())
}

/// The message type, sender and target of a dead letter.
fn way(letter: &DeadLetter) -> (&str, Option<ActorId>, Option<ActorId>) {
    (letter.message_type, letter.sender, letter.target)
}

/// The ids of the messages of this type that a monitor has observed.
fn ids_of(monitor: &mut TapStream<Observation>, message_type: &str) -> Vec<MessageId> {
    let mut ids = Vec::new();
    while let Ok(Received::Item(seen)) = monitor.try_recv() {
        if seen.meta.message_type() == message_type {
            ids.push(seen.meta.id());
        }
    }
    ids
}

/// A scribe whose handler waits until it is released.
async fn held<B: MessageBroker<LabMessage>>(
    lab: &ActorSystem<Lab, B>,
    capacity: u32,
    overflow: Overflow,
) -> (ActorRef<Scribe>, oneshot::Sender<()>) {
    let scribe = lab.spawn(Scribe::default()).capacity(capacity).overflow(overflow).await.unwrap();
    let (hold, is_held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    is_held.await.unwrap();
    (scribe, release)
}

/// DL-01, H1: NoRecipient
#[test]
fn an_ask_of_an_unknown_id_is_dead() {
    on_every_runtime(|| async {
        let lab = lab().await;
        // The id belongs to an actor that is no scribe.
        let clock = lab.spawn(Clock).await.unwrap();
        let error = lab.ask_to::<Scribe, _, _>(clock.id(), Double(1)).await.unwrap_err();
        assert!(matches!(error, AskError::NotFound(_)), "{error}");
        let (letter, has_text) = only(&lab, Reason::NotFound);
        assert_eq!(way(&letter), ("Double", None, Some(clock.id())));
        assert!(has_text);
        assert_eq!((lab.counters().sent, lab.counters().dead), (1, 1));
    });
}

/// DL-03: NoSuchName
#[test]
fn an_ask_of_an_unknown_name_is_dead() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let unknown = ActorAddress::named("unknown");
        let error = lab.ask_to::<Scribe, _, _>(unknown.clone(), Double(1)).await.unwrap_err();
        let AskError::NotFound(asked) = &error else { panic!("{error}") };
        assert_eq!((asked.target.clone(), asked.message), (unknown, "Double"));
        let (letter, has_text) = only(&lab, Reason::NotFound);
        assert_eq!(way(&letter), ("Double", None, None));
        assert!(has_text);
    });
}

/// DL-02: ActorStopped, for a queued message
#[tokio::test(start_paused = true)]
async fn queued_messages_of_a_stopped_actor_are_dead() {
    let lab = lab().await;
    let (scribe, release) = held(&lab, 4, Overflow::Block).await;
    let relay = lab.spawn(Relay { to: scribe.clone() }).await.unwrap();
    lab.tell(&relay, Pass(1)).await.unwrap();
    settle().await;
    let stop = lab.stop(&scribe);
    release.send(()).unwrap();
    stop.await;
    // The hold was handled to its end, the note was not handled.
    let (letter, has_text) = only(&lab, Reason::Stopped);
    assert_eq!(way(&letter), ("Note", Some(relay.id()), Some(scribe.id())));
    assert!(has_text);
}

/// DL-02: ActorStopped, for an ask of an actor that has stopped: the letter has its sender.
#[test]
fn an_ask_of_a_stopped_actor_is_dead_and_has_its_sender() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let relay = lab.spawn(Relay { to: scribe.clone() }).await.unwrap();
        lab.stop(&scribe).await;
        lab.ask(&relay, AskAround).await.unwrap().unwrap_err();
        let (letter, has_text) = only(&lab, Reason::Stopped);
        assert_eq!(way(&letter), ("Double", Some(relay.id()), Some(scribe.id())));
        assert!(has_text);
    });
}

/// DL-04: MailboxFull
#[tokio::test(start_paused = true)]
async fn a_message_that_a_full_mailbox_drops_is_dead() {
    let lab = lab().await;
    let (scribe, _release) = held(&lab, 1, Overflow::Drop).await;
    assert_eq!(lab.tell(&scribe, Note(1)).await.unwrap(), Sent::Dropped);
    let (letter, has_text) = only(&lab, Reason::Full);
    assert_eq!(way(&letter), ("Note", None, Some(scribe.id())));
    assert!(has_text);
}

/// DL-04: the message of an ask that a full mailbox refuses has no owner. The message of a tell goes back to its sender.
#[tokio::test(start_paused = true)]
async fn an_ask_of_a_full_mailbox_is_dead_and_a_tell_is_given_back() {
    let lab = lab().await;
    let (scribe, _release) = held(&lab, 1, Overflow::Error).await;
    assert!(matches!(lab.tell(&scribe, Note(1)).await, Err(SendError::Full(Note(1)))));
    assert_eq!(lab.dead_letters().count(), 0);
    let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
    assert!(matches!(error, AskError::Full(_)), "{error}");
    assert_eq!(way(&only(&lab, Reason::Full).0), ("Double", None, Some(scribe.id())));
}

/// DL-05: Refused
#[test]
fn a_message_that_a_broker_drops_is_dead_under_its_id() {
    on_every_runtime(|| async {
        let broker = TestBroker::<LabMessage>::new(|meta, _| match meta.message_type() {
            "Note" => Decision::Drop,
            _ => Decision::Deliver,
        });
        let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let relay = lab.spawn(Relay { to: scribe.clone() }).await.unwrap();
        let mut monitor = lab.monitor(64);
        lab.ask(&relay, Pass(1)).await.unwrap();
        let (letter, has_text) = only(&lab, Reason::Refused);
        assert_eq!(way(&letter), ("Note", Some(relay.id()), Some(scribe.id())));
        assert!(has_text);
        assert_eq!(ids_of(&mut monitor, "Note"), [letter.id, letter.id], "published, then dead");
    });
}

/// DL-05: an ask that is refused is dead under its id as well.
#[test]
fn an_ask_that_a_broker_refuses_is_dead_under_its_id() {
    on_every_runtime(|| async {
        let broker = TestBroker::<LabMessage>::new(|meta, _| match meta.message_type() {
            "Double" => Decision::Refuse,
            _ => Decision::Deliver,
        });
        let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let relay = lab.spawn(Relay { to: scribe.clone() }).await.unwrap();
        let mut monitor = lab.monitor(64);
        lab.ask(&relay, AskAround).await.unwrap().unwrap_err();
        let (letter, has_text) = only(&lab, Reason::Refused);
        assert_eq!(way(&letter), ("Double", Some(relay.id()), Some(scribe.id())));
        assert!(has_text);
        assert_eq!(ids_of(&mut monitor, "Double"), [letter.id, letter.id], "published, then dead");
    });
}

/// DL-07: HandlerFailed, without the message, which the handler had taken
#[test]
fn a_message_whose_handler_failed_is_a_dead_letter_and_counts_as_failed() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).await.unwrap();
        lab.ask(&scribe, Fail).await.unwrap_err();
        lab.idle().await;
        let (letter, has_text) = only(&lab, Reason::Failed);
        assert_eq!(way(&letter), ("Fail", None, Some(scribe.id())));
        assert!(!has_text);
        assert_eq!((lab.counters().failed, lab.counters().dead), (1, 0));
    });
}

/// DL-09: NoSubscriber, if the configuration asks for it
#[test]
fn an_event_without_subscribers_is_dead_if_the_configuration_says_so() {
    on_every_runtime(|| async {
        let quiet = lab().await;
        assert_eq!(quiet.publish(Ticked(1)).await.unwrap().receivers, 0);
        assert_eq!((quiet.dead_letters().count(), quiet.counters().dead), (0, 0));

        let strict = SystemConfig::default().with_unsubscribed_events_as_dead_letters(true);
        let lab = lab_with(strict.clone()).await;
        assert_eq!(lab.publish(Ticked(1)).await.unwrap().receivers, 0);
        let (letter, has_text) = only(&lab, Reason::NoSubscriber);
        assert_eq!(way(&letter), ("Ticked", None, None));
        assert!(has_text);
        assert_eq!(lab.counters().dead, 1);

        let lab = lab_with(strict).await;
        let clock = lab.spawn(Clock).await.unwrap();
        lab.ask(&clock, Tick { n: 1, fails: false }).await.unwrap();
        lab.idle().await;
        assert_eq!(lab.dead_letters().count_of(Reason::NoSubscriber), 2);
        let letters = lab.dead_letters().inspect();
        assert!(letters.iter().all(|letter| way(letter) == ("Ticked", Some(clock.id()), None)));
    });
}

/// DL-10, I2: LateReply. The message itself was handled.
#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_too_late_is_a_dead_letter() {
    let lab = lab().await;
    let (scribe, release) = held(&lab, 4, Overflow::Block).await;
    let error = lab.ask_timeout(&scribe, Double(1), Duration::from_secs(1)).await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    release.send(()).unwrap();
    lab.idle().await;
    let (letter, has_text) = only(&lab, Reason::LateReply);
    assert_eq!(way(&letter), ("Double", None, Some(scribe.id())));
    assert!(!has_text);
    assert_eq!((lab.counters().handled, lab.counters().dead), (2, 0));
}

/// DL-12: ShuttingDown
#[tokio::test(start_paused = true)]
async fn messages_left_by_a_shutdown_are_dead() {
    let lab = lab().await;
    let (scribe, _release) = held(&lab, 4, Overflow::Block).await;
    lab.tell(&scribe, Note(1)).await.unwrap();
    lab.shutdown().await.unwrap_err();
    let letters = lab.dead_letters().drain();
    let known: Vec<_> =
        letters.iter().map(|buried| (way(&buried.letter), buried.message.is_some())).collect();
    let to = Some(scribe.id());
    assert_eq!(known, [(("Hold", None, to), false), (("Note", None, to), true)]);
    assert_eq!(lab.dead_letters().count_of(Reason::ShuttingDown), 2);
    assert_eq!(lab.dead_letters().count(), 2);
}

/// Whether the asker or the reader of dead letters was woken first, when `cause` ends the ask.
async fn first_notified(
    lab: &ActorSystem<Lab>,
    ask: impl Future<Output = Result<u64, AskError>>,
    cause: impl Future,
) -> String {
    let log = Log::default();
    let (asker, reader) = (logging_waker(&log, "asker"), logging_waker(&log, "reader"));
    let mut ask = pin!(ask);
    assert!(ask.as_mut().poll(&mut Context::from_waker(&asker)).is_pending());
    let mut letters = lab.dead_letters().subscribe(8);
    assert!(pin!(letters.recv()).poll(&mut Context::from_waker(&reader)).is_pending());
    cause.await;
    settle().await;
    assert!(matches!(ask.poll(&mut Context::from_waker(&asker)), Poll::Ready(Err(_))));
    assert!(log.read().contains(&"reader".to_owned()), "there was no dead letter");
    log.read().remove(0)
}

/// DL: a waiting asker is notified before the dead letter is stored.
#[tokio::test(start_paused = true)]
async fn a_waiting_asker_is_notified_before_the_dead_letter_can_be_read() {
    let ttl = Duration::from_secs(1);
    let lab = &lab().await;

    let (scribe, release) = held(lab, 4, Overflow::Block).await;
    let stop = async {
        let stopped = poll_once(pin!(lab.stop(&scribe)));
        assert!(stopped.is_pending());
        release.send(()).unwrap();
    };
    assert_eq!(first_notified(lab, lab.ask(&scribe, Double(1)), stop).await, "asker");

    let (scribe, release) = held(lab, 4, Overflow::Block).await;
    let expire = async {
        tokio::time::advance(2 * ttl).await;
        release.send(()).unwrap();
    };
    assert_eq!(first_notified(lab, lab.ask(&scribe, Double(1)).ttl(ttl), expire).await, "asker");
    assert_eq!(first_notified(lab, lab.ask(&scribe, Fail), async {}).await, "asker");

    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert_eq!(first_notified(lab, lab.ask(&scribe, Never), lab.kill(&scribe)).await, "asker");
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let forever = lab.ask_timeout(&scribe, Never, Duration::MAX);
    assert_eq!(first_notified(lab, forever, lab.shutdown()).await, "asker");
    for (reason, count) in
        [(Reason::Stopped, 2), (Reason::Expired, 1), (Reason::Failed, 1), (Reason::ShuttingDown, 1)]
    {
        assert_eq!(lab.dead_letters().count_of(reason), count, "{reason}");
    }
}
