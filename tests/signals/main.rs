//! Signals: SIGTERM or ctrl-c shuts a system down in order; a second signal kills the remaining actors; a third ends the process.
//!
//! A target of its own, because signals are for the whole process.

#![allow(clippy::unwrap_used)] // a test fails by panicking

#[cfg(unix)]
mod process;

use airssys_rt::{broker::dead_letters::Reason, prelude::*, system::ShutdownReport};
use airssys_rt_tests::{Hold, Lab, Note, Scribe, on_every_runtime, settle, until};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// A system with an actor that holds one message and has another one queued; the sender that releases it; and a way to signal.
struct Scene {
    lab: ActorSystem<Lab>,
    release: tokio::sync::oneshot::Sender<()>,
    signals: Arc<Semaphore>,
}

impl Scene {
    async fn new() -> Self {
        let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap();
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let (hold, started, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        started.await.unwrap();
        lab.tell(&scribe, Note(1)).await.unwrap();
        Scene { lab, release, signals: Arc::new(Semaphore::new(0)) }
    }

    fn run(&self) -> tokio::task::JoinHandle<Result<ShutdownReport, ShutdownError>> {
        let (lab, signals) = (self.lab.clone(), self.signals.clone());
        tokio::spawn(
            async move { lab.run_until(|| async { signals.acquire().await.unwrap().forget() }).await },
        )
    }
}

/// DR-05: after the first signal all accepted messages are handled.
#[test]
fn the_first_signal_drains() {
    on_every_runtime(|| async {
        let scene = Scene::new().await;
        let run = scene.run();
        tokio::task::yield_now().await;
        assert!(!scene.lab.is_shutting_down());
        scene.signals.add_permits(1);
        until("the shutdown begins", || scene.lab.is_shutting_down()).await;
        scene.release.send(()).unwrap();
        run.await.unwrap().unwrap();
        let counters = scene.lab.counters();
        assert_eq!((counters.handled, counters.dead), (2, 0));
    });
}

/// DR-05: the second signal kills the actors within their handlers, and the error says so.
#[test]
fn the_second_signal_kills() {
    on_every_runtime(|| async {
        let scene = Scene::new().await;
        let run = scene.run();
        scene.signals.add_permits(2);
        let end = tokio::time::timeout(Duration::from_secs(4), run);
        let error = end.await.expect("the shutdown does not wait for the drain").unwrap().unwrap_err();
        let [killed] = &error.aborted[..] else { panic!("{error}") };
        assert_eq!((killed.actor, killed.stuck), ("Scribe", false));
        assert_eq!(
            (error.report.stopped, error.report.dead),
            (0, 2),
            "the message in the handler and the queued one"
        );
        assert!(scene.release.is_closed(), "the future of the handler was dropped");
        assert_eq!(scene.lab.dead_letters().count_of(Reason::ShuttingDown), 2);
    });
}

/// A system that ends by itself needs no signal.
#[tokio::test(start_paused = true)]
async fn without_a_signal_it_runs_until_it_ends() {
    let scene = Scene::new().await;
    let run = scene.run();
    settle().await;
    assert!(!run.is_finished());
    scene.release.send(()).unwrap();
    scene.lab.shutdown().await.unwrap();
    run.await.unwrap().unwrap();
}
