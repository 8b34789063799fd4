//! The jitter of restarts: different in each supervisor and system, and repeated by a seed in the configuration.

use airssys_rt::{backoff::Backoff, prelude::*, supervisor::ChildState};
use airssys_rt_tests::{
    Fail, Log, settle,
    worker::{Worker, system_with},
};
use std::{collections::HashSet, time::Duration};

/// The time until the restart of each of `count` children that fail together, `each` in one supervisor.
async fn delays(config: SystemConfig, count: usize, each: usize) -> Vec<Duration> {
    let (system, log) = (system_with(config).await, Log::default());
    let delay = Duration::from_millis(400);
    let backoff = Backoff::exponential(delay, 10 * delay).unwrap().with_jitter(1.0).unwrap();
    let mut roots = Vec::new();
    for root in 0..count / each {
        let mut tree =
            Supervisor::one_for_one(format!("root {root}")).restarts(1000, Duration::from_secs(1)).isolated();
        for child in 0..each {
            let worker = Worker::new("a", &log);
            tree = tree.child(Child::new(format!("{child}"), move |_| worker.clone()).backoff(backoff));
        }
        roots.push(system.supervise(tree).await.unwrap());
    }
    for root in &roots {
        for child in root.children() {
            system.ask(&root.actor::<Worker>(&child.id).unwrap(), Fail).await.unwrap_err();
        }
    }
    settle().await;
    let due = roots.iter().flat_map(|root| root.children()).map(|child| match child.state {
        ChildState::Restarting { due_in, .. } => due_in,
        other => panic!("{} is {other}", child.id),
    });
    due.collect()
}

/// The delays are spread over the whole range of the jitter, from 0 to 800 ms.
fn assert_spread(delays: &[Duration]) {
    let different: HashSet<_> = delays.iter().collect();
    assert!(different.len() > delays.len() * 9 / 10, "{delays:?}");
    for quarter in 0..4 {
        let from = Duration::from_millis(200) * quarter;
        let within = delays.iter().filter(|due| (from..from + Duration::from_millis(200)).contains(*due));
        assert!(within.count() > delays.len() / 20, "{delays:?}: {quarter}");
    }
}

#[tokio::test(start_paused = true)]
async fn supervisors_that_fail_together_restart_at_different_times() {
    for seed in 0..5 {
        let config = SystemConfig::default().with_jitter_seed(seed);
        assert_spread(&delays(config.clone(), 100, 1).await);
        assert_spread(&delays(config, 100, 100).await);
    }
}

/// Without a seed in the configuration, each start of a system has another one.
#[tokio::test(start_paused = true)]
async fn two_systems_restart_at_different_times() {
    let mut together = Vec::new();
    for _ in 0..100 {
        together.extend(delays(SystemConfig::default(), 1, 1).await);
    }
    assert_spread(&together);
}

#[tokio::test(start_paused = true)]
async fn a_seed_in_the_configuration_repeats_the_delays() {
    let of = |seed| delays(SystemConfig::default().with_jitter_seed(seed), 40, 4);
    let first = of(7).await;
    assert_eq!(first, of(7).await);
    assert_ne!(first, of(8).await);
}

/// A seed also gives different delays to the incarnations of a nested supervisor, whose children are new each time.
#[tokio::test(start_paused = true)]
async fn the_next_incarnation_of_a_supervisor_has_other_delays() {
    let (system, log) = (system_with(SystemConfig::default().with_jitter_seed(1)).await, Log::default());
    let delay = Duration::from_millis(400);
    let backoff = Backoff::exponential(delay, 10 * delay).unwrap().with_jitter(1.0).unwrap();
    let below = Supervisor::one_for_one("below")
        .restarts(1, Duration::from_secs(100))
        .child(Worker::new("a", &log).child().backoff(backoff));
    let tree = Supervisor::one_for_one("root").restarts(100, Duration::from_secs(1)).supervisor(below);
    let root = system.supervise(tree).await.unwrap();
    let mut seen = HashSet::new();
    for _ in 0..10 {
        let below = root.supervisor("below").unwrap();
        system.ask(&below.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let ChildState::Restarting { due_in, .. } = below.children()[0].state else {
            panic!("{:?}", below.children())
        };
        seen.insert(due_in);
        tokio::time::sleep(due_in + Duration::from_millis(1)).await;
        below.shutdown().await;
        settle().await;
    }
    assert_eq!(seen.len(), 10, "{seen:?}");
}
