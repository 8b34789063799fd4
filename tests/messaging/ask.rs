//! Asks: each ends exactly once, with an answer, a time-out or an error, as early as its result can be known.

use airssys_rt::{
    broker::{InMemoryMessageBroker, MessageBroker, MessageStream, Published, Rejected, Route},
    envelope::Envelope,
    prelude::*,
    testkit::Probe,
};
use airssys_rt_tests::{
    AskYourself, Double, Duelist, Fail, Hold, Lab, Meet, Never, Note, Panic, Parry, Relay, Scribe, lab,
    lab_with, on_every_runtime, paused, poll_once, settle,
};
use std::{pin::pin, time::Duration};
use tokio::time::Instant;

/// A3, AS-01
#[test]
fn an_ask_is_answered() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        assert_eq!(lab.ask(&scribe, Double(21)).await, Ok(42));
    });
}

/// B8, AS-02
#[tokio::test(start_paused = true)]
async fn an_ask_without_an_answer_times_out_exactly_and_names_the_message() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let (begin, limit) = (Instant::now(), Duration::from_secs(1));
    let error = lab.ask_timeout(&scribe, Never, limit).await.unwrap_err();
    assert_eq!(begin.elapsed(), limit);
    let AskError::Timeout(asked) = &error else { panic!("{error}") };
    assert_eq!((asked.actor, asked.message, asked.timeout), ("Scribe", "Never", Some(limit)));
    assert_eq!(asked.target, scribe.id().into());
    let text = format!("`Never` to `Scribe` {} was not answered within 1s", scribe.id());
    assert_eq!(error.to_string(), text);
}

/// AS-02: the default is five seconds, or what the configuration says.
#[tokio::test(start_paused = true)]
async fn an_ask_has_a_default_time_limit() {
    for (config, limit) in [
        (SystemConfig::default(), Duration::from_secs(5)),
        (SystemConfig::default().with_ask_timeout(Duration::from_millis(70)), Duration::from_millis(70)),
    ] {
        let lab = lab_with(config).await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let begin = Instant::now();
        let error = lab.ask(&scribe, Never).await.unwrap_err();
        assert!(matches!(error, AskError::Timeout(_)), "{error}");
        assert_eq!(begin.elapsed(), limit);
    }
}

/// AS-06
#[tokio::test(start_paused = true)]
async fn a_queued_ask_fails_at_once_when_the_actor_stops() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    let begin = Instant::now();
    let ask = tokio::spawn({
        let (lab, scribe) = (lab.clone(), scribe.clone());
        async move { lab.ask(&scribe, Double(1)).await }
    });
    settle().await;
    release.send(()).unwrap();
    lab.stop(&scribe).await;
    let error = ask.await.unwrap().unwrap_err();
    assert!(matches!(error, AskError::Stopped(..)), "{error}");
    let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
    assert!(matches!(error, AskError::Stopped(..)), "{error}");
    assert_eq!(begin.elapsed(), Duration::ZERO);
}

/// AS-07
#[test]
fn an_ask_fails_when_its_handler_fails() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).await.unwrap();
        let error = lab.ask(&scribe, Fail).await.unwrap_err();
        assert!(matches!(error, AskError::Failed(..)), "{error}");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is full");
        let error = lab.ask(&scribe, Panic).await.unwrap_err();
        assert!(matches!(&error, AskError::Failed(_, Some(report)) if report.is_panic()), "{error}");
        assert_eq!(lab.ask(&scribe, Double(2)).await, Ok(4), "the actor went on");
    });
}

/// A broker that drops every envelope and reports success.
struct Swallows<M>(InMemoryMessageBroker<M>);

impl<M> Clone for Swallows<M> {
    fn clone(&self) -> Self {
        Swallows(self.0.clone())
    }
}

impl<M: Send + 'static> MessageBroker<M> for Swallows<M> {
    type Error = airssys_rt::broker::InMemoryError;

    async fn attach(&self, route: Route<M>) -> Result<(), Self::Error> {
        self.0.attach(route).await
    }

    async fn publish(&self, _: Envelope<M>) -> Result<Published, Rejected<M, Self::Error>> {
        Ok(Published::to(1))
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, Self::Error>
    where
        M: Clone,
    {
        self.0.subscribe(capacity)
    }

    async fn detach(&self) {
        self.0.detach().await;
    }
}

/// AS-08
#[tokio::test(start_paused = true)]
async fn an_ask_whose_message_is_dropped_fails_at_once() {
    let lab =
        ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), Swallows(InMemoryMessageBroker::new()))
            .await
            .unwrap();
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let begin = Instant::now();
    let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
    assert!(matches!(error, AskError::NoReply(_)), "{error}");
    assert_eq!(begin.elapsed(), Duration::ZERO);
}

/// AS-10
#[tokio::test(start_paused = true)]
async fn two_actors_that_ask_each_other_time_out_and_go_on() {
    let lab = lab().await;
    let a = lab.spawn(Duelist::default()).await.unwrap();
    let b = lab.spawn(Duelist::default()).await.unwrap();
    lab.tell(&a, Meet(b.clone())).await.unwrap();
    lab.tell(&b, Meet(a.clone())).await.unwrap();
    let answer = lab.ask_timeout(&a, Parry(2), Duration::from_secs(60)).await.unwrap();
    assert!(matches!(answer, Err(AskError::Timeout(_))), "{answer:?}");
    assert_eq!(lab.ask(&a, Parry(0)).await.unwrap(), Ok(0));
    assert_eq!(lab.ask(&b, Parry(1)).await.unwrap(), Ok(0));
}

/// Decision "an actor asks itself": an error at once.
#[tokio::test(start_paused = true)]
async fn an_actor_that_asks_itself_gets_an_error_at_once() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let relay = lab.spawn(Relay { to: scribe }).await.unwrap();
    let begin = Instant::now();
    let text = lab.ask(&relay, AskYourself).await.unwrap();
    assert!(text.contains("was asked by itself"), "{text}");
    assert_eq!(begin.elapsed(), Duration::ZERO);
}

/// AS-13
#[tokio::test(start_paused = true)]
async fn an_ask_with_a_time_limit_of_zero_is_not_sent() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let error = lab.ask_timeout(&scribe, Double(1), Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    assert_eq!(lab.counters().sent, 0);
}

/// AS-14
#[tokio::test(start_paused = true)]
async fn the_time_limit_includes_the_wait_for_capacity() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    let (begin, limit) = (Instant::now(), Duration::from_millis(300));
    let error = lab.ask_timeout(&scribe, Double(1), limit).await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    assert_eq!(begin.elapsed(), limit);
    // The message is not left in the queue of waiting senders either.
    release.send(()).unwrap();
    assert_eq!(lab.ask(&scribe, Double(2)).await, Ok(4));
    assert_eq!(lab.counters().sent, 2);
}

/// AS-15
#[test]
fn ten_thousand_concurrent_asks_each_get_their_own_answer() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribes =
            [lab.spawn(Scribe::default()).await.unwrap(), lab.spawn(Scribe::default()).await.unwrap()];
        let asks: Vec<_> = (0..10_000)
            .map(|n| {
                let (lab, scribe) = (lab.clone(), scribes[n as usize % 2].clone());
                tokio::spawn(async move { lab.ask(&scribe, Double(n)).await })
            })
            .collect();
        for (n, ask) in (0..).zip(asks) {
            assert_eq!(ask.await.unwrap(), Ok(n * 2));
        }
    });
}

/// AS-16: there is no table of pending asks that could grow. An ask that times out leaves only its message behind.
#[test]
fn asks_that_time_out_leave_only_their_messages() {
    paused().block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).unbounded().await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        for n in 0..100_000 {
            let error = lab.ask_timeout(&scribe, Double(n), Duration::from_millis(1)).await.unwrap_err();
            assert!(matches!(error, AskError::Timeout(_)), "{error}");
        }
        release.send(()).unwrap();
        lab.tell(&scribe, Note(1)).await.unwrap();
        assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
        settle().await;
        assert_eq!(scribe.queue_depth(), 0);
        assert_eq!(lab.counters().handled, 100_003);
    });
}

#[tokio::test(start_paused = true)]
async fn the_report_of_a_failed_ask_names_the_message() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).await.unwrap();
    let error = lab.ask(&scribe, Fail).await.unwrap_err();
    let AskError::Failed(_, Some(report)) = error else { panic!("{error}") };
    assert_eq!(report.message(), Some("Fail"));
}

/// AS-14
#[tokio::test(start_paused = true)]
async fn an_ask_that_timed_out_before_it_was_accepted_is_never_accepted() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    // The future has completed and is not dropped yet.
    let mut ask = pin!(lab.ask_timeout(&scribe, Fail, Duration::from_secs(1)));
    let error = ask.as_mut().await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    release.send(()).unwrap();
    lab.idle().await;
    assert_eq!((lab.counters().sent, lab.counters().failed), (1, 0));
}

/// AS-06, for the message that is being handled
#[tokio::test(start_paused = true)]
async fn an_ask_in_flight_fails_when_the_actor_is_killed() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let mut ask = pin!(lab.ask_timeout(&scribe, Never, Duration::MAX));
    assert!(poll_once(ask.as_mut()).is_pending());
    settle().await;
    lab.shutdown().await.unwrap_err();
    let error = ask.await.unwrap_err();
    assert!(matches!(error, AskError::Stopped(..)), "{error}");
}

/// AS-06, AS-08: the kill of one handler says nothing about a reply that another actor drops later on the same thread.
#[tokio::test(start_paused = true)]
async fn a_reply_that_is_dropped_after_a_kill_is_not_one_of_the_killed_actor() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let mut ask = pin!(lab.ask(&scribe, Never));
    assert!(poll_once(ask.as_mut()).is_pending());
    settle().await;
    lab.kill(&scribe).await;
    assert!(matches!(ask.await, Err(AskError::Stopped(..))));
    let mut probe = Probe::<Scribe>::new();
    let to = probe.actor_ref();
    let (dropped, ()) = tokio::join!(lab.ask(&to, Double(1)), async { drop(probe.expect::<Double>().await) });
    assert!(matches!(dropped, Err(AskError::NoReply(_))), "{dropped:?}");
}
