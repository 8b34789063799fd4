//! The limits of a shutdown: one for the whole, and that of each `post_stop`.

#![allow(missing_debug_implementations)] // of the actors and messages of the tests

use airssys_rt::prelude::*;
use airssys_rt_tests::{on_every_runtime, paused};
use std::{future, time::Duration};
use tokio::time::Instant;

/// Its handler never returns.
#[message]
pub struct Hang;

/// Its `post_stop` takes this time.
pub struct Sluggish(Duration);

#[actor]
impl Sluggish {
    #[handler]
    async fn hang(&mut self, _: Hang) {
        future::pending().await
    }

    #[post_stop]
    async fn end(&mut self) {
        tokio::time::sleep(self.0).await;
    }
}

#[actor_system(actors(Sluggish))]
pub struct Lab;

async fn lab(config: SystemConfig) -> ActorSystem<Lab> {
    ActorSystem::start(config).await.unwrap()
}

/// SD-04: a shutdown takes no longer than its limit, though the limits of drain and stops add up to more, and names who was late.
#[test]
fn a_whole_shutdown_has_one_limit() {
    for whole in [1, 8, 12] {
        paused().block_on(async {
            let whole = Duration::from_secs(whole);
            let lab = lab(SystemConfig::default().with_shutdown_timeout(whole)).await;
            let hangs = lab.spawn(Sluggish(Duration::ZERO)).named("hangs").await.unwrap();
            lab.spawn(Sluggish(Duration::from_secs(4))).await.unwrap();
            lab.spawn(Sluggish(Duration::from_secs(4))).await.unwrap();
            lab.tell(&hangs, Hang).await.unwrap();
            lab.tell(&hangs, Hang).await.unwrap();
            let begin = Instant::now();
            let error = lab.shutdown().await.unwrap_err();
            let took = begin.elapsed();
            assert!(took <= whole + Duration::from_millis(100), "{took:?} of {whole:?}");
            assert!(error.aborted.iter().any(|aborted| aborted.name.as_deref() == Some("hangs")), "{error}");
            assert_eq!(error.report.stopped + error.aborted.len(), 3, "{error}");
            assert_eq!(error.report.dead, 2, "the message in the handler, and the queued one");
        });
    }
}

/// SD-04: what needs less than the limit is not disturbed by it.
#[test]
fn a_shutdown_within_its_limit_is_ok() {
    paused().block_on(async {
        let lab = lab(SystemConfig::default().with_shutdown_timeout(Duration::from_secs(6))).await;
        lab.spawn(Sluggish(Duration::from_secs(4))).await.unwrap();
        let begin = Instant::now();
        assert_eq!(lab.shutdown().await.unwrap().stopped, 1);
        assert!(begin.elapsed() < Duration::from_secs(5));
    });
}

/// SD-04: a limit of zero is a mistake.
#[tokio::test]
async fn a_shutdown_without_time_is_refused() {
    let refused =
        ActorSystem::<Lab>::start(SystemConfig::default().with_shutdown_timeout(Duration::ZERO)).await;
    assert!(format!("{:?}", refused.err().unwrap()).contains("shutdown_timeout"));
}

/// LC-06: a `post_stop` that exceeds its limit is an error of the shutdown, whichever of the two timers of that length is first.
#[test]
fn a_post_stop_over_its_limit_is_always_an_error() {
    for _ in 0..5 {
        on_every_runtime(|| async {
            let lab = lab(SystemConfig::default().with_stop_timeout(Duration::from_millis(50))).await;
            lab.spawn(Sluggish(Duration::from_secs(600))).named("sluggish").await.unwrap();
            let error = lab.shutdown().await.unwrap_err();
            let [late] = &error.aborted[..] else { panic!("{error}") };
            assert_eq!((late.name.as_deref(), late.stuck), (Some("sluggish"), false));
            assert_eq!(error.report.stopped, 0);
        });
    }
}
