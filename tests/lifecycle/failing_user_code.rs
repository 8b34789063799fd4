//! User code that panics or never returns: in `Clone`, `Drop`, `Display`, and in a broker; actors still end.

use airssys_rt::{
    broker::{InMemoryError, InMemoryMessageBroker, MessageStream, Published, Rejected, Route},
    envelope::Envelope,
    prelude::*,
};
use airssys_rt_tests::{Lab, Log, paused, settle, two_threads, with_time_limit};
use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

thread_local! {
    static ON_CLONE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Runs `action` at the next clone of a headline on this thread.
fn on_next_clone(action: impl FnOnce() + 'static) {
    ON_CLONE.with(|next| *next.borrow_mut() = Some(Box::new(action)));
}

/// An event whose `Clone` runs code of the test.
#[event]
struct Headline(u64);

impl Clone for Headline {
    fn clone(&self) -> Self {
        if let Some(action) = ON_CLONE.with(|next| next.borrow_mut().take()) {
            action();
        }
        Headline(self.0)
    }
}

#[message(reply = u64)]
#[derive(Clone)]
struct Greet;

/// Publishes a headline, and its handler never returns.
#[message]
#[derive(Clone)]
struct PublishAndHang;

/// Publishes one headline in `pre_start`.
#[derive(Default)]
struct EventSource;

#[actor(publishes(Headline))]
impl EventSource {
    #[pre_start]
    fn begin(&mut self, ctx: &mut ActorContext<Self>) {
        ctx.publish(Headline(0));
    }

    #[handler]
    fn hi(&mut self, _: Greet) -> u64 {
        1
    }

    #[handler]
    async fn hang(&mut self, _: PublishAndHang, ctx: &mut ActorContext<Self>) {
        ctx.publish(Headline(1));
        std::future::pending().await
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

#[derive(Default)]
struct Reader;

#[actor]
impl Reader {
    #[on_event]
    fn read(&mut self, _: Headline) {}
}

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("it went off");
        }
    }
}

/// Panics when it is printed.
#[derive(Debug)]
struct UnprintableError;

impl std::fmt::Display for UnprintableError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("no words")
    }
}

impl std::error::Error for UnprintableError {}

/// Its handler waits with a bomb in its future.
#[message]
#[derive(Clone)]
struct WaitWithBomb;

#[derive(Default)]
struct FailingSubscriber {
    log: Log,
}

#[actor]
impl FailingSubscriber {
    #[handler]
    async fn arm(&mut self, _: WaitWithBomb) {
        let _bomb = Bomb;
        std::future::pending().await
    }

    #[on_event]
    fn read(&mut self, _: Headline) -> Result<(), Fault> {
        Err(UnprintableError)?
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        self.log.add("on_error");
        ErrorAction::Resume
    }

    #[post_stop]
    fn stopped(&mut self) {
        self.log.add("post_stop");
    }
}

#[actor_system(actors(EventSource, Reader, FailingSubscriber), events(Headline))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

/// A broker with one of two faults: its `publish` of an event never returns, or its `detach` panics.
struct Faulty<M> {
    inner: InMemoryMessageBroker<M>,
    holds_events: bool,
    panics: bool,
    events: Arc<AtomicU64>,
}

impl<M: Send + 'static> Faulty<M> {
    fn new(holds_events: bool, panics: bool) -> Self {
        Faulty { inner: InMemoryMessageBroker::new(), holds_events, panics, events: Arc::default() }
    }
}

impl<M> Clone for Faulty<M> {
    fn clone(&self) -> Self {
        Faulty { inner: self.inner.clone(), events: self.events.clone(), ..*self }
    }
}

impl<M: Send + 'static> MessageBroker<M> for Faulty<M> {
    type Error = InMemoryError;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        self.inner.attach(route).await
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        if envelope.meta().recipient().is_none() {
            self.events.fetch_add(1, SeqCst);
            if self.holds_events {
                std::future::pending::<()>().await;
            }
        }
        self.inner.publish(envelope).await
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        self.inner.subscribe(capacity)
    }

    async fn detach(&self) {
        assert!(!self.panics, "the transport is gone");
        self.inner.detach().await;
    }
}

#[test]
fn a_shutdown_ends_when_its_broker_panics() {
    with_time_limit(|| {
        two_threads().block_on(async {
            let broker = Faulty::new(false, true);
            let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
            lab.shutdown().await.unwrap();
        });
    });
}

#[test]
fn a_failure_outside_of_a_message_does_not_count_as_a_failed_message() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            system.spawn(Reader).await.unwrap();
            on_next_clone(|| panic!("no copies"));
            let source = system.spawn(EventSource).await.unwrap();
            settle().await;
            assert_eq!(system.ask(&source, Greet).await, Ok(1));
            assert_eq!(system.stop(&source).await.reason(), &ExitReason::Stopped);
            let counters = system.counters();
            assert_eq!((counters.sent, counters.handled, counters.failed), (1, 1, 0));
        });
    });
}

#[test]
fn a_killed_handler_publishes_nothing_through_a_broker() {
    paused().block_on(async {
        let broker = Faulty::new(false, false);
        let events = broker.events.clone();
        let system =
            ActorSystem::<TestSystem, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
        let source = system.spawn(EventSource).await.unwrap();
        system.tell(&source, PublishAndHang).await.unwrap();
        settle().await;
        assert_eq!(system.kill(&source).await.reason(), &ExitReason::Killed);
        assert_eq!(events.load(SeqCst), 1, "that of `pre_start`");
    });
}

#[test]
fn a_kill_ends_an_actor_that_waits_for_its_broker_before_the_first_message() {
    with_time_limit(|| {
        paused().block_on(async {
            let broker = Faulty::new(true, false);
            let system =
                ActorSystem::<TestSystem, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
            system.spawn(EventSource).await.unwrap();
            settle().await;
            let error = system.shutdown().await.unwrap_err();
            assert!(!error.aborted[0].stuck, "{error}");
        });
    });
}

#[test]
fn a_future_that_panics_when_a_kill_drops_it_does_not_skip_post_stop() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let subscriber = system.spawn(FailingSubscriber { log: log.clone() }).await.unwrap();
            system.tell(&subscriber, WaitWithBomb).await.unwrap();
            settle().await;
            assert_eq!(system.kill(&subscriber).await.reason(), &ExitReason::Killed);
            assert_eq!(log.read(), ["post_stop"]);
        });
    });
}

#[test]
fn an_error_that_cannot_be_printed_is_an_error_like_any_other() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let subscriber = system.spawn(FailingSubscriber { log: log.clone() }).await.unwrap();
            system.publish(Headline(1)).await.unwrap();
            system.idle().await;
            assert_eq!(system.stop(&subscriber).await.reason(), &ExitReason::Stopped);
            assert_eq!(log.read(), ["on_error", "post_stop"]);
        });
    });
}
