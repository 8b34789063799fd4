//! Dynamic supervisors: ids of children, references of other systems, and what is left of children that have ended.

use airssys_rt::{
    prelude::*,
    supervisor::{ControlError, DynamicRef, DynamicSupervisor},
};
use airssys_rt_tests::{
    Double, Log,
    worker::{TestSystem, Worker, system},
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
