//! Records of metadata, dead letters and lifecycle events, written and read back by serde.

use airssys_rt::{
    broker::{Received, dead_letters::Reason},
    chrono::{DateTime, Utc},
    id::{ActorAddress, ActorId},
    prelude::*,
    record::{DeadLetterRecord, ExitRecord, FaultRecord, LifecycleRecord, MetaRecord, StepRecord},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fmt::Debug,
    num::ParseIntError,
    time::{Duration, SystemTime},
};

#[message]
struct Parse(&'static str);

#[message(reply = u64)]
struct Count;

#[derive(Debug, Default)]
struct Parser {
    count: u64,
}

#[derive(Debug)]
struct NoNumber(ParseIntError);

impl std::fmt::Display for NoNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the text is no number")
    }
}

impl std::error::Error for NoNumber {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[actor]
impl Parser {
    #[handler]
    fn parse(&mut self, Parse(text): Parse) -> Result<(), Fault> {
        self.count += text.parse::<u64>().map_err(NoNumber)?;
        Ok(())
    }

    #[handler]
    fn count(&self, _: Count) -> u64 {
        self.count
    }
}

#[actor_system(actors(Parser))]
struct Texts;

/// Reads what was written.
fn read_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(record: &T) -> String {
    let text = serde_json::to_string(record).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), record, "{text}");
    text
}

async fn texts() -> ActorSystem<Texts> {
    ActorSystem::<Texts>::start(SystemConfig::default()).await.unwrap()
}

/// A12: each step of a lifecycle, with the texts of its faults.
#[tokio::test(start_paused = true)]
async fn the_events_of_a_lifecycle_are_read_back() {
    let texts = texts().await;
    let mut events = texts.lifecycle_events(16);
    let parser = texts.spawn(Parser::default()).named("first").await.unwrap();
    texts.tell(&parser, Parse("x")).await.unwrap();
    texts.idle().await;
    texts.shutdown().await.unwrap();
    let mut steps = Vec::new();
    while let Some(Received::Item(event)) = events.recv().await {
        let record = LifecycleRecord::from(&event);
        assert_eq!((record.id, record.actor.as_str()), (event.id, event.actor));
        assert_eq!((record.name.as_deref(), record.time), (Some("first"), event.time));
        read_back(&record);
        steps.push(record.step);
    }
    let StepRecord::Failed(fault) = &steps[1] else { panic!("{steps:?}") };
    let FaultRecord { message, is_panic, causes, .. } = fault;
    assert_eq!((message.as_deref(), *is_panic), (Some("Parse"), false));
    assert_eq!(causes[1..], ["invalid digit found in string"], "{causes:?}");
    assert!(causes[0].contains("the text is no number"), "{causes:?}");
    assert!(matches!(steps[0], StepRecord::Started { incarnation: 1 }), "{steps:?}");
    assert!(matches!(steps.last(), Some(StepRecord::Stopped(ExitRecord::Failed(_)))), "{steps:?}");
}

/// A12: the steps that no program makes easily.
#[test]
fn every_step_is_read_back() {
    let fault =
        serde_json::from_str::<FaultRecord>(r#"{"message":null,"is_panic":true,"causes":["gone"]}"#).unwrap();
    for step in [
        StepRecord::Restarting { attempt: 3, after: Duration::from_millis(1500) },
        StepRecord::StartFailed(fault.clone()),
        StepRecord::Escalated(fault.clone()),
        StepRecord::Stopped(ExitRecord::NoFactory(fault)),
        StepRecord::Stopped(ExitRecord::Drained),
        StepRecord::Stopped(ExitRecord::Shutdown),
        StepRecord::Stopped(ExitRecord::Killed),
        StepRecord::Stuck,
    ] {
        read_back(&step);
    }
}

/// A12: the metadata of a request.
#[tokio::test]
async fn the_metadata_of_a_message_are_read_back() {
    let texts = texts().await;
    let mut monitor = texts.monitor(8);
    let parser = texts.spawn(Parser::default()).await.unwrap();
    let before = DateTime::<Utc>::from(SystemTime::now());
    assert_eq!(texts.ask(&parser, Count).await.unwrap(), 0);
    let Some(Received::Item(seen)) = monitor.recv().await else { panic!("the monitor sees it") };
    let record = MetaRecord::from(&seen.meta);
    assert_eq!((record.id, record.sender, record.recipient), (seen.meta.id(), None, Some(parser.id())));
    assert_eq!((record.message_type.as_str(), record.receiver_type.as_str()), ("Count", "Parser"));
    assert!(record.is_request && !record.is_event && record.sent_at >= before);
    let text = read_back(&record);
    assert!(text.contains(&format!(r#""id":{}"#, record.id)), "{text}");
    texts.shutdown().await.unwrap();
}

/// A12: a dead letter, with each reason.
#[tokio::test]
async fn a_dead_letter_is_read_back() {
    let texts = texts().await;
    let parser = texts.spawn(Parser::default()).await.unwrap();
    texts.try_tell(&parser, Parse("1")).unwrap();
    texts.try_tell(&parser, Parse("2")).unwrap();
    texts.kill(&parser).await;
    let letters = texts.dead_letters().inspect();
    assert_eq!(letters.len(), 2);
    for letter in &letters {
        let record = DeadLetterRecord::from(letter);
        assert_eq!((record.reason, record.id, record.time), (letter.reason, letter.id, letter.time));
        read_back(&record);
    }
    for reason in Reason::ALL {
        read_back(&reason);
    }
    texts.shutdown().await.unwrap();
}

/// A12: addresses and ids as data.
#[tokio::test]
async fn addresses_are_read_back() {
    let texts = texts().await;
    let parser = texts.spawn(Parser::default()).await.unwrap();
    let by_id = ActorAddress::from(parser.id());
    assert_eq!(read_back(&by_id), format!(r#"{{"id":{}}}"#, parser.id().as_u64()));
    assert_eq!(read_back(&ActorAddress::named("alice")), r#"{"named":"alice"}"#);
    let read: ActorAddress = serde_json::from_str(&read_back(&by_id)).unwrap();
    texts.tell_to::<Parser, _>(read, Parse("7")).await.unwrap();
    assert_eq!(texts.ask(&parser, Count).await.unwrap(), 7);
    texts.shutdown().await.unwrap();
}

/// A12: an id of bytes that no system has made reaches no actor.
#[tokio::test]
async fn an_id_that_was_made_up_reaches_no_actor() {
    let texts = texts().await;
    texts.spawn(Parser::default()).await.unwrap();
    assert!(serde_json::from_str::<ActorId>("0").is_err());
    for bits in [1, u64::MAX, 1 << 36, (5 << 36) | (9 << 24), (1 << 36) | 0xff_ffff] {
        let id: ActorId = serde_json::from_str(&bits.to_string()).unwrap();
        let sent = texts.tell_to::<Parser, _>(id, Parse("1")).await;
        // The first actor of the first type has the id 0.0.1.
        assert_eq!(sent.is_ok(), bits == 1 << 36, "{id}");
    }
    texts.shutdown().await.unwrap();
}
