//! User code that the runtime calls for other reasons than a message: wakers, factories, `Drop` of payloads, answers and letters.

use airssys_rt::{broker::dead_letters::Reason, prelude::*, testkit::MockMessageBroker};
use airssys_rt_tests::{paused, poll_once, settle, with_time_limit};
use std::{
    panic::panic_any,
    pin::pin,
    sync::Arc,
    task::{Context, Wake, Waker},
};
use tokio::sync::oneshot;

/// A waker that panics.
fn panicking_waker() -> Waker {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("not awake");
        }
    }
    Waker::from(Arc::new(Panics))
}

/// Polls a future once, with a waker that panics. It must wait.
macro_rules! wait_with_panicking_waker {
    ($future:expr) => {
        assert!($future.as_mut().poll(&mut Context::from_waker(&panicking_waker())).is_pending())
    };
}

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("it went off");
    }
}

/// Answers with a bomb, once it is released.
#[message(reply = Bomb)]
struct Arm(oneshot::Receiver<()>);

#[message(reply = u64)]
struct Count;

/// Owns a bomb.
#[message]
struct Carry(#[allow(dead_code)] Option<Bomb>);

/// Owns a bomb, and its dead letter keeps it.
#[message(keep_payload = |_| 60)]
struct Keep(#[allow(dead_code)] Bomb);

#[message]
struct PanicWithBomb;

#[derive(Default)]
struct Target {
    failures: u64,
}

#[actor]
impl Target {
    #[handler]
    async fn arm(&mut self, Arm(release): Arm) -> Bomb {
        let _ = release.await;
        Bomb
    }

    #[handler]
    fn count(&mut self, _: Count) -> u64 {
        self.failures
    }

    #[handler]
    fn carry(&mut self, Carry(bomb): Carry) {
        std::mem::forget(bomb);
    }

    #[handler]
    fn keep(&mut self, Keep(bomb): Keep) {
        std::mem::forget(bomb);
    }

    #[handler]
    fn panic(&mut self, _: PanicWithBomb) {
        panic_any(Bomb);
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        self.failures += 1;
        ErrorAction::Resume
    }
}

#[event]
struct Copied;

impl Clone for Copied {
    fn clone(&self) -> Self {
        panic!("no copies");
    }
}

#[message]
struct Publish;

#[derive(Default)]
struct Source;

#[actor(publishes(Copied))]
impl Source {
    #[handler]
    fn publish(&mut self, _: Publish, ctx: &mut ActorContext<Self>) {
        ctx.publish(Copied);
    }
}

#[derive(Default)]
struct Subscribed;

#[actor]
impl Subscribed {
    #[on_event]
    fn copied(&mut self, _: Copied) {}
}

#[actor_system(actors(Target, Source, Subscribed), events(Copied))]
struct TestSystem;

async fn system() -> (ActorSystem<TestSystem>, ActorRef<Target>) {
    let config = SystemConfig::default().with_dead_letters(1);
    let system = ActorSystem::<TestSystem>::start(config).await.unwrap();
    let target = system.spawn(Target::default()).capacity(1).await.unwrap();
    (system, target)
}

fn on_one_thread<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    with_time_limit(|| paused().block_on(test()));
}

#[test]
fn the_waker_of_an_asker_that_panics_harms_no_actor() {
    on_one_thread(|| async {
        let (system, target) = system().await;
        let mut ask = pin!(system.ask(&target, Count));
        wait_with_panicking_waker!(ask);
        settle().await;
        assert_eq!(ask.await, Ok(0));
        assert_eq!(system.ask(&target, Count).await, Ok(0), "it has not failed");
    });
}

#[test]
fn an_answer_that_is_late_and_panics_in_drop_harms_no_actor() {
    on_one_thread(|| async {
        let (system, target) = system().await;
        let (release, released) = oneshot::channel();
        {
            let ask = pin!(system.ask(&target, Arm(released)));
            assert!(poll_once(ask).is_pending());
            settle().await;
        }
        release.send(()).unwrap();
        settle().await;
        assert_eq!(system.ask(&target, Count).await, Ok(0), "it has not failed");
        assert_eq!(system.dead_letters().count_of(Reason::LateReply), 1);
    });
}

#[test]
fn the_waker_of_a_blocked_sender_that_panics_harms_no_actor() {
    on_one_thread(|| async {
        let (system, target) = system().await;
        let (release, released) = oneshot::channel();
        let mut first = pin!(system.ask(&target, Arm(released)));
        assert!(poll_once(first.as_mut()).is_pending());
        settle().await;
        let mut blocked = pin!(system.tell(&target, Carry(None)));
        wait_with_panicking_waker!(blocked);
        release.send(()).unwrap();
        std::mem::forget(first.await);
        blocked.await.unwrap();
        assert_eq!(system.ask(&target, Count).await, Ok(0), "it has not failed");
    });
}

#[test]
fn the_waker_of_a_watch_that_panics_harms_no_other_watch() {
    on_one_thread(|| async {
        let (system, target) = system().await;
        let mut first = pin!(system.watch(&target));
        wait_with_panicking_waker!(first);
        let second = system.watch(&target);
        assert_eq!(system.stop(&target).await.reason(), &ExitReason::Stopped);
        assert_eq!(second.await.reason, ExitReason::Stopped);
    });
}

#[test]
fn a_payload_that_panics_in_drop_is_one_failure() {
    on_one_thread(|| async {
        let (system, target) = system().await;
        system.tell(&target, PanicWithBomb).await.unwrap();
        assert_eq!(system.ask(&target, Count).await, Ok(1));
    });
}

#[test]
fn a_factory_that_panics_with_a_payload_that_panics_fails_the_start_only() {
    on_one_thread(|| async {
        let (system, _target) = system().await;
        let error = system.spawn_with(|| -> Target { panic_any(Bomb) }).await.unwrap_err();
        assert_eq!(error.to_string(), "the factory of `Target` panicked");
        assert_eq!(system.actors().len(), 1);
    });
}

#[test]
fn messages_that_panic_in_drop_harm_no_actor_that_stops() {
    on_one_thread(|| async {
        let (system, _target) = system().await;
        let target = system.spawn(Target::default()).await.unwrap();
        let (_release, released) = oneshot::channel();
        let mut first = pin!(system.ask(&target, Arm(released)));
        assert!(poll_once(first.as_mut()).is_pending());
        settle().await;
        for _ in 0..3 {
            assert!(matches!(system.try_tell(&target, Carry(Some(Bomb))), Ok(Sent::Queued)));
        }
        assert_eq!(system.kill(&target).await.reason(), &ExitReason::Killed);
        // The store has room for one letter: the others were evicted.
        assert_eq!((system.dead_letters().count(), system.dead_letters().evicted()), (4, 3));
    });
}

#[test]
fn a_dropped_message_that_panics_in_drop_harms_no_sender() {
    on_one_thread(|| async {
        let (system, _target) = system().await;
        let target = system.spawn(Target::default()).capacity(1).overflow(Overflow::Drop).await.unwrap();
        assert!(matches!(system.try_tell(&target, Carry(None)), Ok(Sent::Queued)));
        assert!(matches!(system.tell(&target, Carry(Some(Bomb))).await, Ok(Sent::Dropped)));
        assert_eq!(system.dead_letters().count_of(Reason::Full), 1);
        system.idle().await;
        assert_eq!(system.ask(&target, Count).await, Ok(0));
    });
}

#[test]
fn kept_payloads_that_panic_in_drop_harm_no_sender() {
    on_one_thread(|| async {
        let config = SystemConfig::default().with_dead_letters(3).with_dead_letter_bytes(200);
        let system = ActorSystem::<TestSystem>::start(config).await.unwrap();
        let target = system.spawn(Target::default()).capacity(1).overflow(Overflow::Drop).await.unwrap();
        assert!(matches!(system.try_tell(&target, Carry(None)), Ok(Sent::Queued)));
        for _ in 0..10 {
            assert!(matches!(system.try_tell(&target, Keep(Bomb)), Ok(Sent::Dropped)));
        }
        let letters = system.dead_letters();
        let (evicted, released) = (letters.evicted(), letters.released());
        let kept = letters.drain().into_iter().filter_map(|stored| stored.message);
        let kept = kept.map(std::mem::forget).count();
        assert!(evicted == 7 && released > 5 && (1..3).contains(&kept), "{evicted} {released} {kept}");
        system.idle().await;
        assert_eq!(system.ask(&target, Count).await, Ok(0));
    });
}

#[test]
fn an_event_whose_copy_fails_harms_no_broker() {
    on_one_thread(|| async {
        let broker = MockMessageBroker::new();
        let system =
            ActorSystem::<TestSystem, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
        let source = system.spawn(Source).await.unwrap();
        system.spawn(Subscribed).await.unwrap();
        system.tell(&source, Publish).await.unwrap();
        system.idle().await;
        assert_eq!(system.dead_letters().count_of(Reason::Lost), 1);
        assert_eq!(system.stop(&source).await.reason(), &ExitReason::Stopped);
    });
}
