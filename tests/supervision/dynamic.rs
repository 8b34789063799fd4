//! Dynamic supervisors: ids of children, references of other systems, and what is left of children that have ended.

use airssys_rt::{
    backoff::Backoff,
    prelude::*,
    supervisor::{ControlError, DynamicRef, DynamicSupervisor, Shutdown},
};
use airssys_rt_tests::{
    Double, Fail, Hook, Log, Quit, on_every_runtime, paused, poll_once,
    worker::{TestSystem, Worker, system, system_with},
};
use std::{
    future::Future,
    task::Poll,
    time::{Duration, Instant},
};

async fn crowd(system: &ActorSystem<TestSystem>) -> DynamicRef<Worker> {
    system.supervise_dynamic(DynamicSupervisor::<Worker>::new("crowd")).await.unwrap()
}

fn ids(crowd: &DynamicRef<Worker>) -> Vec<String> {
    crowd.children().iter().map(|child| child.id.to_string()).collect()
}

fn factory(log: &Log) -> impl FnMut() -> Worker + Send + 'static {
    let worker = Worker::new("a", log);
    move || worker.clone()
}

/// Each call of `dynamic` makes a reference; all of them share the numbers.
#[tokio::test(start_paused = true)]
async fn each_reference_to_a_supervisor_starts_children() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").dynamic(DynamicSupervisor::<Worker>::new("pool"));
    let root = system.supervise(tree).await.unwrap();
    let first = root.dynamic::<Worker>("pool").unwrap();
    for _ in 0..3 {
        let other = root.dynamic::<Worker>("pool").unwrap();
        let (a, b) = (first.start(factory(&log)).await.unwrap(), other.start(factory(&log)).await.unwrap());
        assert_ne!(a, b);
        assert!(a.is_alive() && b.is_alive());
    }
    assert_eq!(ids(&first), ["#1", "#2", "#3", "#4", "#5", "#6"]);
}

/// A number that a caller has taken as an id is not chosen.
#[tokio::test(start_paused = true)]
async fn a_number_that_is_taken_is_not_chosen() {
    let (system, log) = (system().await, Log::default());
    let crowd = crowd(&system).await;
    for id in ["#1", "#3"] {
        let mut make = factory(&log);
        crowd.start_child(Child::new(id, move |_| make())).await.unwrap();
    }
    for _ in 0..2 {
        crowd.start(factory(&log)).await.unwrap();
    }
    assert_eq!(ids(&crowd), ["#1", "#3", "#2", "#4"]);
    let mut make = factory(&log);
    let again = crowd.start_child(Child::new("#4", move |_| make())).await;
    assert_eq!(again.unwrap_err(), ControlError::AlreadyStarted("#4".into()));
}

/// The supervisor of one system stops none of its children for the reference of another system, though both have the same id.
#[tokio::test(start_paused = true)]
async fn a_reference_of_another_system_is_no_child() {
    let (one, two, log) = (system().await, system().await, Log::default());
    let (of_one, of_two) = (crowd(&one).await, crowd(&two).await);
    let (a, b) = (of_one.start(factory(&log)).await.unwrap(), of_two.start(factory(&log)).await.unwrap());
    assert_eq!(a.id(), b.id());
    assert_eq!(of_one.stop(&b).await, Err(ControlError::NotFound(b.to_string().into())));
    assert_eq!((one.ask(&a, Double(1)).await, two.ask(&b, Double(1)).await), (Ok(2), Ok(2)));
    of_two.stop(&b).await.unwrap();
    of_one.stop(&a).await.unwrap();
}

/// A child of another supervisor of the same system is none of this one.
#[tokio::test(start_paused = true)]
async fn a_child_of_another_supervisor_is_not_found() {
    let (system, log) = (system().await, Log::default());
    let (one, two) = (crowd(&system).await, crowd(&system).await);
    let child = two.start(factory(&log)).await.unwrap();
    assert!(matches!(one.stop(&child).await, Err(ControlError::NotFound(_))));
    assert!(child.is_alive());
}

/// Starts a child with the id `job` that ends by itself.
async fn job(crowd: &DynamicRef<Worker>, worker: &Worker) -> Result<ActorRef<Worker>, ControlError> {
    let worker = worker.clone();
    crowd.start_child(Child::new("job", move |_| worker.clone()).transient()).await
}

/// A child that is done is forgotten, and its id is free, whether it ended by itself or was stopped through the system.
#[test]
fn a_child_that_has_finished_is_forgotten() {
    on_every_runtime(|| async {
        let (system, log) = (system().await, Log::default());
        let crowd = crowd(&system).await;
        for round in 0..10 {
            let child = job(&crowd, &Worker::new("a", &log)).await.unwrap();
            if round % 2 == 0 {
                system.tell(&child, Quit).await.unwrap();
            } else {
                system.stop(&child).await;
            }
            system.watch(&child).await;
            assert_eq!(ids(&crowd), [""; 0]);
            assert!(matches!(crowd.stop(&child).await, Err(ControlError::NotFound(_))));
        }
        assert_eq!(log.read().len(), 20, "each ran once");
    });
}

#[tokio::test(start_paused = true)]
async fn a_child_that_did_not_start_is_forgotten() {
    let (system, log) = (system().await, Log::default());
    let crowd = crowd(&system).await;
    for hook in [Hook::Fails, Hook::Panics, Hook::Hangs] {
        for permanent in [true, false] {
            let worker = Worker::new("a", &log).starting([hook]);
            let child = if permanent { worker.child() } else { worker.child().temporary() };
            let error = crowd.start_child(child).await.unwrap_err();
            assert!(matches!(error, ControlError::Start { .. }), "{error}");
            assert_eq!(ids(&crowd), [""; 0]);
        }
    }
    crowd.start_child(Worker::new("a", &log).child()).await.unwrap();
    // One whose task cannot be made: its name is taken.
    let error = crowd.start_child(Worker::new("b", &log).child().named("x")).await.map(drop);
    assert_eq!(error, Ok(()));
    let error = crowd.start_child(Worker::new("c", &log).child().named("x")).await.unwrap_err();
    assert!(matches!(error, ControlError::Start { cause: SpawnError::NameTaken { .. }, .. }), "{error}");
    assert_eq!(ids(&crowd), ["a", "b"]);
}

/// The factory may decline at the first start and at a restart.
#[tokio::test(start_paused = true)]
async fn a_child_that_is_not_wanted_is_forgotten() {
    let (system, log) = (system().await, Log::default());
    let crowd = crowd(&system).await;
    for starts in [0, 1] {
        let (worker, mut left) = (Worker::new("a", &log), starts);
        let child = Child::new("job", move |_| {
            left -= 1;
            (left >= 0).then(|| worker.clone())
        });
        let started = crowd.start_child(child).await;
        if starts == 0 {
            assert_eq!(started.unwrap_err(), ControlError::NotWanted("job".into()));
        } else {
            let child = started.unwrap();
            system.tell(&child, Quit).await.unwrap();
            system.watch(&child).await;
        }
        assert_eq!(ids(&crowd), [""; 0]);
    }
    job(&crowd, &Worker::new("a", &log)).await.unwrap();
}

/// A nested dynamic supervisor forgets its children as well.
#[tokio::test(start_paused = true)]
async fn a_nested_supervisor_forgets_children() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").dynamic(DynamicSupervisor::<Worker>::new("pool"));
    let root = system.supervise(tree).await.unwrap();
    let pool = root.dynamic::<Worker>("pool").unwrap();
    let child = job(&pool, &Worker::new("a", &log)).await.unwrap();
    system.stop(&child).await;
    system.watch(&child).await;
    assert_eq!(ids(&pool), [""; 0]);
}

/// A stop whose caller gives up after the first poll stops and forgets the child all the same.
#[tokio::test(start_paused = true)]
async fn a_stop_that_is_dropped_still_forgets_the_child() {
    let (system, log) = (system().await, Log::default());
    let crowd = crowd(&system).await;
    let slow = Worker::new("a", &log).stopping(Hook::IsSlow);
    for spec in [slow.child().shutdown(Shutdown::Infinite), slow.child().temporary()] {
        let child = crowd.start_child(spec).await.unwrap();
        let mut stop = Box::pin(crowd.stop(&child));
        assert!(poll_once(stop.as_mut()).is_pending());
        drop(stop);
        system.watch(&child).await;
        assert_eq!(ids(&crowd), [""; 0]);
    }
}

/// Each of several callers that stop one child is answered when it has ended.
#[tokio::test(start_paused = true)]
async fn several_callers_may_stop_one_child() {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(60));
    let (system, log) = (system_with(config).await, Log::default());
    let crowd = crowd(&system).await;
    let slow = Worker::new("a", &log).stopping(Hook::IsSlow);
    let child = crowd.start_child(slow.child().shutdown(Shutdown::Infinite)).await.unwrap();
    let stops = (0..3).map(|_| async {
        let stopped = crowd.stop(&child).await;
        (stopped, log.read().len())
    });
    for ended in futures(stops).await {
        assert_eq!(ended, (Ok(()), 2), "+a and -a");
    }
}

/// Awaits all of them at once.
async fn futures<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|cx| {
        for (one, output) in all.iter_mut().filter(|(_, output)| output.is_none()) {
            if let Poll::Ready(ready) = one.as_mut().poll(cx) {
                *output = Some(ready);
            }
        }
        if all.iter().all(|(_, output)| output.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    all.into_iter().filter_map(|(_, output)| output).collect()
}

/// A child that waits for its restart is stopped at once.
#[tokio::test(start_paused = true)]
async fn a_child_that_waits_for_its_restart_is_forgotten_at_once() {
    let (system, log) = (system().await, Log::default());
    let crowd = crowd(&system).await;
    let backoff = Backoff::exponential(Duration::from_secs(60), Duration::from_secs(60)).unwrap();
    let child = crowd.start_child(Worker::new("a", &log).child().backoff(backoff)).await.unwrap();
    system.ask(&child, Fail).await.unwrap_err();
    let begin = tokio::time::Instant::now();
    crowd.stop(&child).await.unwrap();
    assert_eq!((begin.elapsed(), ids(&crowd).len()), (Duration::ZERO, 0));
}

/// The time to stop each of many children grows with their number, not with its square.
#[test]
fn many_children_are_stopped_in_linear_time() {
    let time = |count: usize| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let crowd = crowd(&system).await;
            let mut children = Vec::new();
            for _ in 0..count {
                children.push(crowd.start(factory(&log)).await.unwrap());
            }
            let begin = Instant::now();
            for child in &children {
                crowd.stop(child).await.unwrap();
            }
            begin.elapsed()
        })
    };
    // The best of several alternating rounds: other work on the machine disturbs single rounds.
    let rounds = (0..3).map(|_| (time(500), time(5000)));
    let (few, many) = rounds.reduce(|best, round| (best.0.min(round.0), best.1.min(round.1))).unwrap();
    // Ten times as long is expected; with the square it would be a hundred times.
    assert!(many <= few * 50, "{few:?} for 500, {many:?} for 5,000");
}

/// The same for the start and the shutdown of a supervisor that is not dynamic.
#[test]
fn many_children_of_a_tree_start_and_stop_in_linear_time() {
    let time = |count: usize| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let mut tree = Supervisor::one_for_one("root");
            for n in 0..count {
                let mut make = factory(&log);
                tree = tree.child(Child::new(format!("{n}"), move |_| make()));
            }
            let begin = Instant::now();
            let root = system.supervise(tree).await.unwrap();
            root.shutdown().await;
            assert_eq!(log.read().len(), 2 * count);
            begin.elapsed()
        })
    };
    let rounds = (0..3).map(|_| (time(500), time(5000)));
    let (few, many) = rounds.reduce(|best, round| (best.0.min(round.0), best.1.min(round.1))).unwrap();
    assert!(many <= few * 50, "{few:?} for 500, {many:?} for 5,000");
}
