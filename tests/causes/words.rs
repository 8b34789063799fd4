//! What the public errors say of a cause: the words, whether a later attempt can succeed, and the message that comes back.

use airssys_rt::{broker::dead_letters::Reason, prelude::*, reply::Asked, system::PublishError};
use airssys_rt_tests::{Note, Ticked};
use std::collections::BTreeSet;

#[test]
fn the_error_of_a_send_gives_the_message_back_unless_it_is_lost() {
    let all: [(SendError<Note>, bool, &str); 9] = [
        (SendError::Stopped(Note(1)), false, "the actor has stopped"),
        (SendError::NotFound(Note(1)), false, "there is no such actor"),
        (SendError::Full(Note(1)), true, "the mailbox is full"),
        (SendError::Timeout(Note(1)), true, "the mailbox stayed full until the time limit"),
        (SendError::Refused(Note(1)), false, "the broker refused the message"),
        (SendError::Expired(Note(1)), false, "the message has expired"),
        (SendError::ShuttingDown(Note(1)), false, "the system is shutting down"),
        (SendError::Transport(Note(1)), true, "the transport failed"),
        (SendError::Lost, true, "the transport lost the message"),
    ];
    for (error, is_transient, text) in all {
        assert_eq!((error.to_string().as_str(), error.is_transient()), (text, is_transient));
        assert_eq!(format!("{error:?}"), format!("SendError({text})"));
        let is_lost = matches!(error, SendError::Lost);
        assert_eq!(error.into_message().map(|Note(n)| n), (!is_lost).then_some(1), "{text}");
    }
}

#[test]
fn the_error_of_a_publish_gives_the_event_back_unless_it_is_lost() {
    let all: [(PublishError<Ticked>, bool, &str); 5] = [
        (PublishError::ShuttingDown(Ticked(1)), false, "the system is shutting down"),
        (PublishError::Refused(Ticked(1)), false, "the broker refused the event"),
        (PublishError::Full(Ticked(1)), true, "the broker has no capacity for the event"),
        (PublishError::Transport(Ticked(1)), true, "the transport failed"),
        (PublishError::Lost, true, "the transport lost the event"),
    ];
    for (error, is_transient, text) in all {
        assert_eq!((error.to_string().as_str(), error.is_transient()), (text, is_transient));
        assert_eq!(format!("{error:?}"), format!("PublishError({text})"));
        let is_lost = matches!(error, PublishError::Lost);
        assert_eq!(error.into_event().map(|Ticked(n)| n), (!is_lost).then_some(1), "{text}");
    }
}

/// The errors of an ask that a real one gives, one after the other: each names the ask, and says whether to try again.
#[tokio::test(start_paused = true)]
async fn the_error_of_an_ask_names_the_ask() {
    let lab = airssys_rt_tests::lab().await;
    let scribe = lab.spawn(airssys_rt_tests::Scribe::default()).named("x").await.unwrap();
    let late = lab
        .ask_timeout(&scribe, airssys_rt_tests::Never, std::time::Duration::from_millis(1))
        .await
        .unwrap_err();
    let asked: Asked = late.asked().clone();
    assert!(late.is_transient(), "{late}");
    assert!(asked.to_string().starts_with("`Never` to `Scribe` "), "{asked}");
    type Make = fn(Asked) -> AskError;
    let all: [(Make, bool); 11] = [
        (|asked| AskError::Stopped(asked, None), false),
        (|asked| AskError::Failed(asked, None), false),
        (AskError::NoReply, false),
        (AskError::Full, true),
        (AskError::Refused, false),
        (AskError::NotFound, false),
        (AskError::Expired, false),
        (AskError::Restarted, true),
        (AskError::ShuttingDown, false),
        (AskError::Transport, true),
        (AskError::Lost, true),
    ];
    let mut texts = BTreeSet::new();
    for (make, is_transient) in all {
        let error = make(asked.clone());
        assert_eq!((error.asked(), error.is_transient()), (&asked, is_transient), "{error}");
        assert!(error.to_string().contains("Scribe"), "{error}");
        texts.insert(error.to_string());
    }
    assert_eq!(texts.len(), all.len(), "each cause has its own words: {texts:?}");
}

#[test]
fn each_reason_of_a_dead_letter_has_its_own_words() {
    let all = [
        Reason::NotFound,
        Reason::Stopped,
        Reason::Full,
        Reason::Refused,
        Reason::Expired,
        Reason::Failed,
        Reason::NoSubscriber,
        Reason::LateReply,
        Reason::Restarted,
        Reason::ShuttingDown,
        Reason::Transport,
        Reason::Lost,
    ];
    let texts: BTreeSet<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), all.len(), "{texts:?}");
}
