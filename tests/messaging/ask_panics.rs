//! A handler that panics: its asker gets the text, from wherever it asked; other reply slots are answered as without a panic.

use airssys_rt::{
    broker::{InMemoryMessageBroker, MessageBroker},
    prelude::*,
    testkit::{Incoming, Probe},
};
use airssys_rt_tests::{on_every_runtime, paused, poll_once, settle, until};
use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind, panic_any},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Wake, Waker},
    time::Duration,
};

/// Its handler panics with this text, or without one.
#[message(reply = u64)]
#[derive(Debug, Clone)]
struct Break(Option<&'static str>);

/// As `Break`, after the handler has waited.
#[message(reply = u64)]
#[derive(Debug, Clone)]
struct BreakLater(&'static str);

#[message(reply = u64)]
struct Ping;

/// What the handler does with a message that a probe has received.
#[derive(Clone, Copy)]
enum Fate {
    /// It panics, catches that itself, and then waits for ever.
    CaughtHere,
    /// It moves the message to a task that panics.
    MovedToPanic,
    /// It moves the message to a task that drops it after the handler has panicked.
    MovedAway,
    /// It panics with the message in its hand.
    Held,
}

#[message]
struct Decide(Incoming<Ping, u64>, Fate);

fn break_down(text: Option<&'static str>) -> u64 {
    match text {
        Some(text) => panic!("{text}"),
        None => panic_any(7_u8),
    }
}

/// Its handlers are methods.
struct Vase;

#[actor]
impl Vase {
    #[handler]
    fn fall(&mut self, Break(text): Break) -> u64 {
        break_down(text)
    }

    #[handler]
    async fn fall_later(&mut self, BreakLater(text): BreakLater) -> u64 {
        tokio::task::yield_now().await;
        break_down(Some(text))
    }

    #[handler]
    async fn decide(&mut self, Decide(incoming, fate): Decide) {
        match fate {
            Fate::CaughtHere => {
                let caught = catch_unwind(AssertUnwindSafe(move || {
                    let _incoming = incoming;
                    panic!("caught by the handler");
                }));
                caught.unwrap_err();
                std::future::pending::<()>().await;
            }
            Fate::MovedToPanic => {
                tokio::spawn(async move {
                    let _incoming = incoming;
                    panic!("in a task");
                });
            }
            Fate::MovedAway => {
                tokio::spawn(async move {
                    tokio::task::yield_now().await;
                    drop(incoming);
                });
                panic!("it is elsewhere");
            }
            Fate::Held => {
                let _incoming = incoming;
                panic!("it was held");
            }
        }
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

/// Its handlers are trait impls, and it stops after a failure.
#[actor(handles(Break, BreakLater))]
struct Bowl;

impl Handler<Break> for Bowl {
    async fn handle(&mut self, Break(text): Break, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(break_down(text))
    }
}

impl Handler<BreakLater> for Bowl {
    async fn handle(
        &mut self,
        BreakLater(text): BreakLater,
        _: &mut ActorContext<Self>,
    ) -> Result<u64, Fault> {
        tokio::task::yield_now().await;
        Ok(break_down(Some(text)))
    }
}

/// Asks a vase, itself or in a task.
#[message(reply = AskError)]
struct Push {
    vase: ActorRef<Vase>,
    publisher: bool,
}

struct Cat;

#[actor(asks(Vase))]
impl Cat {
    #[handler]
    async fn push(&mut self, Push { vase, publisher }: Push, ctx: &mut ActorContext<Self>) -> AskError {
        let pushed = if publisher {
            let publisher = ctx.publisher();
            tokio::spawn(async move { publisher.ask(&vase, BreakLater("pushed")).await }).await.unwrap()
        } else {
            ctx.ask(&vase, BreakLater("pushed")).await
        };
        pushed.unwrap_err()
    }
}

#[actor_system(actors(Vase, Bowl, Cat, Pinged))]
struct Kitchen;

async fn kitchen() -> ActorSystem<Kitchen> {
    ActorSystem::<Kitchen>::start(SystemConfig::default()).await.unwrap()
}

/// The error is a panic of the handler of this message, with this text.
#[track_caller]
fn assert_panicked(error: &AskError, message: &'static str, text: &str) {
    let AskError::Failed(asked, Some(report)) = error else { panic!("{error:?}") };
    assert_eq!((asked.message, report.message(), report.is_panic()), (message, Some(message), true));
    assert_eq!(std::error::Error::source(error).unwrap().to_string(), text);
}

/// AS-07
#[test]
fn an_ask_gets_the_text_of_the_panic_of_its_handler() {
    on_every_runtime(|| async {
        let kitchen = kitchen().await;
        let vase = kitchen.spawn(Vase).await.unwrap();
        for _ in 0..3 {
            assert_panicked(&kitchen.ask(&vase, Break(Some("crack"))).await.unwrap_err(), "Break", "crack");
            assert_panicked(&kitchen.ask(&vase, BreakLater("late")).await.unwrap_err(), "BreakLater", "late");
            let limit = Duration::from_secs(60);
            let error = kitchen.ask_timeout(&vase, Break(Some("limit")), limit).await.unwrap_err();
            assert_panicked(&error, "Break", "limit");
            let error = kitchen.ask(&vase, Break(None)).await.unwrap_err();
            assert_panicked(&error, "Break", "a panic without a text");
        }
        let bowl = kitchen.spawn(Bowl).await.unwrap();
        assert_panicked(&kitchen.ask(&bowl, Break(Some("crack"))).await.unwrap_err(), "Break", "crack");
        let bowl = kitchen.spawn(Bowl).await.unwrap();
        let error = kitchen.ask(&bowl, BreakLater("late")).await.unwrap_err();
        assert_panicked(&error, "BreakLater", "late");
    });
}

#[test]
fn each_way_to_ask_gets_the_text() {
    on_every_runtime(|| async {
        let broker = InMemoryMessageBroker::default();
        let kitchen =
            ActorSystem::<Kitchen, _>::with_broker(SystemConfig::default(), broker.clone()).await.unwrap();
        let (vase, cat) = (kitchen.spawn(Vase).await.unwrap(), kitchen.spawn(Cat).await.unwrap());
        for publisher in [false, true] {
            let error = kitchen.ask(&cat, Push { vase: vase.clone(), publisher }).await.unwrap();
            assert_panicked(&error, "BreakLater", "pushed");
        }
        let recipient = Recipient::<Break>::from(vase.clone());
        let error = kitchen.ask_any(&recipient, Break(Some("any"))).await.unwrap_err();
        assert_panicked(&error, "Break", "any");
        let error = kitchen.ask_to::<Vase, _, _>(vase.id(), Break(Some("to"))).await.unwrap_err();
        assert_panicked(&error, "Break", "to");
        let request = kitchen.request(&vase, Break(Some("request")));
        let error = broker.publish_request(request, Duration::MAX).await.unwrap_err();
        assert_panicked(&error, "Break", "request");
        // Through the broker as well, because a monitor sees the message.
        let _tap = kitchen.monitor(8);
        let error = kitchen.ask(&vase, BreakLater("seen")).await.unwrap_err();
        assert_panicked(&error, "BreakLater", "seen");
    });
}

/// An ask that a probe has received, with the vase that decides on it.
async fn decided(fate: Fate) -> AskError {
    let kitchen = kitchen().await;
    let vase = kitchen.spawn(Vase).await.unwrap();
    let mut probe = Probe::<Pinged>::new();
    let (to, asker) = (probe.actor_ref(), kitchen.clone());
    let ask = tokio::spawn(async move { asker.ask(&to, Ping).await });
    let incoming = probe.expect::<Ping>().await;
    kitchen.tell(&vase, Decide(incoming, fate)).await.unwrap();
    ask.await.unwrap().unwrap_err()
}

/// A probe stands in for it.
struct Pinged;

#[actor]
impl Pinged {
    #[handler]
    fn ping(&mut self, _: Ping) -> u64 {
        0
    }
}

#[test]
fn a_slot_that_is_moved_away_is_answered_as_without_the_panic() {
    on_every_runtime(|| async {
        let error = decided(Fate::MovedAway).await;
        assert!(matches!(error, AskError::NoReply(_)), "{error}");
        let error = decided(Fate::MovedToPanic).await;
        assert!(matches!(error, AskError::Failed(_, None)), "no guard of an actor catches it: {error}");
        let error = decided(Fate::Held).await;
        let AskError::Failed(_, Some(report)) = &error else { panic!("{error}") };
        assert_eq!(report.to_string(), "it was held");
    });
}

/// The guard never sees this panic, so the asker does not wait for its text.
#[test]
fn a_panic_that_the_handler_catches_itself_fails_the_ask_when_the_handler_waits() {
    on_every_runtime(|| async {
        let error = decided(Fate::CaughtHere).await;
        assert!(matches!(error, AskError::Failed(_, None)), "{error}");
    });
}

struct Hostile(AtomicU64);

impl Wake for Hostile {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
        panic!("a hostile waker");
    }
}

/// The asker is woken for the panic and for its text. Its waker is user code.
#[test]
fn a_waker_that_panics_harms_no_other_asker() {
    paused().block_on(async {
        let kitchen = kitchen().await;
        let vase = kitchen.spawn(Vase).await.unwrap();
        let hostile = Arc::new(Hostile(AtomicU64::new(0)));
        let mut first = pin!(kitchen.ask(&vase, Break(Some("first"))));
        let mut second = pin!(kitchen.ask(&vase, Break(Some("second"))));
        let waker = Waker::from(hostile.clone());
        assert!(first.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        assert!(poll_once(second.as_mut()).is_pending());
        until("the first asker is woken", || hostile.0.load(Relaxed) > 0).await;
        settle().await;
        assert_panicked(&second.await.unwrap_err(), "Break", "second");
        assert_panicked(&first.await.unwrap_err(), "Break", "first");
        assert_panicked(&kitchen.ask(&vase, Break(Some("third"))).await.unwrap_err(), "Break", "third");
    });
}
