//! The settings of a supervisor as the child of another one: when it is started again, how it is stopped, and whether its end counts.

use airssys_rt::{
    backoff::Backoff,
    prelude::*,
    supervisor::{AutoShutdown, Restart, Shutdown},
};
use airssys_rt_tests::{
    Fail, Hook, Log, settle,
    worker::{TestSystem, Worker, states, system},
};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

/// A supervisor that gives up with the first failure of its child.
fn brittle(log: &Log) -> Supervisor<TestSystem> {
    Supervisor::one_for_one("below").restarts(0, SECOND).child(Worker::new("1", log).child())
}

async fn fail(system: &ActorSystem<TestSystem>, root: &SupervisorRef<TestSystem>) {
    let child = root.supervisor("below").unwrap().actor::<Worker>("1").unwrap();
    system.ask(&child, Fail).await.unwrap_err();
    settle().await;
}

/// RT-01: a temporary supervisor that gives up is not started again; a permanent one is.
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_gives_up_is_started_again_by_its_restart_type() {
    for (restart, starts) in [(Restart::Permanent, 2), (Restart::Transient, 2), (Restart::Temporary, 1)] {
        let (system, log) = (system().await, Log::default());
        let tree = Supervisor::one_for_one("root").supervisor(brittle(&log).restart(restart));
        let root = system.supervise(tree).await.unwrap();
        fail(&system, &root).await;
        let begun = log.read().iter().filter(|entry| *entry == "+1").count();
        assert_eq!((begun, root.children().len()), (starts, starts - 1), "{restart:?}");
        system.shutdown().await.unwrap();
    }
}

/// BO-01: a supervisor that gives up is started again after its delay.
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_gives_up_is_started_again_after_its_delay() {
    let (system, log) = (system().await, Log::default());
    let below = brittle(&log).backoff(Backoff::exponential(SECOND, SECOND).unwrap());
    let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
    fail(&system, &root).await;
    assert_eq!(states(&root), ["below restarting in 1.0s, attempt 1"]);
    sleep(SECOND + Duration::from_millis(1)).await;
    assert_eq!(
        (states(&root), log.read()),
        (vec!["below running".into()], vec!["+1".into(), "-1".into(), "+1".into()])
    );
}

/// ES-04: the end of a significant supervisor ends the one above.
#[tokio::test(start_paused = true)]
async fn the_end_of_a_significant_supervisor_ends_the_one_above() {
    let (system, log) = (system().await, Log::default());
    let below = brittle(&log).restart(Restart::Temporary).significant();
    let tree = Supervisor::one_for_one("root").auto_shutdown(AutoShutdown::AnySignificant);
    let tree = tree.child(Worker::new("2", &log).child()).supervisor(below);
    let root = system.supervise(tree).await.unwrap();
    fail(&system, &root).await;
    root.ended().await;
    assert_eq!(log.read(), ["+2", "+1", "-1", "-2"]);
}

/// SD-04: a supervisor with a time limit kills its children when the limit has passed.
#[tokio::test(start_paused = true)]
async fn a_supervisor_with_a_time_limit_kills_its_children_at_its_end() {
    let (system, log) = (system().await, Log::default());
    let slow = Worker::new("1", &log).stopping(Hook::IsSlow).child().shutdown(Shutdown::Infinite);
    let below = Supervisor::one_for_one("below").shutdown(Shutdown::Timeout(SECOND)).child(slow);
    let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
    let begin = Instant::now();
    root.stop("below").await.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
    assert_eq!(states(&root), ["below stopped"]);
}
