//! Futures of the library that are polled with a waker that panics: the code that wakes it goes on, on whatever thread.

use airssys_rt::{
    prelude::*,
    supervisor::{ChildState, SupervisorRef},
};
use airssys_rt_tests::{
    Hold, Log, Note, on_every_runtime, settle, two_threads, until,
    worker::{Worker, system},
};
use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

struct Hostile;

impl Wake for Hostile {
    fn wake(self: Arc<Self>) {
        panic!("a hostile waker");
    }
}

fn poll_hostile<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(&Waker::from(Arc::new(Hostile))))
}

/// A supervisor with two workers, `a` and `b`.
async fn supervised()
-> (ActorSystem<airssys_rt_tests::worker::TestSystem>, SupervisorRef<airssys_rt_tests::worker::TestSystem>) {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root")
        .child(Worker::new("a", &log).child())
        .child(Worker::new("b", &log).child());
    let root = system.supervise(tree).await.unwrap();
    (system, root)
}

/// The supervisor's task answers each command, and wakes the caller.
#[test]
fn a_caller_of_a_supervisor() {
    on_every_runtime(async || {
        let (system, root) = supervised().await;
        {
            let mut stop = pin!(root.stop("a"));
            let mut ended = pin!(root.ended());
            let _ = poll_hostile(stop.as_mut()); // ready, if the supervisor has another thread and answers at once
            assert!(poll_hostile(ended.as_mut()).is_pending());
            until("the child is stopped", || root.children()[0].state == ChildState::Stopped).await;
            root.restart("a").await.unwrap(); // the supervisor still answers
        }
        let mut ended = pin!(root.ended());
        assert!(poll_hostile(ended.as_mut()).is_pending());
        root.shutdown().await; // until the children have ended: the task of the supervisor ends a moment later
        until("the supervisor has ended", || root.has_ended()).await;
        assert_eq!(system.actors().len(), 0);
        system.shutdown().await.unwrap();
    });
}

/// Two callers wait for the end of a system, the first of them hostile.
#[test]
fn a_caller_that_waits_for_the_end_of_the_system() {
    on_every_runtime(async || {
        let (system, _root) = supervised().await;
        let (mut first, mut second) = (Box::pin(system.ended()), Box::pin(system.ended()));
        assert!(poll_hostile(first.as_mut()).is_pending());
        let waiting = tokio::spawn({
            let system = system.clone();
            async move { system.ended().await }
        });
        settle().await;
        assert!(poll_hostile(second.as_mut()).is_pending());
        system.shutdown().await.unwrap();
        waiting.await.unwrap();
    });
}

/// The timer of a tell belongs to tokio, where a panic would end the process.
#[test]
fn a_tell_with_a_time_limit() {
    two_threads().block_on(async {
        let system = system().await;
        let worker = system.spawn(Worker::new("a", &Log::default())).capacity(1).await.unwrap();
        let (hold, held, release) = Hold::new();
        system.tell(&worker, hold).await.unwrap();
        held.await.unwrap();
        let limit = Duration::from_millis(5);
        let mut tell = Box::pin(system.tell_timeout(&worker, Note(1), limit));
        assert!(poll_hostile(tell.as_mut()).is_pending());
        let mut direct = Box::pin(system.tell_timeout(&worker, Note(2), limit));
        let timed_out = direct.as_mut().await;
        assert!(matches!(timed_out, Err(SendError::Timeout(Note(2)))), "{timed_out:?}");
        drop(tell);
        release.send(()).unwrap();
        system.shutdown().await.unwrap();
    });
}
