//! What once went wrong when somebody looks, asks or leaves while something else happens.

use airssys_rt::{
    broker::{InMemoryMessageBroker, MessageBroker, MessageStream, TryRecvError},
    prelude::*,
};
use airssys_rt_tests::{
    Fail, Hold, Log, Never, Note, Scribe, comes_to_an_end, lab, paused, poll_once, settle, two_threads,
};
use std::{
    cell::RefCell,
    pin::pin,
    sync::{Arc, Barrier, Mutex},
    task::{Context, Wake, Waker},
    time::Duration,
};

thread_local! {
    static ON_CLONE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Its `Clone` is somebody's code.
#[message]
struct Sheet(u64);

impl Clone for Sheet {
    fn clone(&self) -> Self {
        if let Some(action) = ON_CLONE.with(|next| next.borrow_mut().take()) {
            action();
        }
        Sheet(self.0)
    }
}

#[derive(Default)]
struct Copyist {
    seen: Log,
}

#[actor]
impl Copyist {
    #[handler]
    fn sheet(&mut self, Sheet(n): Sheet) {
        self.seen.add(n.to_string());
    }
}

#[actor_system(actors(Copyist))]
struct Scriptorium;

async fn scriptorium(seen: &Log) -> (ActorSystem<Scriptorium>, ActorRef<Copyist>) {
    let system = ActorSystem::<Scriptorium>::start(SystemConfig::default()).await.unwrap();
    let copyist = system.spawn(Copyist { seen: seen.clone() }).await.unwrap();
    (system, copyist)
}

#[test]
fn a_clone_for_a_tap_may_send() {
    comes_to_an_end(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, copyist) = scriptorium(&seen).await;
            let _tap = system.subscribe(8).unwrap();
            let (again, to) = (system.clone(), copyist.clone());
            let send = move || assert!(again.try_tell(&to, Sheet(2)).is_ok());
            ON_CLONE.with(|next| *next.borrow_mut() = Some(Box::new(send)));
            system.tell(&copyist, Sheet(1)).await.unwrap();
            system.quiet().await;
            assert_eq!(seen.read(), ["2", "1"]);
        });
    });
}

/// Drops the tap that wakes it.
struct Leaves(Mutex<Option<MessageStream<ScriptoriumMessage>>>);

impl Wake for Leaves {
    fn wake(self: Arc<Self>) {
        drop(self.0.lock().unwrap().take());
    }
}

#[test]
fn a_tap_may_be_dropped_by_its_own_waker() {
    comes_to_an_end(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, copyist) = scriptorium(&seen).await;
            let mut tap = system.subscribe(8).unwrap();
            let leaves = Arc::new(Leaves(Mutex::new(None)));
            let waker = Waker::from(leaves.clone());
            assert!(pin!(tap.recv()).poll(&mut Context::from_waker(&waker)).is_pending());
            *leaves.0.lock().unwrap() = Some(tap);
            system.tell(&copyist, Sheet(1)).await.unwrap();
            system.quiet().await;
            assert_eq!(seen.read(), ["1"]);
            assert!(leaves.0.lock().unwrap().is_none());
        });
    });
}

#[test]
fn a_tap_that_comes_at_the_end_ends() {
    for _ in 0..2_000 {
        let broker = InMemoryMessageBroker::<u64>::new();
        let both = Arc::new(Barrier::new(2));
        let late = std::thread::spawn({
            let (broker, both) = (broker.clone(), both.clone());
            move || {
                both.wait();
                broker.subscribe(4)
            }
        });
        both.wait();
        assert!(poll_once(pin!(broker.detach())).is_ready());
        if let Ok(mut tap) = late.join().unwrap() {
            assert_eq!(tap.try_recv().unwrap_err(), TryRecvError::Disconnected);
        }
    }
}

/// I1, at any moment at which nothing is in flight.
#[test]
fn the_counters_add_up_while_actors_leave() {
    two_threads().block_on(async {
        let lab = lab().await;
        for _ in 0..10 {
            let mut scribes = Vec::new();
            for _ in 0..200 {
                let scribe = lab.spawn(Scribe::default()).await.unwrap();
                for n in 0..3 {
                    lab.tell(&scribe, Note(n)).await.unwrap();
                }
                scribes.push(scribe);
            }
            lab.quiet().await;
            let counters = lab.counters();
            let leaving = tokio::spawn({
                let lab = lab.clone();
                async move {
                    for scribe in scribes {
                        lab.stop(&scribe).await;
                    }
                }
            });
            while !leaving.is_finished() {
                assert_eq!(lab.counters(), counters);
            }
        }
    });
}

#[test]
fn whoever_gives_up_waiting_for_quiet_leaves_nothing_behind() {
    struct Silent;
    impl Wake for Silent {
        fn wake(self: Arc<Self>) {}
    }
    paused().block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let (hold, held, _release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        let silent = Arc::new(Silent);
        let waker = Waker::from(silent.clone());
        for _ in 0..1000 {
            assert!(pin!(lab.quiet()).poll(&mut Context::from_waker(&waker)).is_pending());
        }
        assert!(Arc::strong_count(&silent) < 10, "{} wakers are kept", Arc::strong_count(&silent));
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

#[tokio::test(start_paused = true)]
async fn nothing_is_let_in_once_a_shutdown_has_begun() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert!(poll_once(pin!(lab.shutdown())).is_pending());
    assert!(lab.is_shutting_down());
    assert!(matches!(lab.try_tell(&scribe, Note(1)), Err(SendError::ShuttingDown(Note(1)))));
}

/// AS-14
#[tokio::test(start_paused = true)]
async fn an_ask_that_timed_out_before_it_was_let_in_is_not_let_in_later() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    // It is over, and still there.
    let mut ask = pin!(lab.ask_timeout(&scribe, Fail, Duration::from_secs(1)));
    let error = ask.as_mut().await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    release.send(()).unwrap();
    lab.quiet().await;
    assert_eq!((lab.counters().sent, lab.counters().failed), (1, 0));
}

/// AS-06, for the message that is being handled
#[tokio::test(start_paused = true)]
async fn an_ask_in_flight_hears_that_the_actor_was_killed() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let mut ask = pin!(lab.ask_timeout(&scribe, Never, Duration::MAX));
    assert!(poll_once(ask.as_mut()).is_pending());
    settle().await;
    lab.shutdown().await.unwrap_err();
    let error = ask.await.unwrap_err();
    assert!(matches!(error, AskError::Stopped(_)), "{error}");
}
