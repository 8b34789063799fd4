//! Signals: SIGTERM or ctrl-c shuts a system down in order; a second signal kills the remaining actors.
//!
//! A target of its own, because signals are for the whole process.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::{broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{Hold, Lab, Note, Scribe, on_every_runtime, settle, until};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};
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

    fn run(&self) -> tokio::task::JoinHandle<bool> {
        let (lab, signals) = (self.lab.clone(), self.signals.clone());
        tokio::spawn(async move {
            lab.run_until(|| async { signals.acquire().await.unwrap().forget() }).await.is_ok()
        })
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
        assert!(run.await.unwrap());
        let counters = scene.lab.counters();
        assert_eq!((counters.handled, counters.dead), (2, 0));
    });
}

/// DR-05: the second signal kills the actors within their handlers.
#[test]
fn the_second_signal_kills() {
    on_every_runtime(|| async {
        let scene = Scene::new().await;
        let run = scene.run();
        scene.signals.add_permits(2);
        let end = tokio::time::timeout(Duration::from_secs(4), run);
        assert!(end.await.expect("the shutdown does not wait for the drain").unwrap());
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
    assert!(run.await.unwrap());
}

/// Runs in a process of its own, for the other tests. If the variable `HOLDS` is set, it never releases the held message.
#[ignore = "the process that is signalled"]
#[tokio::test]
async fn service() {
    let scene = Scene::new().await;
    let run = scene.lab.run_until_signal();
    if std::env::var("HOLDS").is_err() {
        scene.release.send(()).unwrap();
    } else {
        std::mem::forget(scene.release);
    }
    let lab = scene.lab.clone();
    tokio::spawn(async move {
        tokio::task::yield_now().await; // the signal handler is installed now
        println!("\nready");
        until("the shutdown begins", || lab.is_shutting_down()).await;
        println!("closing");
    });
    let ended = run.await;
    println!("ended well: {}, handled: {}", ended.is_ok(), scene.lab.counters().handled);
}

fn start(holds: bool) -> (Child, impl Iterator<Item = String>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["service", "--exact", "--ignored", "--nocapture"]).stdout(Stdio::piped());
    if holds {
        command.env("HOLDS", "1");
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = lines.map(|line| line.unwrap());
    lines.by_ref().find(|line| line == "ready").expect("it runs");
    (child, lines)
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap().success());
}

/// DR-05: as a process sees it.
#[cfg(unix)]
#[test]
fn sigterm_and_ctrl_c_end_a_process_in_order() {
    for name in ["TERM", "INT"] {
        let (mut child, mut lines) = start(false);
        signal(&child, name);
        let last = lines.find(|line| line.starts_with("ended")).unwrap();
        assert_eq!(last, "ended well: true, handled: 2");
        assert!(child.wait().unwrap().success());
    }
}

/// DR-05: twice.
#[cfg(unix)]
#[test]
fn the_second_sigterm_of_a_process_kills() {
    let (mut child, mut lines) = start(true);
    signal(&child, "TERM");
    lines.by_ref().find(|line| line == "closing").unwrap();
    signal(&child, "TERM");
    let last = lines.find(|line| line.starts_with("ended")).unwrap();
    assert_eq!(last, "ended well: true, handled: 0");
    assert!(child.wait().unwrap().success());
}
