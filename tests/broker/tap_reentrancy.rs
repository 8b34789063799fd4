//! Taps and user code: `Clone` that sends while an envelope is copied, a tap that is made or dropped at that moment.

use airssys_rt::{
    broker::{InMemoryMessageBroker, MessageStream, Received, TryRecvError},
    prelude::*,
};
use airssys_rt_tests::{Log, paused, poll_once, settle, with_time_limit};
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
struct Receiver {
    seen: Log,
}

#[actor]
impl Receiver {
    #[handler]
    fn sheet(&mut self, Sheet(n): Sheet) {
        self.seen.add(n.to_string());
    }
}

#[actor_system(actors(Receiver))]
struct TestSystem;

async fn test_system(seen: &Log) -> (ActorSystem<TestSystem>, ActorRef<Receiver>) {
    let system = ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap();
    let receiver = system.spawn(Receiver { seen: seen.clone() }).await.unwrap();
    (system, receiver)
}

#[test]
fn the_clone_of_a_message_may_send_a_message() {
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let _tap = system.subscribe(8).unwrap();
            let (again, to) = (system.clone(), receiver.clone());
            let send = move || assert!(again.try_tell(&to, Sheet(2)).is_ok());
            ON_CLONE.with(|next| *next.borrow_mut() = Some(Box::new(send)));
            system.tell(&receiver, Sheet(1)).await.unwrap();
            system.idle().await;
            assert_eq!(seen.read(), ["2", "1"]);
        });
    });
}

/// A waker that drops the tap which wakes it.
struct DropsTap(Mutex<Option<MessageStream<TestSystemMessage>>>);

impl Wake for DropsTap {
    fn wake(self: Arc<Self>) {
        drop(self.0.lock().unwrap().take());
    }
}

#[test]
fn a_tap_may_be_dropped_by_its_own_waker() {
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let mut tap = system.subscribe(8).unwrap();
            let drops_tap = Arc::new(DropsTap(Mutex::new(None)));
            let waker = Waker::from(drops_tap.clone());
            assert!(pin!(tap.recv()).poll(&mut Context::from_waker(&waker)).is_pending());
            *drops_tap.0.lock().unwrap() = Some(tap);
            system.tell(&receiver, Sheet(1)).await.unwrap();
            system.idle().await;
            assert_eq!(seen.read(), ["1"]);
            assert!(drops_tap.0.lock().unwrap().is_none());
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

/// Runs an action when it is dropped.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> OnDrop<F> {
    /// For a filter that owns it, and accepts everything.
    fn owned(&self) -> bool {
        true
    }
}

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[test]
fn a_filter_that_panics_harms_no_sender_and_no_other_tap() {
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let mut monitor = system.monitor(16);
            let mut first = system.subscribe_where(8, |_| panic!("no opinion")).unwrap();
            let mut second = system.subscribe(8).unwrap();
            system.tell(&receiver, Sheet(1)).await.unwrap();
            system.idle().await;
            assert_eq!(seen.read(), ["1"]);
            assert!(matches!(first.try_recv(), Ok(Received::Lagged(1))), "it has missed the message");
            assert!(matches!(second.try_recv(), Ok(Received::Item(_))));
            let mut last = None;
            while let Ok(Received::Item(observation)) = monitor.try_recv() {
                last = Some(observation.outcome);
            }
            assert_eq!(last, Some(airssys_rt::broker::Outcome::Handled { answered: false }));
        });
    });
}

#[test]
fn a_copy_for_a_tap_that_panics_harms_no_sender() {
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let mut tap = system.subscribe(8).unwrap();
            ON_CLONE.with(|next| *next.borrow_mut() = Some(Box::new(|| panic!("no copies"))));
            system.tell(&receiver, Sheet(1)).await.unwrap();
            system.tell(&receiver, Sheet(2)).await.unwrap();
            system.idle().await;
            assert_eq!(seen.read(), ["1", "2"]);
            assert!(matches!(tap.try_recv(), Ok(Received::Lagged(1))));
            assert!(matches!(tap.try_recv(), Ok(Received::Item(_))));
        });
    });
}

#[test]
fn a_waker_of_a_tap_that_panics_harms_no_sender() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("not awake");
        }
    }
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let mut tap = system.subscribe(8).unwrap();
            let waker = Waker::from(Arc::new(Panics));
            assert!(pin!(tap.recv()).poll(&mut Context::from_waker(&waker)).is_pending());
            system.tell(&receiver, Sheet(1)).await.unwrap();
            system.idle().await;
            assert_eq!(seen.read(), ["1"]);
            assert!(matches!(tap.try_recv(), Ok(Received::Item(_))));
        });
    });
}

#[test]
fn the_filter_of_a_tap_may_own_another_tap() {
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let inner = Mutex::new(system.subscribe(8).unwrap());
            let outer = system.subscribe_where(8, move |_| inner.lock().is_ok()).unwrap();
            drop(outer);
            system.tell(&receiver, Sheet(1)).await.unwrap();
            system.idle().await;
            assert_eq!(seen.read(), ["1"]);
        });
    });
}

#[test]
fn the_filter_of_a_tap_may_send_when_it_is_dropped() {
    with_time_limit(|| {
        paused().block_on(async {
            let seen = Log::default();
            let (system, receiver) = test_system(&seen).await;
            let (again, to) = (system.clone(), receiver.clone());
            let sends = OnDrop(move || assert!(again.try_tell(&to, Sheet(7)).is_ok()));
            let _other = system.subscribe(8).unwrap();
            let tap = system.subscribe_where(8, move |_| sends.owned()).unwrap();
            drop(tap);
            system.idle().await;
            assert_eq!(seen.read(), ["7"]);
        });
    });
}

#[test]
fn a_filter_that_panics_when_the_system_ends_does_not_keep_the_other_taps_open() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, _receiver) = test_system(&Log::default()).await;
            let bomb = OnDrop(|| panic!("dropped"));
            let _first = system.subscribe_where(8, move |_| bomb.owned()).unwrap();
            let mut second = system.subscribe(8).unwrap();
            system.shutdown().await.unwrap();
            settle().await;
            assert!(matches!(second.try_recv(), Err(TryRecvError::Disconnected)));
        });
    });
}
