//! The text of a dead letter: what `Debug` of its message writes, within a limit, and where it may run.

use airssys_rt::{
    broker::dead_letters::{StoredLetter, TEXT_LIMIT},
    prelude::*,
};
use airssys_rt_tests::{Hold, on_every_runtime, paused, with_time_limit};
use std::{
    fmt,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};
use tokio::sync::oneshot;

/// Its `Debug` runs a function.
#[message]
struct Told(fn(&mut fmt::Formatter<'_>) -> fmt::Result);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

#[message]
#[derive(Debug)]
struct Slip(#[allow(dead_code)] u64);

#[message]
#[derive(Debug)]
struct Bound<T: fmt::Debug>(#[allow(dead_code)] T);

#[message]
#[derive(Debug)]
struct Free<T>(#[allow(dead_code)] T);

#[derive(Default)]
struct Desk;

#[actor]
impl Desk {
    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn slip(&mut self, _: Slip) {}

    #[handler]
    fn told(&mut self, _: Told) {}

    #[handler]
    fn bound(&mut self, _: Bound<u8>) {}

    #[handler]
    fn free(&mut self, _: Free<u8>) {}
}

#[actor_system(actors(Desk))]
struct Office;

/// An office with a desk whose mailbox is full, and drops.
async fn office(letters: usize) -> (ActorSystem<Office>, ActorRef<Desk>, oneshot::Sender<()>) {
    let config = SystemConfig::default().with_dead_letters(letters);
    let office = ActorSystem::<Office>::start(config).await.unwrap();
    let desk = office.spawn(Desk).capacity(1).overflow(Overflow::Drop).await.unwrap();
    let (hold, is_held, release) = Hold::new();
    office.tell(&desk, hold).await.unwrap();
    is_held.await.unwrap();
    (office, desk, release)
}

/// The letter of a message that a full mailbox drops.
async fn dropped<M: airssys_rt::actor::HandledBy<Desk>>(message: M) -> StoredLetter<OfficeMessage> {
    let (office, desk, _release) = office(8).await;
    assert!(matches!(office.try_tell(&desk, message), Ok(Sent::Dropped)));
    office.dead_letters().drain().remove(0)
}

/// The text is what `Debug` writes, up to the limit and up to its panic.
#[test]
fn a_text_is_limited_and_its_panic_is_caught() {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    on_every_runtime(|| async {
        let letter = dropped(Told(|f| {
            f.write_str("half")?;
            panic!("no words")
        }))
        .await;
        assert_eq!(letter.text.as_deref(), Some("half…"));

        WRITTEN.store(0, SeqCst);
        let letter = dropped(Told(|f| {
            for _ in 0..100 << 10 {
                f.write_str(&"x".repeat(1 << 10))?;
                WRITTEN.fetch_add(1 << 10, SeqCst);
            }
            Ok(())
        }))
        .await;
        let text = letter.text.unwrap();
        assert!(text.len() <= TEXT_LIMIT && text.starts_with("xxx") && text.ends_with("x…"), "{text}");
        assert_eq!(
            WRITTEN.load(SeqCst),
            0,
            "the first part is refused, which ends a `Debug` that is derived"
        );

        // The second letter of this kind: the panic has left nothing behind.
        assert_eq!(dropped(Slip(1)).await.text.as_deref(), Some("Slip(1)"));
    });
}

/// A store without letters writes no text.
#[test]
fn a_store_of_capacity_zero_calls_no_debug() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    paused().block_on(async {
        for (letters, calls) in [(0, 0), (1, 1)] {
            let (office, desk, _release) = office(letters).await;
            let told = Told(|f| {
                CALLS.fetch_add(1, SeqCst);
                f.write_str("told")
            });
            office.try_tell(&desk, told).unwrap();
            assert_eq!((CALLS.load(SeqCst), office.dead_letters().count()), (calls, 1));
        }
    });
}

/// `Debug` and `Drop` of a message may read the store, and send.
#[test]
fn debug_and_drop_may_call_back_into_the_system() {
    /// Reads the store that gets it, and sends a message that dies, when it is dropped and when it is written.
    struct Back(ActorSystem<Callers>, ActorSystem<Office>, ActorRef<Desk>);

    impl Back {
        fn call(&self) {
            assert!(self.0.dead_letters().inspect().len() < 100);
            let _ = self.1.try_tell(&self.2, Slip(1));
        }
    }

    impl fmt::Debug for Back {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.call();
            f.write_str("Back")
        }
    }

    impl Drop for Back {
        fn drop(&mut self) {
            self.call();
        }
    }

    #[message]
    #[derive(Debug)]
    struct Call(#[allow(dead_code)] Back);

    #[derive(Default)]
    struct Caller;

    #[actor]
    impl Caller {
        #[handler]
        fn call(&mut self, _: Call) {}
    }

    #[actor_system(actors(Caller))]
    struct Callers;

    with_time_limit(|| {
        paused().block_on(async {
            let (office, desk, _release) = office(8).await;
            let callers = ActorSystem::<Callers>::start(SystemConfig::default()).await.unwrap();
            let caller = callers.spawn(Caller).capacity(1).await.unwrap();
            callers.try_tell(&caller, Call(Back(callers.clone(), office.clone(), desk))).unwrap();
            callers.kill(&caller).await;
            let letters = callers.dead_letters().drain();
            assert_eq!(letters[0].text.as_deref(), Some("Call(Back)"));
            assert_eq!(office.dead_letters().count(), 2);
            let texts: Vec<_> = office.dead_letters().drain().into_iter().map(|letter| letter.text).collect();
            assert_eq!(texts, [None, Some("Slip(1)".into())], "a `Debug` within a `Debug` is not called");
        })
    });
}

/// A generic message has a text if its declaration has the bound.
#[test]
fn a_generic_message_has_a_text_if_its_parameters_have_the_bound() {
    paused().block_on(async {
        assert_eq!(dropped(Bound(1_u8)).await.text.as_deref(), Some("Bound(1)"));
        assert_eq!(dropped(Free(1_u8)).await.text, None);
    });
}
