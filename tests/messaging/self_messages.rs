//! Messages to itself: an actor that sends to itself neither starves other actors nor waits for itself.

use airssys_rt::prelude::*;
use airssys_rt_tests::{paused, poll_once, with_time_limit};
use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    task::Poll,
    time::Duration,
};

/// Counts down: the actor tells itself the next number.
#[message]
#[derive(Clone)]
struct Down(u64);

/// The actor tells itself this many messages in one handler. Answers how many were given back.
#[message(reply = u64)]
#[derive(Clone)]
struct Fill(u64);

#[derive(Default)]
struct SelfSender {
    handled: Arc<AtomicU64>,
}

#[actor(tells(SelfSender))]
impl SelfSender {
    #[handler]
    async fn down(&mut self, Down(n): Down, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.handled.fetch_add(1, SeqCst);
        if n > 0 {
            ctx.tell(&ctx.actor_ref(), Down(n - 1)).await?;
        }
        Ok(())
    }

    #[handler]
    async fn fill(&mut self, Fill(n): Fill, ctx: &mut ActorContext<Self>) -> u64 {
        let mut returned = 0;
        for _ in 0..n {
            returned += u64::from(ctx.tell(&ctx.actor_ref(), Down(0)).await.is_err());
        }
        returned
    }
}

#[actor_system(actors(SelfSender))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

#[test]
fn an_actor_that_tells_itself_yields_to_other_actors() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let sender = SelfSender::default();
            let handled = sender.handled.clone();
            let sender = system.spawn(sender).await.unwrap();
            system.tell(&sender, Down(1_000_000)).await.unwrap();
            tokio::task::yield_now().await;
            let handled = handled.load(SeqCst);
            assert!(handled < 100_000, "{handled} messages before another task ran");
        });
    });
}

#[test]
fn an_actor_whose_own_mailbox_is_full_does_not_wait_for_itself() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let sender = system.spawn(SelfSender::default()).capacity(2).await.unwrap();
            // The request itself uses one place.
            assert_eq!(system.ask(&sender, Fill(3)).await, Ok(2));
        });
    });
}

/// Tells a peer until its mailbox is full. Answers how many were given back.
#[message(reply = u64)]
struct FillPeer(ActorRef<Peer>, u64);

/// A message that takes a place of the mailbox.
#[message]
struct Filler;

struct Peer;

/// `tells(Self)` never waits, whether the message is for the actor itself or for another one of its type.
#[actor(tells(Self))]
impl Peer {
    #[handler(entry)]
    fn filler(&mut self, _: Filler) {}

    #[handler(entry)]
    async fn fill(&mut self, FillPeer(peer, n): FillPeer, ctx: &mut ActorContext<Self>) -> u64 {
        let mut returned = 0;
        for _ in 0..n {
            let told = ctx.tell(&peer, Filler).await;
            returned += u64::from(matches!(told, Err(SendError::Full(Filler))));
            let limited = ctx.tell_timeout(&peer, Filler, Duration::from_secs(60)).await;
            returned += u64::from(matches!(limited, Err(SendError::Full(Filler))));
        }
        returned
    }
}

/// `try_tells(..)` permits `try_tell`.
struct Trier(ActorRef<Peer>);

#[actor(try_tells(Peer))]
impl Trier {
    #[handler(entry)]
    fn fill(&mut self, Fill(n): Fill, ctx: &mut ActorContext<Self>) -> u64 {
        let publisher = ctx.publisher();
        let returned = (0..n).filter(|_| {
            ctx.try_tell(&self.0, Filler).is_err() && publisher.try_tell(&self.0, Filler).is_err()
        });
        returned.count() as u64
    }
}

#[actor_system(strict, actors(entry Peer, entry Trier))]
struct Peers;

#[tokio::test(start_paused = true)]
async fn an_actor_that_tells_its_own_type_or_only_tries_waits_for_no_mailbox() {
    let system = ActorSystem::<Peers>::start(SystemConfig::default()).await.unwrap();
    let first = system.spawn(Peer).capacity(8).await.unwrap();
    let second = system.spawn(Peer).capacity(3).await.unwrap();
    let trier = system.spawn(Trier(second.clone())).await.unwrap();
    let begun = tokio::time::Instant::now();
    assert_eq!(system.ask(&first, FillPeer(second.clone(), 4)).await, Ok(5));
    system.idle().await;
    assert_eq!(system.ask(&first, FillPeer(first.clone(), 8)).await, Ok(9));
    system.idle().await;
    assert_eq!(system.ask(&trier, Fill(5)).await, Ok(2));
    assert_eq!(begun.elapsed(), Duration::ZERO);
    system.shutdown().await.unwrap();
}

/// A message that is given back is no dead letter, and a message that was accepted is handled in its order.
#[tokio::test(start_paused = true)]
async fn messages_to_itself_are_handled_after_earlier_messages() {
    let system = system().await;
    let sender = SelfSender::default();
    let handled = sender.handled.clone();
    let sender = system.spawn(sender).capacity(4).await.unwrap();
    assert_eq!(system.ask(&sender, Fill(9)).await, Ok(6));
    system.idle().await;
    assert_eq!(handled.load(SeqCst), 3);
    assert_eq!((system.counters().sent, system.dead_letters().count()), (4, 0));
}

/// A way in which a handler reaches its own actor without its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Publisher,
    Any,
    System,
    Handle,
    Address,
    /// The handler blocks its thread.
    Blocking,
}

const WAYS: [Way; 6] = [Way::Publisher, Way::Any, Way::System, Way::Handle, Way::Address, Way::Blocking];

/// The actor tells itself until its mailbox is full. Answers with the error.
#[message(reply = String)]
struct TellYourself(Way, ActorSystem<Alone>);

/// The actor asks itself. Answers with the error.
#[message(reply = String)]
struct AskYourself(Way, ActorSystem<Alone>);

/// The actor has tasks of its own tell it and ask it. Answers with whether their messages must wait.
#[message]
struct Help(ActorSystem<Alone>);

#[message]
struct Ping;

#[message(reply = u64)]
struct Pings;

#[event]
#[derive(Clone)]
struct Pinged;

/// Publishes an event that it subscribes to, with a system handle, until its mailbox is full.
#[message]
struct PublishToYourself(ActorSystem<Alone>);

#[derive(Default)]
struct Hermit {
    pings: u64,
    helped: Option<tokio::sync::oneshot::Sender<u64>>,
    starts: Option<ActorSystem<Alone>>,
    start: Arc<std::sync::Mutex<String>>,
}

#[actor(
    tells(Hermit, cycle = "only its helpers wait", any Ping),
    asks(Hermit, cycle = "only its helpers wait"),
    publishes(Pinged, cycle = "an actor does not wait for itself")
)]
impl Hermit {
    #[pre_start]
    async fn started(&mut self, ctx: &mut ActorContext<Self>) {
        if let Some(system) = self.starts.take() {
            let error = system.ask(&ctx.actor_ref(), Pings).await.unwrap_err();
            *self.start.lock().unwrap() = error.to_string();
        }
    }

    #[handler]
    async fn tell_yourself(
        &mut self,
        TellYourself(way, system): TellYourself,
        ctx: &mut ActorContext<Self>,
    ) -> String {
        let me = ctx.actor_ref();
        loop {
            let told = match way {
                Way::Publisher => ctx.publisher().tell(&me, Ping).await,
                Way::Any => ctx.publisher().tell_any(&Recipient::from(me.clone()), Ping).await,
                Way::System => system.tell(&me, Ping).await,
                Way::Handle => system.handle(&me).tell(Ping).await,
                Way::Address => system.tell_to::<Self, _>(me.id(), Ping).await,
                Way::Blocking => {
                    let system = system.clone();
                    let told = system.tell(&me, Ping);
                    block_on(told)
                }
            };
            if let Err(error) = told {
                return error.to_string();
            }
        }
    }

    #[handler]
    async fn ask_yourself(
        &mut self,
        AskYourself(way, system): AskYourself,
        ctx: &mut ActorContext<Self>,
    ) -> String {
        let me = ctx.actor_ref();
        let asked = match way {
            Way::Publisher => ctx.publisher().ask(&me, Pings).await,
            Way::Any => system.ask_any(&Recipient::from(me), Pings).await,
            Way::System => system.ask(&me, Pings).await,
            Way::Handle => system.handle(&me).ask(Pings).await,
            Way::Address => system.ask_to::<Self, _, _>(me.id(), Pings).await,
            Way::Blocking => block_on(system.ask(&me, Pings)),
        };
        asked.unwrap_err().to_string()
    }

    #[handler]
    async fn publish_to_yourself(&mut self, PublishToYourself(system): PublishToYourself) {
        for _ in 0..3 {
            let _ = system.publish(Pinged).await;
        }
    }

    #[handler]
    fn help(&mut self, Help(system): Help, ctx: &mut ActorContext<Self>) {
        let (publisher, me, helped) = (ctx.publisher(), ctx.actor_ref(), self.helped.take());
        tokio::spawn(async move {
            for _ in 0..5 {
                publisher.tell(&me, Ping).await.unwrap();
                system.tell(&me, Ping).await.unwrap();
            }
            let pings = publisher.ask(&me, Pings).await.unwrap();
            assert_eq!(system.ask(&me, Pings).await, Ok(pings));
            let _ = helped.unwrap().send(pings);
        });
    }

    #[handler]
    fn ping(&mut self, _: Ping) {
        self.pings += 1;
    }

    #[on_event]
    fn pinged(&mut self, _: Pinged) {
        self.pings += 1;
    }

    #[handler]
    fn pings(&self, _: Pings) -> u64 {
        self.pings
    }
}

#[actor_system(actors(Hermit), events(Pinged))]
struct Alone;

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(output) = poll_once(future.as_mut()) {
            return output;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

async fn alone() -> ActorSystem<Alone> {
    ActorSystem::<Alone>::start(SystemConfig::default()).await.unwrap()
}

/// A handler does not wait for its own actor, whichever way it takes: the message comes back.
#[test]
fn a_handler_that_tells_its_own_full_actor_gets_the_message_back() {
    with_time_limit(|| {
        for (way, observed) in WAYS.into_iter().flat_map(|way| [(way, false), (way, true)]) {
            paused().block_on(async {
                let system = alone().await;
                let _monitor = observed.then(|| system.monitor(100));
                let hermit = system.spawn(Hermit::default()).capacity(3).await.unwrap();
                let error = system.ask(&hermit, TellYourself(way, system.clone())).await.unwrap();
                assert!(error.contains("full"), "{way:?}, observed: {observed}: {error}");
                assert_eq!(system.ask(&hermit, Pings).await, Ok(2), "{way:?}, observed: {observed}");
                assert_eq!(system.counters().dead, 0);
            });
        }
    });
}

/// A handler that asks its own actor is refused at once, and the message is not sent.
#[test]
fn a_handler_that_asks_its_own_actor_is_refused_at_once() {
    with_time_limit(|| {
        for (way, observed) in WAYS.into_iter().flat_map(|way| [(way, false), (way, true)]) {
            paused().block_on(async {
                let system = alone().await;
                let _monitor = observed.then(|| system.monitor(100));
                let hermit = system.spawn(Hermit::default()).await.unwrap();
                let start = tokio::time::Instant::now();
                let error = system.ask(&hermit, AskYourself(way, system.clone())).await.unwrap();
                assert!(error.contains("itself"), "{way:?}: {error}");
                assert_eq!(start.elapsed(), Duration::ZERO, "{way:?}, observed: {observed}");
                assert_eq!(system.counters().sent, 1, "{way:?}, observed: {observed}");
            });
        }
    });
}

/// The same holds in a hook.
#[tokio::test(start_paused = true)]
async fn a_hook_that_asks_its_own_actor_is_refused_at_once() {
    let system = alone().await;
    let hermit = Hermit { starts: Some(system.clone()), ..Hermit::default() };
    let error = hermit.start.clone();
    system.spawn(hermit).await.unwrap();
    let error = error.lock().unwrap().clone();
    assert!(error.contains("itself"), "{error}");
    assert_eq!(system.counters().sent, 0);
}

/// An event that a handler publishes by a system handle, to its own full actor among others.
#[test]
fn a_handler_that_publishes_to_its_own_full_actor_does_not_wait() {
    with_time_limit(|| {
        for observed in [false, true] {
            paused().block_on(async {
                let system = alone().await;
                let _monitor = observed.then(|| system.monitor(100));
                let hermit = system.spawn(Hermit::default()).capacity(2).await.unwrap();
                system.tell(&hermit, PublishToYourself(system.clone())).await.unwrap();
                system.idle().await;
                assert_eq!(system.ask(&hermit, Pings).await, Ok(1));
                assert_eq!(system.counters().dead, 2);
            });
        }
    });
}

/// A task that works for an actor waits for it: the actor handles messages meanwhile.
#[test]
fn a_helper_task_waits_for_its_actor() {
    with_time_limit(|| {
        for observed in [false, true] {
            paused().block_on(async {
                let system = alone().await;
                let _monitor = observed.then(|| system.monitor(100));
                let (helped, pings) = tokio::sync::oneshot::channel();
                let hermit = Hermit { helped: Some(helped), ..Hermit::default() };
                let hermit = system.spawn(hermit).capacity(1).await.unwrap();
                system.tell(&hermit, Help(system.clone())).await.unwrap();
                assert_eq!(pings.await, Ok(10));
            });
        }
    });
}
