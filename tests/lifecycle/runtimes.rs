//! The tokio runtime of a system: it needs timers, it may end before the system, and a caller may have none.

use airssys_rt::{
    broker::MessageBroker,
    prelude::*,
    supervisor::{ControlError, DynamicSupervisor, SuperviseError},
    system::StartError,
};
use airssys_rt_tests::{
    Double, Hold, Hook, Hooked, Lab, Log, Never, Note, Scribe, block_on, lab, lab_with, two_threads,
    with_time_limit,
    worker::{Worker, system},
};
use std::time::Duration;

/// An ask needs timers, and so do a stop and a shutdown.
#[test]
fn a_runtime_without_timers_is_refused() {
    with_time_limit(|| {
        for enables_io in [false, true] {
            let mut builder = tokio::runtime::Builder::new_current_thread();
            if enables_io {
                builder.enable_io();
            }
            let error = builder
                .build()
                .unwrap()
                .block_on(async { ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap_err() });
            assert!(matches!(error, StartError::NoTimers), "{error}");
            assert_eq!(
                error.to_string(),
                "a system needs the timers of its tokio runtime: build it with `enable_time` or `enable_all`"
            );
        }
    });
}

/// ST-04: each way to start an actor or a supervisor fails once the runtime has ended.
#[test]
fn nothing_starts_after_the_runtime_has_ended() {
    with_time_limit(|| {
        let log = Log::default();
        let runtime = two_threads();
        let (lab, workers, supervisor, crowd) = runtime.block_on(async {
            let (lab, workers) = (lab().await, system().await);
            let supervisor = workers.supervise(Supervisor::one_for_one("first")).await.unwrap();
            let crowd = workers.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap();
            (lab, workers, supervisor, crowd)
        });
        drop(runtime);
        let other_runtime = two_threads();
        let check = async {
            assert_eq!(lab.spawn(Scribe::default()).await.unwrap_err(), SpawnError::RuntimeEnded);
            assert_eq!(lab.spawn(Scribe::default()).on_thread().await.unwrap_err(), SpawnError::RuntimeEnded);
            assert_eq!(lab.spawn_with(Scribe::default).await.unwrap_err(), SpawnError::RuntimeEnded);
            let hooked = Hooked { log: log.clone(), ..Hooked::default() };
            assert_eq!(lab.spawn(hooked).named("x").await.unwrap_err(), SpawnError::RuntimeEnded);
            assert!(lab.named::<Hooked>("x").is_none() && lab.actors().is_empty());

            let root = || Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
            let below = Supervisor::one_for_one("top").supervisor(root());
            for tree in [root(), below, Supervisor::one_for_one("empty")] {
                assert_eq!(workers.supervise(tree).await.unwrap_err(), SuperviseError::RuntimeEnded);
            }
            let dynamic = DynamicSupervisor::<Worker>::new("pool");
            assert_eq!(workers.supervise_dynamic(dynamic).await.unwrap_err(), SuperviseError::RuntimeEnded);
            let child = Worker::new("b", &log).child();
            assert_eq!(supervisor.start(child).await.unwrap_err(), ControlError::ShuttingDown);
            let worker = Worker::new("c", &log);
            assert_eq!(crowd.start(move || worker.clone()).await.unwrap_err(), ControlError::ShuttingDown);
            supervisor.shutdown().await;
            supervisor.ended().await;
            assert!(workers.actors().is_empty());
        };
        other_runtime.block_on(check);
        assert_eq!(log.read(), ["pre_start", "dropped"], "a `pre_start` runs in the task of the spawner");
    });
}

/// K2: a caller needs no runtime: the timers are those of the system.
#[test]
fn a_thread_without_a_runtime_can_use_a_system() {
    with_time_limit(|| {
        let runtime = two_threads();
        let config = SystemConfig::default().with_ask_timeout(Duration::from_millis(50));
        let (lab, workers) = runtime.block_on(async { (lab_with(config).await, system().await) });
        for observed in [false, true] {
            let tap = observed.then(|| lab.monitor(1));
            let (log, seen) = (Log::default(), Log::default());
            block_on(async {
                let scribe = lab.spawn(Scribe { seen: seen.clone(), ..Scribe::default() }).await.unwrap();
                assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
                let request = lab.request(&scribe, Double(1));
                assert_eq!(lab.broker().publish_request(request, Duration::from_secs(9)).await, Ok(2));
                lab.stop(&scribe).await;

                let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
                let (hold, held, release) = Hold::new();
                lab.tell(&scribe, hold).await.unwrap();
                held.await.unwrap();
                let limit = Duration::from_millis(20);
                let late = lab.tell_timeout(&scribe, Note(2), limit).await.unwrap_err();
                assert!(matches!(late, SendError::Timeout(Note(2))), "{late:?}");
                let late = lab.ask(&scribe, Double(1)).await.unwrap_err();
                assert!(matches!(late, AskError::Timeout(_)), "it waits for room: {late}");
                drop(release);
                let late = lab.ask(&scribe, Never).await.unwrap_err();
                assert!(matches!(late, AskError::Timeout(_)), "it waits for the answer: {late}");
                lab.kill(&scribe).await;

                let slow = Hooked { log: log.clone(), start: Hook::IsSlow, ..Hooked::default() };
                let late = lab.spawn(slow).timeout(limit).await.unwrap_err();
                assert!(matches!(late, SpawnError::Timeout { .. }), "{late}");
                let root = Supervisor::one_for_one("root").child(Worker::new("a", &log).child());
                let root = workers.supervise(root).await.unwrap();
                root.stop("a").await.unwrap();
                root.shutdown().await;
                lab.idle().await;
            });
            assert_eq!(log.read(), ["pre_start", "dropped", "+a", "-a"]);
            drop(tap);
        }
        block_on(async {
            lab.shutdown().await.unwrap();
            workers.shutdown().await.unwrap();
        });
    });
}

/// DR-08: the streams end with the system, also if its runtime has ended before.
#[test]
fn streams_end_after_the_runtime() {
    with_time_limit(|| {
        for shuts_down in [true, false] {
            let runtime = two_threads();
            let lab = runtime.block_on(lab());
            drop(runtime);
            let (mut lives, mut monitor) = (lab.lifecycle_events(1), lab.monitor(1));
            let mut letters = lab.dead_letters().subscribe(1);
            if shuts_down {
                block_on(lab.shutdown()).unwrap_err();
            } else {
                drop(lab);
            }
            block_on(async {
                assert!(lives.recv().await.is_none());
                assert!(monitor.recv().await.is_none());
                assert!(letters.recv().await.is_none());
            });
        }
    });
}
