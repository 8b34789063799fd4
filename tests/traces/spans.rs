//! The span in which a handler runs: its fields, what it encloses, what it is linked to, and its end.

#![allow(missing_debug_implementations)] // of the actors and messages of the tests

use crate::{alone, one_at_a_time, recorded_spans::Spans};
use airssys_rt::{
    broker::{
        InMemoryMessageBroker, MessageBroker,
        hook::{Hooked, Tracing},
    },
    prelude::*,
};
use airssys_rt_tests::paused;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};
use tokio::sync::oneshot;
use tracing::{Id, span};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::Registry,
};

/// Logs a line, waits for the gate, and logs another line.
#[message]
pub struct Work(pub &'static str, pub oneshot::Receiver<()>);

/// Is passed on as often as it says.
#[message]
#[derive(Clone)]
pub struct Pass(pub u32);

#[message(reply = u32)]
#[derive(Clone)]
pub struct Depth(pub u32);

#[event]
#[derive(Clone)]
pub struct Passed;

#[message]
pub struct Fails;

/// Runs another office inside its handler.
#[message]
pub struct Nest;

#[derive(Default)]
pub struct Worker {
    next: Option<ActorRef<Worker>>,
}

#[actor(tells(Worker), asks(Worker, cycle = "a chain of workers ends"), publishes(Passed))]
impl Worker {
    #[handler]
    async fn work(&mut self, Work(text, gate): Work) {
        tracing::info!(text, "begins");
        let _ = gate.await;
        tracing::info!(text, "ends");
    }

    #[handler]
    async fn pass(&mut self, Pass(times): Pass, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        tracing::info!(text = times, "passes");
        match &self.next {
            Some(next) if times > 0 => drop(ctx.tell(next, Pass(times - 1)).await?),
            _ => ctx.publish(Passed),
        }
        Ok(())
    }

    #[handler]
    async fn depth(&mut self, Depth(depth): Depth, ctx: &mut ActorContext<Self>) -> Result<u32, Fault> {
        tracing::info!(text = depth, "asked");
        match &self.next {
            Some(next) => Ok(ctx.ask(next, Depth(depth + 1)).await?),
            None => Ok(depth),
        }
    }

    #[handler]
    fn nest(&mut self, _: Nest) {
        tracing::info!(text = "before", "nests");
        tokio::task::block_in_place(|| {
            paused().block_on(async {
                let office = office().await;
                let inner = office.spawn(Worker::default()).await.unwrap();
                assert_eq!(office.ask(&inner, Depth(7)).await.unwrap(), 7);
            });
        });
        tracing::info!(text = "after", "nests");
    }

    #[handler]
    fn fails(&mut self, _: Fails) -> Result<(), Fault> {
        tracing::info!(text = "fails", "fails");
        Err(Fault::new("no paper"))
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

#[derive(Default)]
pub struct Listener;

#[actor]
impl Listener {
    #[on_event]
    fn passed(&mut self, _: Passed) {
        tracing::info!(text = "passed", "heard");
    }
}

#[actor_system(actors(Worker, Listener), events(Passed))]
pub struct Office;

/// Runs `test` with a subscriber that keeps spans, and no other test beside it.
fn spanned<F: Future<Output = ()>>(test: impl FnOnce(Spans) -> F) {
    let spans = Spans::default();
    alone(Registry::default().with(spans.clone()), test(spans));
}

async fn office() -> ActorSystem<Office> {
    ActorSystem::start(SystemConfig::default()).await.unwrap()
}

async fn traced_office() -> ActorSystem<Office, impl MessageBroker<OfficeMessage>> {
    let broker = Hooked::new(InMemoryMessageBroker::new()).with(Tracing);
    ActorSystem::with_broker(SystemConfig::default(), broker).await.unwrap()
}

/// A chain of workers: the first one, and the last one.
async fn chain<B: MessageBroker<OfficeMessage>>(
    office: &ActorSystem<Office, B>,
    length: u32,
) -> ActorRef<Worker> {
    let mut first = office.spawn(Worker::default()).await.unwrap();
    for _ in 1..length {
        first = office.spawn(Worker { next: Some(first) }).await.unwrap();
    }
    first
}

/// M3, E1: a line that a handler logs, also after an `.await`, has its actor and message around it, and no others.
#[test]
fn a_line_of_a_handler_is_in_the_span_of_its_message() {
    spanned(|spans| async move {
        let office = office().await;
        let (ann, bob) =
            (office.spawn(Worker::default()).named("ann"), office.spawn(Worker::default()).named("bob"));
        let (ann, bob) = (ann.await.unwrap(), bob.await.unwrap());
        let ((open_a, gate_a), (open_b, gate_b)) = (oneshot::channel(), oneshot::channel());
        office.tell(&ann, Work("a", gate_a)).await.unwrap();
        office.tell(&bob, Work("b", gate_b)).await.unwrap();
        tokio::task::yield_now().await;
        assert!(tracing::Span::current().is_none(), "the span of a handler that waits is left");
        // The second handler to begin is the first one to end.
        open_b.send(()).unwrap();
        tokio::task::yield_now().await;
        open_a.send(()).unwrap();
        office.idle().await;
        for (text, actor) in [("a", &ann), ("b", &bob)] {
            let (begun, seen) = spans.around(&format!("begins {text}"));
            assert_eq!(spans.around(&format!("ends {text}")).0, begun, "one span for the whole handler");
            assert_eq!(seen.fields["id"], actor.id().to_string());
            let name = if text == "a" { "ann" } else { "bob" };
            assert_eq!((&*seen.fields["actor"], &*seen.fields["name"]), ("Worker", name));
            assert_eq!(seen.fields["message_type"], "Work");
            assert_eq!((seen.parent, seen.follows), (None, None));
        }
        assert!(spans.all_closed(), "an idle actor has no span");
    });
}

/// E1: on the direct path the sender is known, the message id is not.
#[test]
fn without_an_observer_a_span_has_the_sender_and_no_message_id() {
    spanned(|spans| async move {
        let office = office().await;
        let first = chain(&office, 2).await;
        office.tell(&first, Pass(1)).await.unwrap();
        office.idle().await;
        let (_, seen) = spans.around("passes 0");
        assert_eq!(seen.fields["sender"], first.id().to_string());
        assert_eq!((seen.fields.get("message_id"), seen.fields.get("correlation")), (None, None));
        assert!(spans.all_closed());
    });
}

/// RB-05, E1: spans of tells and events are roots that follow from the span of the sender.
#[test]
fn a_chain_of_tells_is_a_chain_of_roots() {
    spanned(|spans| async move {
        let office = traced_office().await;
        let first = chain(&office, 20).await;
        let _listener = office.spawn(Listener).await.unwrap();
        office.tell(&first, Pass(19)).await.unwrap();
        office.idle().await;
        let mut before = spans.around("passes 19");
        assert_eq!((before.1.parent, before.1.follows), (None, None));
        for times in (0..19).rev() {
            let next = spans.around(&format!("passes {times}"));
            assert_eq!((next.1.parent, next.1.follows), (None, Some(before.0)));
            assert_eq!(next.1.fields["correlation"], before.1.fields["correlation"]);
            assert_ne!(next.1.fields["message_id"], before.1.fields["message_id"]);
            before = next;
        }
        let (_, heard) = spans.around("heard passed");
        assert_eq!((heard.parent, heard.follows), (None, Some(before.0)), "an event");
        assert!(spans.all_closed());
    });
}

/// E1: the span of an ask is a child of the span of the asker, also of one outside the actors.
#[test]
fn the_span_of_an_ask_is_a_child_of_the_askers_span() {
    spanned(|spans| async move {
        let office = traced_office().await;
        let first = chain(&office, 3).await;
        let request = tracing::info_span!("request");
        let outside = request.id().unwrap().into_u64();
        let asked =
            tracing::Instrument::instrument(async { office.ask(&first, Depth(0)).await.unwrap() }, request);
        assert_eq!(asked.await, 2);
        let [first, second, third] = [0, 1, 2].map(|depth| spans.around(&format!("asked {depth}")));
        assert_eq!((first.1.parent, first.1.follows), (Some(outside), None));
        assert_eq!((second.1.parent, second.1.follows), (Some(first.0), None));
        assert_eq!((third.1.parent, third.1.follows), (Some(second.0), None));
        office.idle().await;
        assert!(spans.all_closed());
    });
}

/// E1: a kill, a fault and the end of the system close the span of the message.
#[test]
fn a_span_ends_with_its_handler_however_that_ends() {
    spanned(|spans| async move {
        let office = traced_office().await;
        let worker = office.spawn(Worker::default()).await.unwrap();
        office.tell(&worker, Fails).await.unwrap();
        office.idle().await;
        assert!(spans.around("fails fails").1.closed, "after a fault");
        let (_open, gate) = oneshot::channel();
        office.tell(&worker, Work("waits", gate)).await.unwrap();
        tokio::task::yield_now().await;
        assert!(!spans.around("begins waits").1.closed);
        office.kill(&worker).await;
        assert!(spans.around("begins waits").1.closed, "after a kill");
        assert!(tracing::Span::current().is_none());
    });
}

/// Changes the filter while an actor runs.
struct Switch(Arc<AtomicBool>);

impl<S: tracing::Subscriber> Layer<S> for Switch {
    fn register_callsite(&self, _: &'static tracing::Metadata<'static>) -> tracing::subscriber::Interest {
        tracing::subscriber::Interest::sometimes()
    }

    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() != "airssys_rt::handler" || self.0.load(SeqCst)
    }
}

/// E1: a filter that is changed holds after at most eight messages of an actor.
#[test]
fn spans_can_be_switched_on_and_off_while_an_actor_runs() {
    let (on, spans) = (Arc::new(AtomicBool::new(false)), Spans::default());
    let subscriber = Registry::default().with(Switch(on.clone())).with(spans.clone());
    alone(subscriber, async move {
        let office = office().await;
        let worker = office.spawn(Worker::default()).await.unwrap();
        let pass = async |on_after: bool| {
            for _ in 0..9 {
                office.tell(&worker, Pass(0)).await.unwrap();
                office.idle().await;
            }
            spans.lines.lock().unwrap().last().unwrap().1.is_some() == on_after
        };
        assert!(pass(false).await);
        on.store(true, SeqCst);
        assert!(pass(true).await);
        on.store(false, SeqCst);
        assert!(pass(false).await);
        assert!(spans.all_closed());
    });
}

/// A layer that panics at each step of a span.
struct Panics(Arc<AtomicBool>);

impl Panics {
    fn panic(&self) {
        if self.0.load(SeqCst) {
            panic!("the collector is full");
        }
    }
}

impl<S: tracing::Subscriber> Layer<S> for Panics {
    fn on_new_span(&self, _: &span::Attributes<'_>, _: &Id, _: Context<'_, S>) {
        self.panic();
    }

    fn on_follows_from(&self, _: &Id, _: &Id, _: Context<'_, S>) {
        self.panic();
    }

    fn on_enter(&self, _: &Id, _: Context<'_, S>) {
        self.panic();
    }

    fn on_exit(&self, _: &Id, _: Context<'_, S>) {
        self.panic();
    }

    fn on_close(&self, _: Id, _: Context<'_, S>) {
        self.panic();
    }
}

/// A subscriber is code of the user's: it harms no actor, with and without links between spans.
#[test]
fn a_subscriber_that_panics_in_a_span_harms_no_actor() {
    let panics = Arc::new(AtomicBool::new(true));
    alone(Registry::default().with(Panics(panics.clone())), async move {
        let (office, traced) = (office().await, traced_office().await);
        let (first, second) = (chain(&office, 3).await, chain(&traced, 3).await);
        assert_eq!(office.ask(&first, Depth(0)).await.unwrap(), 2);
        assert_eq!(traced.ask(&second, Depth(0)).await.unwrap(), 2);
        let (open, gate) = oneshot::channel();
        office.tell(&first, Work("waits", gate)).await.unwrap();
        tokio::task::yield_now().await;
        open.send(()).unwrap();
        office.idle().await;
        let counters = office.counters();
        assert_eq!((counters.handled, counters.failed), (4, 0));
        // Each span is closed while the layer still panics.
        office.shutdown().await.unwrap();
        traced.shutdown().await.unwrap();
        panics.store(false, SeqCst);
    });
}

/// The handler of an actor runs another system on its thread: each actor has its own span.
#[test]
fn an_actor_that_is_polled_inside_a_handler_has_its_own_span() {
    let spans = Spans::default();
    let dispatch = tracing::Dispatch::new(Registry::default().with(spans.clone()));
    let for_threads = dispatch.clone();
    let _alone = one_at_a_time();
    let _for_this_thread = tracing::dispatcher::set_default(&dispatch);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .on_thread_start(move || std::mem::forget(tracing::dispatcher::set_default(&for_threads)))
        .build()
        .unwrap();
    runtime.block_on(async {
        let office = office().await;
        let outer = office.spawn(Worker::default()).await.unwrap();
        office.tell(&outer, Nest).await.unwrap();
        office.idle().await;
    });
    let (before, after) = (spans.around("nests before"), spans.around("nests after"));
    let (inner, _) = spans.around("asked 7");
    assert_eq!(before.0, after.0);
    assert_ne!(inner, before.0);
    assert_eq!(before.1.fields["message_type"], "Nest");
    assert!(spans.all_closed());
}
