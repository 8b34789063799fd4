//! An event whose `Clone` fails or calls back into the system: whom the event reaches, and the fate of the message that published it.

use airssys_rt::{
    broker::{Outcome, Received},
    prelude::*,
};
use airssys_rt_tests::{Log, paused, with_time_limit};
use std::cell::{Cell, RefCell};

#[event]
struct News(u64);

thread_local! {
    /// The number of the copy, counted from now on, whose `Clone` panics; 0: none.
    static PANICS_AT: Cell<u64> = const { Cell::new(0) };
    static ON_CLONE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

impl Clone for News {
    fn clone(&self) -> Self {
        if let Some(action) = ON_CLONE.with(|next| next.borrow_mut().take()) {
            action();
        }
        let copy = PANICS_AT.get();
        PANICS_AT.set(copy.saturating_sub(1));
        assert!(copy != 1, "no more paper");
        News(self.0)
    }
}

/// Publishes this many events, and answers.
#[message(reply = u64)]
struct Publish(u64);

#[derive(Default)]
struct Press {
    log: Log,
}

#[actor(publishes(News))]
impl Press {
    #[handler]
    fn publish(&mut self, Publish(n): Publish, ctx: &mut ActorContext<Self>) -> u64 {
        (0..n).for_each(|n| ctx.publish(News(n)));
        n
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.log.add(format!("{fault} in {:?}", fault.message()));
        ErrorAction::Resume
    }
}

struct Reader {
    log: Log,
}

#[actor]
impl Reader {
    #[on_event]
    fn read(&mut self, News(n): News) {
        self.log.add(n.to_string());
    }
}

#[actor_system(actors(Press, Reader), events(News))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

/// A press, and three readers of its news.
async fn press(log: &Log) -> (ActorSystem<TestSystem>, ActorRef<Press>) {
    let system = system().await;
    for _ in 0..3 {
        system.spawn(Reader { log: log.clone() }).await.unwrap();
    }
    let press = system.spawn(Press { log: log.clone() }).await.unwrap();
    (system, press)
}

#[test]
fn an_event_whose_copy_fails_reaches_no_subscriber_and_its_message_is_handled() {
    with_time_limit(|| {
        paused().block_on(async {
            let log = Log::default();
            let (system, press) = press(&log).await;
            PANICS_AT.set(2);
            assert_eq!(system.ask(&press, Publish(2)).await, Ok(2));
            system.idle().await;
            // The failure is one of the actor; the other event of the handler is published.
            assert_eq!(log.read(), ["no more paper in Some(\"Publish\")", "1", "1", "1"]);
            let counters = system.counters();
            assert_eq!((counters.sent, counters.handled, counters.failed), (4, 4, 0));
        });
    });
}

#[test]
fn an_observed_message_whose_event_cannot_be_copied_is_handled() {
    with_time_limit(|| {
        paused().block_on(async {
            let log = Log::default();
            let (system, press) = press(&log).await;
            let mut monitor = system.monitor(64);
            PANICS_AT.set(2);
            assert_eq!(system.ask(&press, Publish(1)).await, Ok(1));
            system.idle().await;
            let mut steps = Vec::new();
            while let Ok(Received::Item(seen)) = monitor.try_recv() {
                if seen.meta.message_type() == "Publish" {
                    steps.push(seen.outcome);
                }
            }
            let (delivered, handled) =
                (Outcome::Delivered { receivers: 1 }, Outcome::Handled { answered: true });
            assert_eq!(steps, [Outcome::Published, delivered, handled]);
            assert_eq!(log.read(), ["no more paper in Some(\"Publish\")"]);
        });
    });
}

#[test]
fn a_publish_from_outside_whose_copy_fails_reaches_no_subscriber() {
    with_time_limit(|| {
        paused().block_on(async {
            let log = Log::default();
            let (system, _press) = press(&log).await;
            PANICS_AT.set(3);
            let publish = tokio::spawn({
                let system = system.clone();
                async move { system.publish(News(7)).await }
            });
            assert!(publish.await.unwrap_err().is_panic());
            system.publish(News(8)).await.unwrap();
            system.idle().await;
            assert_eq!(log.read(), ["8", "8", "8"]);
        });
    });
}

#[test]
fn the_copy_of_an_event_may_start_and_stop_subscribers() {
    with_time_limit(|| {
        paused().block_on(async {
            let log = Log::default();
            let (system, _press) = press(&log).await;
            let extra = system.spawn(Reader { log: log.clone() }).await.unwrap();
            let last = Log::default();
            system.spawn(Reader { log: last.clone() }).await.unwrap();
            system.stop(&extra).await; // its slot is free
            let (spawns, late) = (system.clone(), Log::default());
            let spawned = Reader { log: late.clone() };
            ON_CLONE.with(|next| {
                *next.borrow_mut() = Some(Box::new(move || {
                    let spawn = std::pin::pin!(spawns.spawn(spawned));
                    assert!(airssys_rt_tests::poll_once(spawn).is_ready());
                }));
            });
            system.publish(News(1)).await.unwrap();
            system.idle().await;
            // A subscriber that was there before has the event, whichever slot the new one is in.
            assert_eq!((log.read().len(), last.read().len()), (3, 1));
        });
    });
}
