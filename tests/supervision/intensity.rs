//! Restart intensity: how many restarts a supervisor grants before it gives up.
//!
//! The function against a model that counts, and the supervisor.

use crate::chain;
use airssys_rt::{
    prelude::*,
    supervisor::{
        Intensity, IntensityError,
        RestartDecision::{self, Escalate, Restart},
    },
};
use airssys_rt_tests::{
    Fail, Hook, Log, settle,
    worker::{TestSystem, Worker, system},
};
use proptest::{collection::vec, prelude::*};
use std::time::{Duration, Instant};
use tokio::time::sleep;

fn decisions(intensity: &mut Intensity, millis: &[u64]) -> Vec<RestartDecision> {
    let start = Instant::now();
    millis.iter().map(|at| intensity.record(start + Duration::from_millis(*at))).collect()
}

fn three_in_ten_seconds() -> Intensity {
    Intensity::new(3, Duration::from_secs(10)).unwrap()
}

/// RI-01
#[test]
fn one_failure_more_than_the_granted_restarts_escalates() {
    let seen = decisions(&mut three_in_ten_seconds(), &[0, 1000, 2000, 3000]);
    assert_eq!(seen, [Restart, Restart, Restart, Escalate]);
}

/// RI-02
#[test]
fn a_restart_that_is_exactly_a_period_old_still_counts() {
    let mut at_ten = three_in_ten_seconds();
    assert_eq!(decisions(&mut at_ten, &[0, 1000, 2000, 10_000])[3], Escalate);
    let mut a_moment_later = three_in_ten_seconds();
    assert_eq!(decisions(&mut a_moment_later, &[0, 1000, 2000, 10_001])[3], Restart);

    let start = Instant::now();
    let mut by_a_nanosecond = Intensity::new(1, Duration::from_secs(10)).unwrap();
    assert_eq!(by_a_nanosecond.record(start), Restart);
    assert_eq!(by_a_nanosecond.record(start + Duration::from_secs(10)), Escalate);
    assert_eq!(by_a_nanosecond.record(start + Duration::from_nanos(10_000_000_001)), Restart);
}

/// The decision on restart intensity: with zero restarts the first failure escalates.
#[test]
fn zero_restarts_escalate_at_once() {
    let mut none = Intensity::new(0, Duration::from_secs(1)).unwrap();
    assert_eq!(decisions(&mut none, &[0, 10_000, 20_000]), [Escalate; 3]);
}

/// RI-04: failures that are far enough apart never escalate, and the record of them does not grow.
#[test]
fn rare_failures_never_escalate() {
    let mut intensity = Intensity::new(1, Duration::from_secs(1)).unwrap();
    let start = Instant::now();
    for n in 0..1000 {
        let now = start + Duration::from_millis(2100) * n;
        assert_eq!(intensity.record(now), Restart);
        assert_eq!(intensity.used(now), 1);
    }
}

/// RI-05: a failed restart attempt is recorded like any failure, so attempts alone use up the restarts.
#[test]
fn failed_attempts_use_up_the_restarts() {
    let mut intensity = three_in_ten_seconds();
    let start = Instant::now();
    // One failure, after which each restart attempt fails as well.
    let tries = (0..).take_while(|n| intensity.record(start + Duration::from_millis(*n)) == Restart).count();
    assert_eq!(tries, 3);
}

/// RI-07
#[test]
fn a_huge_period_does_not_overflow() {
    let mut ever = Intensity::new(2, Duration::MAX).unwrap();
    let year = 365 * 24 * 3600 * 1000;
    assert_eq!(decisions(&mut ever, &[0, year, 100 * year]), [Restart, Restart, Escalate]);
}

/// RI-09: the function reads no clock. If time stands still or goes backwards, all restarts count.
#[test]
fn the_time_is_an_argument() {
    let mut intensity = three_in_ten_seconds();
    let now = Instant::now();
    let earlier = now.checked_sub(Duration::from_secs(1)).unwrap();
    assert_eq!(
        [now, now, earlier, now].map(|now| intensity.record(now)),
        [Restart, Restart, Restart, Escalate]
    );
}

/// ST-12, for the fields of an intensity
#[test]
fn an_impossible_intensity_is_a_typed_error() {
    assert_eq!(Intensity::new(1, Duration::ZERO), Err(IntensityError::ZeroPeriod));
    assert_eq!(Intensity::new(u32::MAX, Duration::from_secs(1)), Err(IntensityError::TooMany(u32::MAX)));
    let error = Intensity::new(1_000_001, Duration::from_secs(1)).unwrap_err();
    assert_eq!(error.to_string(), "an intensity of 1000001 restarts is more than 1000000");
    assert!(Intensity::new(Intensity::MOST, Duration::MAX).is_ok());
    let otp = Intensity::default();
    assert_eq!((otp.max(), otp.period()), (1, Duration::from_secs(5)));
}

proptest! {
    /// RI-08: the function equals a count, at each failure, of the granted restarts that are at most one period old.
    #[test]
    fn the_intensity_equals_a_count(max in 0..6_u32, period in 1..50_u64, steps in vec(0..20_u64, 0..200)) {
        let mut intensity = Intensity::new(max, Duration::from_millis(period)).unwrap();
        let start = Instant::now();
        let (mut at, mut granted) = (0, Vec::new());
        for step in steps {
            at += step;
            let counted = granted.iter().filter(|then| at - *then <= period).count();
            let expected = if counted < max as usize { Restart } else { Escalate };
            let now = start + Duration::from_millis(at);
            prop_assert_eq!(intensity.used(now), counted);
            prop_assert_eq!(intensity.record(now), expected);
            if expected == Restart {
                granted.push(at);
            }
            prop_assert!(intensity.used(now) <= max as usize);
        }
    }

    /// The guarantee: no period has more restarts than granted.
    #[test]
    fn no_period_has_more_restarts_than_granted(max in 0..6_u32, period in 1..50_u64, steps in vec(0..20_u64, 0..200)) {
        let mut intensity = Intensity::new(max, Duration::from_millis(period)).unwrap();
        let start = Instant::now();
        let (mut at, mut granted) = (0, Vec::new());
        for step in steps {
            at += step;
            if intensity.record(start + Duration::from_millis(at)) == Restart {
                granted.push(at);
            }
        }
        for from in &granted {
            let within = granted.iter().filter(|then| (*from..=from + period).contains(then)).count();
            prop_assert!(within <= max as usize, "{} from {}", within, from);
        }
    }
}

async fn fails_at(system: &ActorSystem<TestSystem>, root: &SupervisorRef<TestSystem>, times: &[u64]) -> bool {
    let begin = tokio::time::Instant::now();
    for time in times {
        sleep((begin + Duration::from_millis(*time)).saturating_duration_since(tokio::time::Instant::now()))
            .await;
        system.ask(&root.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
    }
    root.has_ended()
}

async fn supervisor_with_restarts(
    log: &Log,
    max: u32,
    period: Duration,
) -> (ActorSystem<TestSystem>, SupervisorRef<TestSystem>) {
    let system = system().await;
    let tree = Supervisor::one_for_one("root").restarts(max, period).isolated();
    let tree = tree.child(Worker::new("a", log).child()).child(Worker::new("b", log).child());
    let root = system.supervise(tree).await.unwrap();
    (system, root)
}

/// L4, RI-01
#[tokio::test(start_paused = true)]
async fn a_supervisor_ends_at_one_failure_more_than_the_granted_restarts() {
    let log = Log::default();
    let (system, root) = supervisor_with_restarts(&log, 3, Duration::from_secs(10)).await;
    let mut lives = system.lifecycle_events(100);
    assert!(fails_at(&system, &root, &[0, 1000, 2000, 3000]).await);
    assert_eq!(log.read()[2..], ["-a", "+a", "-a", "+a", "-a", "+a", "-a", "-b"]);
    let mut escalated = Vec::new();
    while let Ok(airssys_rt::broker::Received::Item(event)) = lives.try_recv() {
        if let airssys_rt::actor::LifecycleStep::Escalated(fault) = event.step {
            escalated.extend(chain(&fault));
        }
    }
    let text = "supervisor `root` gave up: child `a` failed, and 3 restarts within 10s were used up";
    assert_eq!(escalated, [text, "the disk is full"]);
}

/// RI-02
#[tokio::test(start_paused = true)]
async fn a_restart_counts_for_exactly_the_period() {
    let log = Log::default();
    let (system, root) = supervisor_with_restarts(&log, 3, Duration::from_secs(10)).await;
    assert!(fails_at(&system, &root, &[0, 1000, 2000, 10_000]).await);
    let (system, root) = supervisor_with_restarts(&log, 3, Duration::from_secs(10)).await;
    assert!(!fails_at(&system, &root, &[0, 1000, 2000, 10_001]).await);
}

/// RI-04
#[tokio::test(start_paused = true)]
async fn a_child_that_fails_rarely_is_always_restarted() {
    let log = Log::default();
    let (system, root) = supervisor_with_restarts(&log, 1, Duration::from_secs(1)).await;
    let times: Vec<_> = (0..1000).map(|n| n * 2100).collect();
    assert!(!fails_at(&system, &root, &times).await);
    assert_eq!(root.children()[0].restarts, 1000);
}

/// RI-05, LC-04
#[tokio::test(start_paused = true)]
async fn a_failed_restart_counts_as_one_more_restart() {
    let (system, log) = (system().await, Log::default());
    let worker = Worker::new("a", &log).starting([Hook::Works, Hook::Fails, Hook::Panics, Hook::Fails]);
    let tree = Supervisor::one_for_one("root").restarts(3, Duration::from_secs(10)).isolated();
    let root = system.supervise(tree.child(worker.child())).await.unwrap();
    system.ask(&root.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
    root.ended().await;
    assert_eq!(log.read(), ["+a", "-a", "?a", "?a", "?a"]);
}

/// RI-07
#[tokio::test(start_paused = true)]
async fn the_maximum_period_does_not_overflow() {
    let log = Log::default();
    let (system, root) = supervisor_with_restarts(&log, 2, Duration::MAX).await;
    assert!(fails_at(&system, &root, &[0, 1_000_000, 1_000_000_000]).await);
}
