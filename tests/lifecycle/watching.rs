//! Whoever watches an actor hears of its end: once, with the true reason, after everything else it had to say.

use airssys_rt::{actor::Watch, broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{Log, comes_to_an_end, on_every_runtime, paused, poll_once, settle, two_threads};
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
struct Mind(ActorRef<Patient>);

#[message]
struct Forget(ActorRef<Patient>);

/// Keeps the nurse busy until the gate is open.
#[message]
struct Wait(Arc<Semaphore>);

#[message(reply = u64)]
struct Word(u64);

/// Says so many words to the nurse, then stops.
#[message]
struct Farewell(ActorRef<Nurse>, u64);

#[message]
struct Collapse;

#[derive(Default)]
struct Patient;

#[actor(tells(Nurse))]
impl Patient {
    #[handler]
    async fn farewell(&mut self, Farewell(nurse, words): Farewell, ctx: &mut ActorContext<Self>) {
        for n in 1..=words {
            let _ = ctx.tell(&nurse, Word(n)).await;
        }
        ctx.stop();
    }

    #[handler]
    fn collapse(&mut self, _: Collapse) -> Result<(), Fault> {
        Err(Fault::new("it hurts"))
    }
}

#[derive(Default)]
struct Nurse {
    log: Log,
    /// Cannot bear the news.
    weak: bool,
}

#[actor]
impl Nurse {
    #[handler]
    fn mind(&mut self, Mind(patient): Mind, ctx: &mut ActorContext<Self>) {
        ctx.watch(&patient);
    }

    #[handler]
    fn forget(&mut self, Forget(patient): Forget, ctx: &mut ActorContext<Self>) {
        ctx.unwatch(&patient);
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

#[actor_system(actors(Patient, Nurse))]
struct Ward;

async fn ward() -> (ActorSystem<Ward>, ActorRef<Nurse>, Log) {
    let (ward, log) = (ActorSystem::<Ward>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let nurse = ward.spawn(Nurse { log: log.clone(), weak: false }).await.unwrap();
    (ward, nurse, log)
}

/// MO-01: from outside and from inside, for each way to end.
#[test]
fn a_watcher_hears_of_the_end_once_and_why() {
    on_every_runtime(|| async {
        for (way, text) in [
            ("stop", "stopped"),
            ("drain", "drained"),
            ("kill", "killed"),
            ("itself", "stopped"),
            ("fault", "failed: it hurts"),
        ] {
            let (ward, nurse, log) = ward().await;
            let patient = ward.spawn(Patient).named("bob").await.unwrap();
            ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
            let mut watch = ward.watch(&patient);
            assert!(poll_once(Pin::new(&mut watch)).is_pending());
            match way {
                "stop" => drop(ward.stop(&patient).await),
                "drain" => drop(ward.drain(&patient).await),
                "kill" => drop(ward.kill(&patient).await),
                "itself" => drop(ward.tell(&patient, Farewell(nurse.clone(), 0)).await.unwrap()),
                _ => drop(ward.tell(&patient, Collapse).await.unwrap()),
            }
            let terminated = watch.await;
            assert_eq!((terminated.id, terminated.actor), (patient.id(), "Patient"));
            assert_eq!(
                (terminated.name.as_deref(), terminated.reason.to_string()),
                (Some("bob"), text.into())
            );
            assert_eq!(ward.stop(&patient).await.reason(), &terminated.reason);
            ward.quiet().await;
            assert_eq!(log.read(), [format!("Patient bob: {text}")]);
        }
    });
}

/// MO-01, when the whole system ends: the youngest goes first, so the nurse still hears of the patient.
#[test]
fn a_watcher_hears_of_the_end_of_who_is_stopped_before_it() {
    on_every_runtime(|| async {
        let (ward, nurse, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
        let watch = ward.watch(&patient);
        ward.shutdown().await.unwrap();
        assert_eq!(watch.await.reason, ExitReason::Shutdown);
        let counters = ward.counters();
        assert_eq!(counters.sent, counters.handled + counters.dead);
        assert_eq!(
            log.read().len() as u64,
            counters.handled - 1,
            "the news is handled, or dead with the nurse"
        );
    });
}

/// MO-02: who has ended already is told of at once, and with the true reason, which says more than that there is nobody.
#[test]
fn a_watcher_that_comes_too_late_hears_at_once_and_why() {
    on_every_runtime(|| async {
        let (ward, nurse, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.tell(&patient, Collapse).await.unwrap();
        ward.watch(&patient).await;
        let terminated = poll_once(pin!(ward.watch(&patient)));
        assert!(matches!(
            terminated,
            std::task::Poll::Ready(Terminated { reason: ExitReason::Failed(_), .. })
        ));
        ward.ask(&nurse, Mind(patient)).await.unwrap();
        ward.quiet().await;
        assert_eq!(log.read(), ["Patient nameless: failed: it hurts"]);
    });
}

/// MO-04
#[tokio::test(start_paused = true)]
async fn news_that_is_not_wanted_any_more_is_not_heard() {
    let (ward, nurse, log) = ward().await;
    let patient = ward.spawn(Patient).await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    ward.tell(&nurse, Mind(patient.clone())).await.unwrap();
    ward.tell(&nurse, Wait(gate.clone())).await.unwrap();
    ward.tell(&nurse, Forget(patient.clone())).await.unwrap();
    settle().await;
    ward.kill(&patient).await;
    assert_eq!(nurse.queue_depth(), 3, "the news is there, behind the word to forget it");
    gate.add_permits(1);
    ward.quiet().await;
    assert_eq!(log.read(), [""; 0]);
    assert_eq!((ward.counters().handled, ward.dead_letters().count()), (4, 0));
}

/// MO-04: watched anew, it is heard of once.
#[tokio::test(start_paused = true)]
async fn watching_twice_is_watching_once() {
    let (ward, nurse, log) = ward().await;
    let patient = ward.spawn(Patient).named("bob").await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    for _ in 0..2 {
        ward.tell(&nurse, Mind(patient.clone())).await.unwrap();
    }
    ward.tell(&nurse, Wait(gate.clone())).await.unwrap();
    ward.tell(&nurse, Forget(patient.clone())).await.unwrap();
    ward.tell(&nurse, Mind(patient.clone())).await.unwrap();
    settle().await;
    ward.kill(&patient).await;
    gate.add_permits(1);
    ward.quiet().await;
    assert_eq!(log.read(), ["Patient bob: killed"]);
}

/// Who forgets in time hears nothing, and the patient knows nobody any more.
#[test]
fn whoever_forgets_hears_nothing() {
    on_every_runtime(|| async {
        let (ward, nurse, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
        ward.ask(&nurse, Forget(patient.clone())).await.unwrap();
        ward.stop(&patient).await;
        ward.quiet().await;
        assert_eq!(log.read(), [""; 0]);
        assert_eq!(ward.counters().sent, 2);
    });
}

/// MO-06: a watcher that ends before is not told, and nothing of it is dead.
#[test]
fn a_watcher_that_has_ended_is_not_told() {
    on_every_runtime(|| async {
        let (ward, nurse, _) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
        drop(ward.watch(&patient));
        ward.stop(&nurse).await;
        ward.stop(&patient).await;
        assert_eq!((ward.counters().sent, ward.dead_letters().count()), (1, 0));
    });
}

/// MO-09: the last words come before the news, which takes no room in the mailbox.
#[tokio::test(start_paused = true)]
async fn the_last_words_come_before_the_news() {
    let (ward, log) = (ActorSystem::<Ward>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let nurse = ward.spawn(Nurse { log: log.clone(), weak: false }).capacity(4).await.unwrap();
    let patient = ward.spawn(Patient).await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
    ward.tell(&nurse, Wait(gate.clone())).await.unwrap();
    settle().await;
    ward.tell(&patient, Farewell(nurse.clone(), 3)).await.unwrap();
    ward.watch(&patient).await;
    assert!(ward.try_tell(&nurse, Word(9)).is_err(), "the mailbox is full");
    assert_eq!(nurse.queue_depth(), 5, "and the news is in it");
    gate.add_permits(1);
    ward.quiet().await;
    assert_eq!(log.read(), ["word 1", "word 2", "word 3", "Patient nameless: stopped"]);
}

/// MO-09, without a pause.
#[test]
fn the_last_words_come_before_the_news_at_full_speed() {
    two_threads().block_on(async {
        let (ward, nurse, log) = ward().await;
        for round in 0..200 {
            let patient = ward.spawn(Patient).await.unwrap();
            ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
            ward.tell(&patient, Farewell(nurse.clone(), 5)).await.unwrap();
            ward.watch(&patient).await;
            ward.quiet().await;
            let said = log.read()[6 * round..].to_vec();
            assert_eq!(said.len(), 6, "{said:?}");
            assert_eq!(said[5], "Patient nameless: stopped");
        }
    });
}

/// MO-10
#[test]
fn ten_thousand_watchers_hear_it_once_each() {
    const WATCHERS: usize = 10_000;
    on_every_runtime(|| async {
        let (ward, _, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        let (mut nurses, mut watches) = (Vec::new(), Vec::<Watch>::new());
        for _ in 0..WATCHERS {
            let nurse = ward.spawn(Nurse { log: log.clone(), weak: false }).await.unwrap();
            ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
            watches.push(ward.watch(&patient));
            nurses.push(nurse);
        }
        ward.stop(&patient).await;
        for watch in watches {
            assert_eq!(watch.await.id, patient.id());
        }
        ward.quiet().await;
        assert_eq!(log.read().len(), WATCHERS);
        assert_eq!(ward.counters().handled as usize, 2 * WATCHERS);
    });
}

/// Looks at the actor again when it is woken.
struct LooksAgain(ActorSystem<Ward>, ActorRef<Patient>, Mutex<Vec<Watch>>, AtomicU64);

impl Wake for LooksAgain {
    fn wake(self: Arc<Self>) {
        self.2.lock().unwrap().push(self.0.watch(&self.1));
        self.3.fetch_add(self.0.actors().len() as u64, SeqCst);
    }
}

/// MO-10: nothing is locked while watchers are told.
#[test]
fn a_watcher_that_is_told_may_look_at_the_system() {
    comes_to_an_end(|| {
        paused().block_on(async {
            let (ward, _nurse, _) = ward().await;
            let patient = ward.spawn(Patient).await.unwrap();
            let again =
                Arc::new(LooksAgain(ward.clone(), patient.clone(), Mutex::default(), AtomicU64::new(0)));
            let mut watch = ward.watch(&patient);
            let waker = Waker::from(again.clone());
            assert!(Pin::new(&mut watch).poll(&mut Context::from_waker(&waker)).is_pending());
            ward.stop(&patient).await;
            let second = again.2.lock().unwrap().pop().unwrap();
            assert_eq!(second.await, watch.await);
            assert_eq!(again.3.load(SeqCst), 1, "only the nurse is left");
        });
    });
}

/// News that the handler cannot bear is a fault like any other.
#[test]
fn a_fault_in_on_terminated_goes_to_on_error() {
    on_every_runtime(|| async {
        let (ward, log) =
            (ActorSystem::<Ward>::start(SystemConfig::default()).await.unwrap(), Log::default());
        let nurse = ward.spawn(Nurse { log: log.clone(), weak: true }).await.unwrap();
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, Mind(patient.clone())).await.unwrap();
        ward.stop(&patient).await;
        assert_eq!(ward.ask(&nurse, Word(1)).await, Ok(1));
        assert_eq!(log.read(), ["Patient nameless: stopped", "too much in Some(\"Terminated\")", "word 1"]);
        assert_eq!(ward.dead_letters().count_of(Reason::HandlerFailed), 1);
    });
}
