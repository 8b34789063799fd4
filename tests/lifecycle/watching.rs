//! Watches: a watcher is notified of an actor's end once, with the reason, after the last messages of the actor.

use airssys_rt::{actor::Watch, broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{Log, on_every_runtime, paused, poll_once, settle, two_threads, with_time_limit};
use std::{
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    task::{Context, Wake, Waker},
};
use tokio::sync::Semaphore;

#[message]
struct StartWatching(ActorRef<Watched>);

#[message]
struct StopWatching(ActorRef<Watched>);

/// Its handler waits until the gate is open.
#[message]
struct Wait(Arc<Semaphore>);

#[message(reply = u64)]
struct Word(u64);

/// Sends this many words to the watcher, then stops.
#[message]
struct Farewell(ActorRef<Watcher>, u64);

#[message]
struct Collapse;

#[derive(Default)]
struct Watched;

#[actor(tells(Watcher))]
impl Watched {
    #[handler]
    async fn farewell(&mut self, Farewell(watcher, words): Farewell, ctx: &mut ActorContext<Self>) {
        for n in 1..=words {
            let _ = ctx.tell(&watcher, Word(n)).await;
        }
        ctx.stop();
    }

    #[handler]
    fn collapse(&mut self, _: Collapse) -> Result<(), Fault> {
        Err(Fault::new("it hurts"))
    }
}

#[derive(Default)]
struct Watcher {
    log: Log,
    /// Whether `on_terminated` fails.
    weak: bool,
}

#[actor]
impl Watcher {
    #[handler]
    fn start_watching(&mut self, StartWatching(watched): StartWatching, ctx: &mut ActorContext<Self>) {
        ctx.watch(&watched);
    }

    #[handler]
    fn stop_watching(&mut self, StopWatching(watched): StopWatching, ctx: &mut ActorContext<Self>) {
        ctx.unwatch(&watched);
    }

    #[handler]
    async fn wait(&mut self, Wait(gate): Wait) {
        gate.acquire().await.unwrap().forget();
    }

    #[handler]
    fn word(&mut self, Word(n): Word) -> u64 {
        self.log.add(format!("word {n}"));
        n
    }

    #[on_terminated]
    fn gone(&mut self, terminated: Terminated) -> Result<(), Fault> {
        let name = terminated.name.as_deref().unwrap_or("nameless");
        self.log.add(format!("{} {name}: {}", terminated.actor, terminated.reason));
        if self.weak { Err(Fault::new("too much")) } else { Ok(()) }
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.log.add(format!("{fault} in {:?}", fault.message()));
        ErrorAction::Resume
    }
}

#[actor_system(actors(Watched, Watcher))]
struct TestSystem;

async fn system() -> (ActorSystem<TestSystem>, ActorRef<Watcher>, Log) {
    let (system, log) =
        (ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let watcher = system.spawn(Watcher { log: log.clone(), weak: false }).await.unwrap();
    (system, watcher, log)
}

/// MO-01: from outside and from inside, for each way to end.
#[test]
fn a_watcher_is_notified_of_the_end_once_with_the_reason() {
    on_every_runtime(|| async {
        for (way, text) in [
            ("stop", "stopped"),
            ("drain", "drained"),
            ("kill", "killed"),
            ("itself", "stopped"),
            ("fault", "failed: it hurts"),
        ] {
            let (system, watcher, log) = system().await;
            let watched = system.spawn(Watched).named("bob").await.unwrap();
            system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
            let mut watch = system.watch(&watched);
            assert!(poll_once(Pin::new(&mut watch)).is_pending());
            match way {
                "stop" => drop(system.stop(&watched).await),
                "drain" => drop(system.drain(&watched).await),
                "kill" => drop(system.kill(&watched).await),
                "itself" => drop(system.tell(&watched, Farewell(watcher.clone(), 0)).await.unwrap()),
                _ => drop(system.tell(&watched, Collapse).await.unwrap()),
            }
            let terminated = watch.await;
            assert_eq!((terminated.id, terminated.actor), (watched.id(), "Watched"));
            assert_eq!(
                (terminated.name.as_deref(), terminated.reason.to_string()),
                (Some("bob"), text.into())
            );
            assert_eq!(system.stop(&watched).await.reason(), &terminated.reason);
            system.idle().await;
            assert_eq!(log.read(), [format!("Watched bob: {text}")]);
        }
    });
}

/// MO-01, when the whole system ends: the youngest actor is stopped first, so the watcher is still notified of the end.
#[test]
fn a_watcher_is_notified_of_actors_that_are_stopped_before_it() {
    on_every_runtime(|| async {
        let (system, watcher, log) = system().await;
        let watched = system.spawn(Watched).await.unwrap();
        system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
        let watch = system.watch(&watched);
        system.shutdown().await.unwrap();
        assert_eq!(watch.await.reason, ExitReason::Shutdown);
        let counters = system.counters();
        assert_eq!(counters.sent, counters.handled + counters.dead);
        assert_eq!(
            log.read().len() as u64,
            counters.handled - 1,
            "the notification is handled, or dead with the watcher"
        );
    });
}

/// MO-02: a watch of an ended actor is notified at once, with the true reason instead of "not found".
#[test]
fn a_watch_of_an_ended_actor_is_notified_at_once_with_the_reason() {
    on_every_runtime(|| async {
        let (system, watcher, log) = system().await;
        let watched = system.spawn(Watched).await.unwrap();
        system.tell(&watched, Collapse).await.unwrap();
        system.watch(&watched).await;
        let terminated = poll_once(pin!(system.watch(&watched)));
        assert!(matches!(
            terminated,
            std::task::Poll::Ready(Terminated { reason: ExitReason::Failed(_), .. })
        ));
        system.ask(&watcher, StartWatching(watched)).await.unwrap();
        system.idle().await;
        assert_eq!(log.read(), ["Watched nameless: failed: it hurts"]);
    });
}

/// MO-04
#[tokio::test(start_paused = true)]
async fn an_unwatch_discards_a_queued_notification() {
    let (system, watcher, log) = system().await;
    let watched = system.spawn(Watched).await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    system.tell(&watcher, StartWatching(watched.clone())).await.unwrap();
    system.tell(&watcher, Wait(gate.clone())).await.unwrap();
    system.tell(&watcher, StopWatching(watched.clone())).await.unwrap();
    settle().await;
    system.kill(&watched).await;
    assert_eq!(watcher.queue_depth(), 3, "the notification is queued, behind the unwatch");
    gate.add_permits(1);
    system.idle().await;
    assert_eq!(log.read(), [""; 0]);
    assert_eq!((system.counters().handled, system.dead_letters().count()), (4, 0));
}

/// MO-04: an actor that is watched twice, or again after an unwatch, causes one notification.
#[tokio::test(start_paused = true)]
async fn watching_twice_is_watching_once() {
    let (system, watcher, log) = system().await;
    let watched = system.spawn(Watched).named("bob").await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    for _ in 0..2 {
        system.tell(&watcher, StartWatching(watched.clone())).await.unwrap();
    }
    system.tell(&watcher, Wait(gate.clone())).await.unwrap();
    system.tell(&watcher, StopWatching(watched.clone())).await.unwrap();
    system.tell(&watcher, StartWatching(watched.clone())).await.unwrap();
    settle().await;
    system.kill(&watched).await;
    gate.add_permits(1);
    system.idle().await;
    assert_eq!(log.read(), ["Watched bob: killed"]);
}

/// A watcher that unwatches before the end is not notified, and the watched actor keeps nothing of it.
#[test]
fn an_unwatch_before_the_end_prevents_the_notification() {
    on_every_runtime(|| async {
        let (system, watcher, log) = system().await;
        let watched = system.spawn(Watched).await.unwrap();
        system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
        system.ask(&watcher, StopWatching(watched.clone())).await.unwrap();
        system.stop(&watched).await;
        system.idle().await;
        assert_eq!(log.read(), [""; 0]);
        assert_eq!(system.counters().sent, 2);
    });
}

/// MO-06: a watcher that ends first is not notified, and no dead letter is made.
#[test]
fn a_watcher_that_has_ended_is_not_notified() {
    on_every_runtime(|| async {
        let (system, watcher, _) = system().await;
        let watched = system.spawn(Watched).await.unwrap();
        system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
        drop(system.watch(&watched));
        system.stop(&watcher).await;
        system.stop(&watched).await;
        assert_eq!((system.counters().sent, system.dead_letters().count()), (1, 0));
    });
}

/// MO-09: the last messages arrive before the notification, which uses no capacity of the mailbox.
#[tokio::test(start_paused = true)]
async fn the_last_messages_arrive_before_the_notification() {
    let (system, log) =
        (ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let watcher = system.spawn(Watcher { log: log.clone(), weak: false }).capacity(4).await.unwrap();
    let watched = system.spawn(Watched).await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
    system.tell(&watcher, Wait(gate.clone())).await.unwrap();
    settle().await;
    system.tell(&watched, Farewell(watcher.clone(), 3)).await.unwrap();
    system.watch(&watched).await;
    assert!(system.try_tell(&watcher, Word(9)).is_err(), "the mailbox is full");
    assert_eq!(watcher.queue_depth(), 5, "and the notification is in it");
    gate.add_permits(1);
    system.idle().await;
    assert_eq!(log.read(), ["word 1", "word 2", "word 3", "Watched nameless: stopped"]);
}

/// MO-09, without a pause.
#[test]
fn the_last_messages_arrive_before_the_notification_at_full_speed() {
    two_threads().block_on(async {
        let (system, watcher, log) = system().await;
        for round in 0..200 {
            let watched = system.spawn(Watched).await.unwrap();
            system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
            system.tell(&watched, Farewell(watcher.clone(), 5)).await.unwrap();
            system.watch(&watched).await;
            system.idle().await;
            let said = log.read()[6 * round..].to_vec();
            assert_eq!(said.len(), 6, "{said:?}");
            assert_eq!(said[5], "Watched nameless: stopped");
        }
    });
}

/// A waker that looks how many messages an actor has.
struct LooksIntoMailbox(ActorRef<Watcher>, AtomicU64);

impl Wake for LooksIntoMailbox {
    fn wake(self: Arc<Self>) {
        self.1.store(self.0.queue_depth() as u64, SeqCst);
    }
}

/// MO-09: actors are notified before callers from outside, also those that have watched for longer: a caller that is told and then waits
/// until the system is idle waits for the notifications as well.
#[tokio::test]
async fn a_caller_is_told_after_the_actors() {
    let (system, watcher, log) = system().await;
    let watched = system.spawn(Watched).await.unwrap();
    let mut watch = system.watch(&watched);
    let waker = Arc::new(LooksIntoMailbox(watcher.clone(), AtomicU64::new(0)));
    let polled = Pin::new(&mut watch).poll(&mut Context::from_waker(&waker.clone().into()));
    assert!(polled.is_pending());
    system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
    system.stop(&watched).await;
    assert_eq!(waker.1.load(SeqCst), 1, "the notification is in the mailbox");
    system.idle().await;
    assert_eq!(log.read(), ["Watched nameless: stopped"]);
}

/// MO-10
#[test]
fn ten_thousand_watchers_are_notified_once_each() {
    const WATCHERS: usize = 10_000;
    on_every_runtime(|| async {
        let (system, _, log) = system().await;
        let watched = system.spawn(Watched).await.unwrap();
        let (mut nurses, mut watches) = (Vec::new(), Vec::<Watch>::new());
        for _ in 0..WATCHERS {
            let watcher = system.spawn(Watcher { log: log.clone(), weak: false }).await.unwrap();
            system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
            watches.push(system.watch(&watched));
            nurses.push(watcher);
        }
        system.stop(&watched).await;
        for watch in watches {
            assert_eq!(watch.await.id, watched.id());
        }
        system.idle().await;
        assert_eq!(log.read().len(), WATCHERS);
        assert_eq!(system.counters().handled as usize, 2 * WATCHERS);
    });
}

/// A waker that watches the actor again.
struct WatchesAgain(ActorSystem<TestSystem>, ActorRef<Watched>, Mutex<Vec<Watch>>, AtomicU64);

impl Wake for WatchesAgain {
    fn wake(self: Arc<Self>) {
        self.2.lock().unwrap().push(self.0.watch(&self.1));
        self.3.fetch_add(self.0.actors().len() as u64, SeqCst);
    }
}

/// MO-10: no lock is held while watchers are notified.
#[test]
fn a_notified_watcher_may_use_the_system() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, _nurse, _) = system().await;
            let watched = system.spawn(Watched).await.unwrap();
            let again =
                Arc::new(WatchesAgain(system.clone(), watched.clone(), Mutex::default(), AtomicU64::new(0)));
            let mut watch = system.watch(&watched);
            let waker = Waker::from(again.clone());
            assert!(Pin::new(&mut watch).poll(&mut Context::from_waker(&waker)).is_pending());
            system.stop(&watched).await;
            let second = again.2.lock().unwrap().pop().unwrap();
            assert_eq!(second.await, watch.await);
            assert_eq!(again.3.load(SeqCst), 1, "only the watcher is left");
        });
    });
}

/// A fault of `on_terminated` is handled like any other fault.
#[test]
fn a_fault_in_on_terminated_goes_to_on_error() {
    on_every_runtime(|| async {
        let (system, log) =
            (ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap(), Log::default());
        let watcher = system.spawn(Watcher { log: log.clone(), weak: true }).await.unwrap();
        let watched = system.spawn(Watched).await.unwrap();
        system.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
        system.stop(&watched).await;
        assert_eq!(system.ask(&watcher, Word(1)).await, Ok(1));
        assert_eq!(log.read(), ["Watched nameless: stopped", "too much in Some(\"Terminated\")", "word 1"]);
        assert_eq!(system.dead_letters().count_of(Reason::Failed), 1);
    });
}
