//! Message counters never go back, while messages fail and expire.

use airssys_rt::{broker::BrokerMetrics, observe::Counters, prelude::*};
use airssys_rt_tests::{Hold, Note, until};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

/// Calls the function when it is dropped.
#[message]
struct OnDrop(Call);

impl Drop for OnDrop {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// Fails.
#[message]
struct Fail;

type Call = Box<dyn Fn() + Send>;

#[derive(Default)]
struct Counted {
    /// Called when a message has failed.
    on_failure: Option<Call>,
}

#[actor]
impl Counted {
    #[handler]
    fn note(&mut self, _: Note) {}

    #[handler]
    fn on_drop(&mut self, _: OnDrop) {}

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<(), Fault> {
        Err(Fault::new("it hurts"))
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        self.on_failure.iter().for_each(|call| call());
        ErrorAction::Resume
    }
}

#[actor_system(actors(Counted))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default().with_dead_letters(0)).await.unwrap()
}

fn assert_forward(before: Counters, after: Counters) {
    let each = |counters: Counters| {
        [counters.sent, counters.handled, counters.failed, counters.expired, counters.dead]
    };
    let goes_back = each(before).into_iter().zip(each(after)).any(|(before, after)| after < before);
    assert!(!goes_back, "{before:?}, then {after:?}");
}

/// An expired message is dropped when it is counted as expired, and not yet as done.
#[tokio::test(start_paused = true)]
async fn an_expired_message_takes_no_handled_one_back() {
    let system = system().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let read = || -> Call {
        let (system, seen) = (system.clone(), seen.clone());
        Box::new(move || seen.lock().unwrap().push(system.counters()))
    };
    let counted = system.spawn(Counted { on_failure: Some(read()) }).await.unwrap();
    let (hold, held, release) = Hold::new();
    system.tell(&counted, hold).await.unwrap();
    held.await.unwrap();
    let ttl = Duration::from_secs(1);
    for n in 0..3 {
        system.tell(&counted, Note(n)).await.unwrap();
    }
    system.tell(&counted, Fail).await.unwrap();
    system.tell(&counted, OnDrop(read())).ttl(ttl).await.unwrap();
    tokio::time::advance(2 * ttl).await;
    let before = system.counters();
    release.send(()).unwrap();
    system.idle().await;
    let counters = system.counters();
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    assert_eq!(seen.len(), 2, "after the failure, and when the expired message is dropped");
    assert_eq!(seen[0].handled, 4);
    let all = [before, seen[0], seen[1], counters];
    all.windows(2).for_each(|pair| assert_forward(pair[0], pair[1]));
    assert_eq!((counters.sent, counters.handled, counters.failed, counters.expired), (6, 4, 1, 1));
}

/// The same for failures, with senders and readers on other threads; at the end all numbers are exact.
#[test]
fn failures_take_no_handled_messages_back() {
    const ROUNDS: u64 = 3_000;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let system = system().await;
        let done = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = (0..2)
            .map(|_| {
                let (system, done) = (system.clone(), done.clone());
                std::thread::spawn(move || {
                    let (mut counters, mut metrics) = (system.counters(), system.metrics());
                    while !done.load(SeqCst) {
                        let next: (Counters, BrokerMetrics) = (system.counters(), system.metrics());
                        assert_forward(counters, next.0);
                        assert!(next.1.sent >= metrics.sent && next.1.failed >= metrics.failed);
                        (counters, metrics) = next;
                    }
                })
            })
            .collect();
        for _ in 0..ROUNDS {
            let counted = system.spawn(Counted::default()).await.unwrap();
            for n in 0..4 {
                system.tell(&counted, Note(n)).await.unwrap();
                system.tell(&counted, Fail).await.unwrap();
            }
            system.drain(&counted).await;
        }
        done.store(true, SeqCst);
        until("the readers have ended", || readers.iter().all(|reader| reader.is_finished())).await;
        readers.into_iter().for_each(|reader| reader.join().unwrap());
        let counters = system.counters();
        assert_eq!((counters.sent, counters.handled, counters.failed), (8 * ROUNDS, 4 * ROUNDS, 4 * ROUNDS));
    });
}
