//! Children that are started, restarted and stopped by hand while something else happens to them.

use airssys_rt::{
    guard::Backoff,
    prelude::*,
    supervisor::{ControlError, Strategy},
};
use airssys_rt_tests::{
    Fail, Hook, Log,
    bird::{Bird, nest, states},
    settle,
};
use std::time::Duration;
use tokio::time::Instant;

/// AD-02: whoever starts a child that somebody else stops hears of that, and not that all is over.
#[tokio::test(start_paused = true)]
async fn who_starts_a_child_that_somebody_else_stops_hears_of_that() {
    let slow = |log: &Log| Bird::new("a", log).starting([Hook::IsSlow, Hook::IsSlow]);
    for restart in [false, true] {
        let (nest, log) = (nest().await, Log::default());
        let root = nest.supervise(Supervisor::one_for_one("root")).await.unwrap();
        let bird = slow(&log);
        if restart {
            bird.starts.lock().unwrap().push_front(Hook::Works);
            root.start(bird.child()).await.unwrap();
            root.stop("a").await.unwrap();
        }
        let start = {
            let root = root.clone();
            async move { if restart { root.restart("a").await } else { root.start(bird.child()).await.map(drop) } }
        };
        let start = tokio::spawn(start);
        settle().await;
        assert_eq!(states(&root), ["a starting"]);
        root.stop("a").await.unwrap();
        let error = start.await.unwrap().unwrap_err();
        assert_eq!(error, ControlError::Stopped("a".into()), "restart: {restart}");
        assert_eq!(states(&root), ["a stopped"]);
        nest.shutdown().await.unwrap();
    }
}

/// AD-02: the same for one whose turn has not come.
#[tokio::test(start_paused = true)]
async fn who_starts_a_child_whose_turn_never_comes_hears_why() {
    let (nest, log) = (nest().await, Log::default());
    let backoff = Backoff::exponential(Duration::from_secs(10), Duration::from_secs(10)).unwrap();
    let tree = Supervisor::rest_for_one("root").child(Bird::new("a", &log).child().backoff(backoff));
    let root = nest.supervise(tree).await.unwrap();
    for ends in ["stop", "shutdown"] {
        nest.ask(&root.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let begin = Instant::now();
        let start = tokio::spawn({
            let (root, child) = (root.clone(), Bird::new(ends, &log).child());
            async move { root.start(child).await }
        });
        settle().await;
        assert_eq!(states(&root).last().unwrap(), &format!("{ends} starting"));
        let expected = match ends {
            "stop" => {
                root.stop(ends).await.unwrap();
                ControlError::Stopped(ends.into())
            }
            _ => {
                root.shutdown().await;
                ControlError::ShuttingDown
            }
        };
        assert_eq!(start.await.unwrap().unwrap_err(), expected);
        assert_eq!(begin.elapsed(), Duration::ZERO, "nobody waits for the delay of another one");
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
    assert_eq!(log.read(), ["+a", "-a", "+a", "-a"]);
}

/// In a group a child comes after those before it, whoever starts it: it may need them. All else is answered at once.
#[tokio::test(start_paused = true)]
async fn in_a_group_who_is_started_by_hand_comes_after_those_before() {
    for strategy in [Strategy::OneForAll, Strategy::RestForOne] {
        let (nest, log) = (nest().await, Log::default());
        let backoff = Backoff::exponential(Duration::from_secs(10), Duration::from_secs(10)).unwrap();
        let tree = Supervisor::new("root", strategy)
            .child(Bird::new("a", &log).child())
            .child(Bird::new("b", &log).child().backoff(backoff))
            .child(Bird::new("c", &log).child());
        let root = nest.supervise(tree).await.unwrap();
        root.stop("a").await.unwrap();
        root.stop("c").await.unwrap();
        nest.ask(&root.actor::<Bird>("b").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let begin = Instant::now();
        root.restart("a").await.unwrap();
        assert_eq!(begin.elapsed(), Duration::ZERO, "nobody is before it");
        let (started, restarted) = tokio::join!(root.start(Bird::new("d", &log).child()), root.restart("c"));
        started.unwrap();
        restarted.unwrap();
        assert_eq!(begin.elapsed(), Duration::from_secs(10), "{strategy}");
        assert_eq!(log.read()[3..], ["-a", "-c", "-b", "+a", "+b", "+c", "+d"], "{strategy}");
    }
}
