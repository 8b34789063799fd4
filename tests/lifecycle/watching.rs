//! A watcher is notified of the end of an actor: once, with the true reason, and after the messages that the actor had sent.

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
struct WatchPatient(ActorRef<Patient>);

#[message]
struct UnwatchPatient(ActorRef<Patient>);

/// Its handler waits until the gate is open.
#[message]
struct Wait(Arc<Semaphore>);

#[message(reply = u64)]
struct Word(u64);

/// Sends this many words to the nurse, then stops.
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
    /// Whether `on_terminated` fails.
    weak: bool,
}

#[actor]
impl Nurse {
    #[handler]
    fn mind(&mut self, WatchPatient(patient): WatchPatient, ctx: &mut ActorContext<Self>) {
        ctx.watch(&patient);
    }

    #[handler]
    fn forget(&mut self, UnwatchPatient(patient): UnwatchPatient, ctx: &mut ActorContext<Self>) {
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
fn a_watcher_is_notified_of_the_end_once_with_the_reason() {
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
            ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
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

/// MO-01, when the whole system ends: the youngest actor is stopped first, so the nurse is still notified of the patient's end.
#[test]
fn a_watcher_is_notified_of_actors_that_are_stopped_before_it() {
    on_every_runtime(|| async {
        let (ward, nurse, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
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

/// MO-02: a watch of an ended actor is notified at once, with the true reason instead of "not found".
#[test]
fn a_watch_of_an_ended_actor_is_notified_at_once_with_the_reason() {
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
        ward.ask(&nurse, WatchPatient(patient)).await.unwrap();
        ward.quiet().await;
        assert_eq!(log.read(), ["Patient nameless: failed: it hurts"]);
    });
}

/// MO-04
#[tokio::test(start_paused = true)]
async fn an_unwatch_discards_a_queued_notification() {
    let (ward, nurse, log) = ward().await;
    let patient = ward.spawn(Patient).await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    ward.tell(&nurse, WatchPatient(patient.clone())).await.unwrap();
    ward.tell(&nurse, Wait(gate.clone())).await.unwrap();
    ward.tell(&nurse, UnwatchPatient(patient.clone())).await.unwrap();
    settle().await;
    ward.kill(&patient).await;
    assert_eq!(nurse.queue_depth(), 3, "the news is there, behind the word to forget it");
    gate.add_permits(1);
    ward.quiet().await;
    assert_eq!(log.read(), [""; 0]);
    assert_eq!((ward.counters().handled, ward.dead_letters().count()), (4, 0));
}

/// MO-04: an actor that is watched twice, or again after an unwatch, causes one notification.
#[tokio::test(start_paused = true)]
async fn watching_twice_is_watching_once() {
    let (ward, nurse, log) = ward().await;
    let patient = ward.spawn(Patient).named("bob").await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    for _ in 0..2 {
        ward.tell(&nurse, WatchPatient(patient.clone())).await.unwrap();
    }
    ward.tell(&nurse, Wait(gate.clone())).await.unwrap();
    ward.tell(&nurse, UnwatchPatient(patient.clone())).await.unwrap();
    ward.tell(&nurse, WatchPatient(patient.clone())).await.unwrap();
    settle().await;
    ward.kill(&patient).await;
    gate.add_permits(1);
    ward.quiet().await;
    assert_eq!(log.read(), ["Patient bob: killed"]);
}

/// A watcher that unwatches before the end is not notified, and the patient keeps nothing of it.
#[test]
fn an_unwatch_before_the_end_prevents_the_notification() {
    on_every_runtime(|| async {
        let (ward, nurse, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
        ward.ask(&nurse, UnwatchPatient(patient.clone())).await.unwrap();
        ward.stop(&patient).await;
        ward.quiet().await;
        assert_eq!(log.read(), [""; 0]);
        assert_eq!(ward.counters().sent, 2);
    });
}

/// MO-06: a watcher that ends first is not notified, and no dead letter is made.
#[test]
fn a_watcher_that_has_ended_is_not_notified() {
    on_every_runtime(|| async {
        let (ward, nurse, _) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
        drop(ward.watch(&patient));
        ward.stop(&nurse).await;
        ward.stop(&patient).await;
        assert_eq!((ward.counters().sent, ward.dead_letters().count()), (1, 0));
    });
}

/// MO-09: the last messages arrive before the notification, which uses no capacity of the mailbox.
#[tokio::test(start_paused = true)]
async fn the_last_messages_arrive_before_the_notification() {
    let (ward, log) = (ActorSystem::<Ward>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let nurse = ward.spawn(Nurse { log: log.clone(), weak: false }).capacity(4).await.unwrap();
    let patient = ward.spawn(Patient).await.unwrap();
    let gate = Arc::new(Semaphore::new(0));
    ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
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
fn the_last_messages_arrive_before_the_notification_at_full_speed() {
    two_threads().block_on(async {
        let (ward, nurse, log) = ward().await;
        for round in 0..200 {
            let patient = ward.spawn(Patient).await.unwrap();
            ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
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
fn ten_thousand_watchers_are_notified_once_each() {
    const WATCHERS: usize = 10_000;
    on_every_runtime(|| async {
        let (ward, _, log) = ward().await;
        let patient = ward.spawn(Patient).await.unwrap();
        let (mut nurses, mut watches) = (Vec::new(), Vec::<Watch>::new());
        for _ in 0..WATCHERS {
            let nurse = ward.spawn(Nurse { log: log.clone(), weak: false }).await.unwrap();
            ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
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

/// A waker that watches the actor again.
struct WatchesAgain(ActorSystem<Ward>, ActorRef<Patient>, Mutex<Vec<Watch>>, AtomicU64);

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
            let (ward, _nurse, _) = ward().await;
            let patient = ward.spawn(Patient).await.unwrap();
            let again =
                Arc::new(WatchesAgain(ward.clone(), patient.clone(), Mutex::default(), AtomicU64::new(0)));
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

/// A fault of `on_terminated` is handled like any other fault.
#[test]
fn a_fault_in_on_terminated_goes_to_on_error() {
    on_every_runtime(|| async {
        let (ward, log) =
            (ActorSystem::<Ward>::start(SystemConfig::default()).await.unwrap(), Log::default());
        let nurse = ward.spawn(Nurse { log: log.clone(), weak: true }).await.unwrap();
        let patient = ward.spawn(Patient).await.unwrap();
        ward.ask(&nurse, WatchPatient(patient.clone())).await.unwrap();
        ward.stop(&patient).await;
        assert_eq!(ward.ask(&nurse, Word(1)).await, Ok(1));
        assert_eq!(log.read(), ["Patient nameless: stopped", "too much in Some(\"Terminated\")", "word 1"]);
        assert_eq!(ward.dead_letters().count_of(Reason::HandlerFailed), 1);
    });
}
