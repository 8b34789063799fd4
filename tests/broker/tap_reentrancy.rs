//! User code that runs while an envelope is copied for a tap, and a tap that is made or dropped at that moment.

use airssys_rt::{
    broker::{InMemoryMessageBroker, MessageStream, TryRecvError},
    prelude::*,
};
use airssys_rt_tests::{Log, paused, poll_once, with_time_limit};
use std::{
    cell::RefCell,
    pin::pin,
    sync::{Arc, Barrier, Mutex},
    task::{Context, Wake, Waker},
};

thread_local! {
    static ON_CLONE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// A message whose `Clone` runs code of the test.
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
fn the_clone_of_a_message_may_send_a_message() {
    with_time_limit(|| {
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

/// A waker that drops the tap which wakes it.
struct Leaves(Mutex<Option<MessageStream<ScriptoriumMessage>>>);

impl Wake for Leaves {
    fn wake(self: Arc<Self>) {
        drop(self.0.lock().unwrap().take());
    }
}

#[test]
fn a_tap_may_be_dropped_by_its_own_waker() {
    with_time_limit(|| {
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
fn a_tap_that_is_made_during_the_detach_ends() {
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
