//! Restart backoff: the delay as a function, its jitter and reset, and a supervisor that waits before a restart.

use airssys_rt::{
    backoff::{Backoff, BackoffError, BackoffState},
    prelude::*,
    supervisor::ControlError,
};
use airssys_rt_tests::{
    Double, Fail, Log, Note, settle,
    worker::{Worker, states, system},
};
use proptest::{collection::vec, prelude::*};
use std::time::{Duration, Instant};
use tokio::time::sleep;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn doubling() -> Backoff {
    Backoff::exponential(millis(100), millis(1000)).unwrap()
}

fn delays(state: &mut BackoffState, count: usize) -> Vec<Duration> {
    let now = Instant::now();
    (0..count).map(|_| state.failed(now)).collect()
}

/// BO-01
#[test]
fn delays_double_up_to_the_maximum() {
    let mut state = doubling().begin(0);
    assert_eq!(delays(&mut state, 6), [100, 200, 400, 800, 1000, 1000].map(millis));
    assert_eq!(state.attempts(), 6);
}

#[test]
fn with_a_factor_of_one_the_delay_is_constant() {
    let even = doubling().with_factor(1.0).unwrap();
    assert_eq!(delays(&mut even.begin(0), 3), [millis(100); 3]);
}

/// BO-02
#[test]
fn jitter_stays_within_its_share_and_depends_only_on_the_seed() {
    let jittered = doubling().with_jitter(0.2).unwrap();
    let middles = [100, 200, 400, 800, 1000, 1000].map(millis);
    for seed in 0..1000 {
        let seen = delays(&mut jittered.begin(seed), 6);
        for (delay, middle) in seen.iter().zip(middles) {
            assert!((middle.mul_f64(0.8)..=middle.mul_f64(1.2)).contains(delay), "seed {seed}: {delay:?}");
            assert!(*delay <= millis(1000), "seed {seed}: {delay:?}");
        }
        assert_eq!(seen, delays(&mut jittered.begin(seed), 6), "seed {seed}");
    }
}

/// BO-02: jitter spreads the delays evenly, at the maximum delay as well.
#[test]
fn jitter_spreads_evenly() {
    let jittered = Backoff::exponential(millis(1000), millis(1000)).unwrap().with_jitter(0.2).unwrap();
    let mut state = jittered.begin(1);
    let seen = delays(&mut state, 1000);
    for tenth in 0..10 {
        let from = 800 + 20 * tenth;
        let within = seen.iter().filter(|delay| (millis(from)..millis(from + 20)).contains(delay)).count();
        assert!((50..150).contains(&within), "{within} of 1000 delays from {from} ms");
    }
}

/// BO-03
#[test]
fn a_healthy_time_resets_the_delay() {
    let backoff = doubling().with_reset_after(Duration::from_secs(5));
    let start = Instant::now();
    for (healthy, expected) in [(4999, 400), (5000, 100), (60_000, 100)] {
        let mut state = backoff.begin(0);
        delays(&mut state, 2);
        state.started(start);
        assert_eq!(state.failed(start + millis(healthy)), millis(expected), "healthy for {healthy} ms");
    }
}

/// BO-03: only the time after a start counts as healthy. The wait for the next attempt does not.
#[test]
fn the_wait_for_an_attempt_is_not_healthy_time() {
    let mut state = doubling().with_reset_after(Duration::from_secs(5)).begin(0);
    let start = Instant::now();
    state.started(start);
    assert_eq!(state.failed(start), millis(100));
    assert_eq!(state.failed(start + Duration::from_secs(3600)), millis(200));
    assert_eq!(state.attempts(), 2);
}

#[test]
fn an_impossible_backoff_is_a_typed_error() {
    let (min, max) = (millis(2), millis(1));
    assert_eq!(Backoff::exponential(Duration::ZERO, max), Err(BackoffError::ZeroMin));
    assert_eq!(Backoff::exponential(min, max), Err(BackoffError::MinAboveMax { min, max }));
    assert_eq!(doubling().with_factor(0.5), Err(BackoffError::Factor(0.5)));
    assert_eq!(doubling().with_factor(f64::INFINITY), Err(BackoffError::Factor(f64::INFINITY)));
    assert!(matches!(doubling().with_factor(f64::NAN), Err(BackoffError::Factor(_))));
    assert_eq!(doubling().with_jitter(1.1), Err(BackoffError::Jitter(1.1)));
    assert_eq!(doubling().with_jitter(-0.1), Err(BackoffError::Jitter(-0.1)));
    assert!(matches!(doubling().with_jitter(f64::NAN), Err(BackoffError::Jitter(_))));
}

/// Any valid backoff, including the extremes.
fn any_backoff() -> impl Strategy<Value = Backoff> {
    let lengths = prop_oneof![1..u64::MAX, 1..10_000_000_000_u64, Just(1), Just(u64::MAX)];
    let factors = prop_oneof![1.0..10.0_f64, Just(1.0), Just(f64::MAX)];
    let jitters = prop_oneof![0.0..=1.0_f64, Just(0.0), Just(1.0)];
    (lengths.clone(), lengths, factors, jitters, any::<bool>()).prop_map(
        |(one, other, factor, jitter, ever)| {
            let min = Duration::from_nanos(one.min(other));
            let max = if ever { Duration::MAX } else { Duration::from_nanos(one.max(other)) };
            let backoff = Backoff::exponential(min, max).unwrap();
            backoff.with_factor(factor).unwrap().with_jitter(jitter).unwrap()
        },
    )
}

proptest! {
    /// BO-02: for any events, no delay panics, exceeds the maximum or is less than its share of the minimum; without
    /// jitter no delay is shorter than the one before.
    #[test]
    fn delays_stay_within_their_bounds(backoff in any_backoff(), seed: u64, events in vec(0..4_u8, 0..100)) {
        let mut state = backoff.begin(seed);
        let mut even = backoff.with_jitter(0.0).unwrap().begin(seed);
        let mut now = Instant::now();
        let mut last = Duration::ZERO;
        for event in events {
            now += millis(1);
            if event == 0 {
                state.started(now);
                even.started(now);
                last = Duration::ZERO; // the healthy time may have been long enough
                continue;
            }
            let (delay, middle) = (state.failed(now), even.failed(now));
            prop_assert!(delay <= backoff.max() && middle <= backoff.max());
            prop_assert!(middle >= last.max(backoff.min()), "{:?} after {:?}", middle, last);
            prop_assert!(delay <= middle.saturating_mul(2).saturating_add(Duration::from_nanos(middle.as_secs())));
            last = middle;
        }
    }
}

/// BO-01, BO-03 with a supervisor: the delays grow, and a healthy time resets them.
#[tokio::test(start_paused = true)]
async fn the_delays_of_a_supervisor_grow_until_a_child_is_healthy() {
    let (system, log) = (system().await, Log::default());
    let millis = Duration::from_millis;
    let backoff = Backoff::exponential(millis(100), millis(1000)).unwrap().with_reset_after(millis(5000));
    let tree = Supervisor::one_for_one("root").restarts(100, Duration::from_secs(1));
    let root = system.supervise(tree.child(Worker::new("a", &log).child().backoff(backoff))).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    for (healthy, delay) in [(0, 100), (0, 200), (0, 400), (0, 800), (0, 1000), (4999, 1000), (5000, 100)] {
        sleep(millis(healthy)).await;
        system.ask(&worker, Fail).await.unwrap_err();
        let begin = tokio::time::Instant::now();
        assert_eq!(system.ask(&worker, Double(1)).await, Ok(2), "the ask waited in the mailbox");
        assert_eq!(begin.elapsed(), millis(delay));
    }
}

/// BO-07
#[tokio::test(start_paused = true)]
async fn during_a_delay_a_supervisor_answers_at_once_and_gives_the_time_of_the_restart() {
    let (system, log) = (system().await, Log::default());
    let backoff = Backoff::exponential(Duration::from_secs(10), Duration::from_secs(40)).unwrap();
    let tree = Supervisor::one_for_one("root")
        .restarts(9, Duration::from_secs(60))
        .child(Worker::new("a", &log).child().backoff(backoff))
        .child(Worker::new("b", &log).child());
    let root = system.supervise(tree).await.unwrap();
    let worker = root.actor::<Worker>("a").unwrap();
    system.ask(&worker, Fail).await.unwrap_err();
    settle().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let begin = tokio::time::Instant::now();
    assert_eq!(states(&root), ["a restarting in 7.0s, attempt 1", "b running"]);
    root.start(Worker::new("c", &log).child()).await.unwrap();
    root.stop("b").await.unwrap();
    assert_eq!(root.restart("a").await, Err(ControlError::Restarting("a".into())));
    system.tell(&worker, Note(1)).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::ZERO);
    tokio::time::sleep(Duration::from_secs(7)).await;
    settle().await;
    assert_eq!(states(&root), ["a running", "b stopped", "c running"]);
    assert_eq!(log.read().last().unwrap(), "a1");
    system.ask(&worker, Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&root)[0], "a restarting in 20.0s, attempt 2");
    root.stop("a").await.unwrap();
    assert_eq!(states(&root)[0], "a stopped");
    assert_eq!(begin.elapsed(), Duration::from_secs(7), "a stop does not wait for the delay");
}

/// BO-07: a stop of a child that waits for its restart is answered at once, and the restart takes place.
#[tokio::test(start_paused = true)]
async fn a_stop_between_two_incarnations_is_answered_at_once() {
    let (system, log) = (system().await, Log::default());
    let second = Duration::from_secs(1);
    let child = Worker::new("1", &log).child().backoff(Backoff::exponential(second, second).unwrap());
    let root = system.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
    let child: ActorRef<Worker> = root.actor("1").unwrap();
    assert!(system.ask(&child, Fail).await.is_err());
    settle().await;
    let begin = tokio::time::Instant::now();
    for _ in 0..3 {
        system.stop(&child).await;
        settle().await; // it waits again
    }
    assert_eq!(begin.elapsed(), Duration::ZERO, "no incarnation is needed for the answer");
    sleep(second + millis(10)).await;
    assert_eq!(system.ask(&child, Double(2)).await.unwrap(), 4, "the next incarnation was not stopped");
}
