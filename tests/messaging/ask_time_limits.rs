//! Ask time limits: never early, at most a 64th of a second late, and they leave nothing behind.

use airssys_rt::{broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{
    Double, Hold, Lab, Log, Never, Scribe, lab, logging_waker, paused, settle, two_threads,
};
use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, sleep};

const MILLISECOND: Duration = Duration::from_millis(1);
const ROUND: Duration = Duration::from_nanos(1_000_000_000 / 64);
/// `ROUND`, rounded up.
const ROUND_IN_MILLISECONDS: Duration = Duration::from_millis(16);

async fn scribe(lab: &ActorSystem<Lab>) -> ActorRef<Scribe> {
    lab.spawn(Scribe::default()).unbounded().await.unwrap()
}

/// A scribe that answers nothing until it is released.
async fn mute(lab: &ActorSystem<Lab>) -> (ActorRef<Scribe>, tokio::sync::oneshot::Sender<()>) {
    let scribe = scribe(lab).await;
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    (scribe, release)
}

async fn time_of_a_timeout(lab: ActorSystem<Lab>, mute: ActorRef<Scribe>, limit: Duration) -> Duration {
    let begin = Instant::now();
    let error = lab.ask_timeout(&mute, Double(1), limit).await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    begin.elapsed()
}

/// AS-02: on a paused clock each limit is exact, also in a task whose previous ask was answered.
#[test]
fn thousands_of_limits_of_any_length_expire_on_time() {
    let seed = 7;
    println!("seed {seed}");
    let mut random = seed_of(seed);
    paused().block_on(async {
        let lab = lab().await;
        let (mute, _release) = mute(&lab).await;
        let quick = scribe(&lab).await;
        let mut asks = Vec::new();
        for n in 0..3000 {
            // From microseconds to minutes.
            let limit = Duration::from_micros(random() % 10_u64.pow(1 + n % 8) + 1);
            let (lab, mute, quick) = (lab.clone(), mute.clone(), quick.clone());
            asks.push(tokio::spawn(async move {
                for n in 0..3 {
                    assert_eq!(lab.ask(&quick, Double(n)).await, Ok(n * 2));
                }
                (limit, time_of_a_timeout(lab, mute, limit).await)
            }));
        }
        for ask in asks {
            let (limit, took) = ask.await.unwrap();
            assert!(limit <= took && took <= limit + MILLISECOND, "{limit:?} took {took:?}");
        }
    });
}

/// AS-02: a round that is full ends at once. The asks that it has woken wait on, and each still expires on time.
#[tokio::test(start_paused = true)]
async fn more_limits_than_a_round_holds_expire_on_time() {
    let lab = lab().await;
    let (mute, _release) = mute(&lab).await;
    let limit = Duration::from_secs(2);
    // A round holds 4,096.
    let asks: Vec<_> =
        (0..5000).map(|_| tokio::spawn(time_of_a_timeout(lab.clone(), mute.clone(), limit))).collect();
    let end = tokio::time::timeout(2 * limit, async {
        for ask in asks {
            let took = ask.await.unwrap();
            assert!(limit <= took && took <= limit + MILLISECOND, "{limit:?} took {took:?}");
        }
    });
    assert!(end.await.is_ok(), "an ask is never woken");
}

/// Pseudo-random numbers.
fn seed_of(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

/// AS-02: on a running clock an ask that follows a quick one does not read the clock. (The test stops the clock in between, so
/// the lateness is known exactly.)
#[test]
fn a_limit_of_a_second_or_more_is_never_early_and_at_most_a_round_late() {
    for n in 0..40 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let lab = lab().await;
            let (mute, _release) = mute(&lab).await;
            let quick = scribe(&lab).await;
            assert_eq!(lab.ask(&quick, Double(n)).await, Ok(n * 2));
            tokio::time::pause();
            let limit = Duration::from_millis([20, 300, 999, 1000, 5000][n as usize % 5]);
            let took = time_of_a_timeout(lab, mute, limit).await;
            // From here on the clock moves with the timers only, so no load changes the time. It stopped within a millisecond and
            // moves by whole ones: the timer of the round takes at most 17 ms instead of 15.625, that of the limit 1 ms more.
            let grace = if limit < Duration::from_secs(1) { Duration::ZERO } else { ROUND_IN_MILLISECONDS };
            let most = limit + grace + 2 * MILLISECOND;
            assert!(limit <= took && took <= most, "{limit:?} took {took:?}, at most {most:?}");
        });
    }
}

/// AS-02: on a running clock one thread ends the rounds of all runtimes, and each ask that still waits times out.
#[test]
fn limits_expire_on_a_running_clock_in_each_runtime() {
    let threads = (0..4).map(|_| {
        std::thread::spawn(|| {
            two_threads().block_on(async {
                let lab = lab().await;
                let (mute, _release) = mute(&lab).await;
                let quick = scribe(&lab).await;
                for limit in [20, 25, 40].map(Duration::from_millis) {
                    assert_eq!(lab.ask(&quick, Double(1)).await, Ok(2));
                    let took = time_of_a_timeout(lab.clone(), mute.clone(), limit).await;
                    assert!(limit <= took, "{limit:?} took {took:?}");
                }
            });
        })
    });
    threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
}

/// AS-02: a clock that is advanced by the whole limit at once makes the ask expire.
#[tokio::test(start_paused = true)]
async fn a_limit_expires_when_the_clock_is_advanced_past_it() {
    let lab = lab().await;
    let (mute, _release) = mute(&lab).await;
    let quick = scribe(&lab).await;
    let ask = tokio::spawn(async move {
        assert_eq!(lab.ask(&quick, Double(1)).await, Ok(2));
        lab.ask_timeout(&mute, Double(1), Duration::from_secs(5)).await
    });
    settle().await;
    tokio::time::advance(Duration::from_secs(5) - MILLISECOND).await;
    settle().await;
    assert!(!ask.is_finished());
    tokio::time::advance(MILLISECOND).await;
    settle().await;
    assert!(ask.is_finished());
    assert!(matches!(ask.await.unwrap(), Err(AskError::Timeout(_))));
}

struct Slow;

#[message(reply = Instant)]
struct After(Duration);

#[actor]
impl Slow {
    #[handler]
    async fn after(&mut self, After(time): After) -> Instant {
        sleep(time).await;
        Instant::now()
    }
}

#[actor_system(actors(Slow))]
struct Office;

/// DL LateReply: an answer at the very end of the limit is either in time or late, never both, never neither.
#[tokio::test(start_paused = true)]
async fn an_answer_at_the_end_of_its_limit_has_one_outcome() {
    let limit = Duration::from_secs(2);
    let (mut answered, mut timed_out) = (0, 0);
    for n in 0..200_u32 {
        let office = ActorSystem::<Office>::start(SystemConfig::default()).await.unwrap();
        let slow = office.spawn(Slow).await.unwrap();
        // Either of the two timers may fire first.
        sleep(MILLISECOND * n).await;
        let time = limit + MILLISECOND * (n % 3) - MILLISECOND;
        let answer = office.ask_timeout(&slow, After(time), limit).await;
        sleep(2 * MILLISECOND).await;
        let late = office.dead_letters().count_of(Reason::LateReply);
        match &answer {
            Ok(_) => {
                assert!(time <= limit, "it was late");
                answered += 1;
            }
            Err(error) => {
                assert!(matches!(error, AskError::Timeout(_)), "{error}");
                assert!(time >= limit, "it was early");
                timed_out += 1;
            }
        }
        assert_eq!(late, u64::from(answer.is_err()), "{time:?}");
        office.shutdown().await.unwrap();
    }
    assert!(answered >= 66 && timed_out >= 66, "{answered} {timed_out}");
}

/// SD: asks that wait when a system ends fail at once, before and after the first round; no task is left.
#[tokio::test(start_paused = true)]
async fn waiting_asks_fail_when_the_system_shuts_down() {
    let lab = lab_of_one_second().await;
    let (mute, _release) = mute(&lab).await;
    let ask = |limit| {
        let (lab, mute) = (lab.clone(), mute.clone());
        tokio::spawn(async move { lab.ask_timeout(&mute, Never, limit).await })
    };
    let mut asks: Vec<_> = (0..500).map(|_| ask(Duration::from_secs(60))).collect();
    sleep(Duration::from_millis(100)).await;
    asks.extend((0..500).map(|_| ask(Duration::from_secs(60))));
    settle().await;
    let begin = Instant::now();
    lab.shutdown().await.unwrap_err();
    for ask in asks {
        let error = ask.await.unwrap().unwrap_err();
        assert!(matches!(error, AskError::Stopped(..) | AskError::ShuttingDown(_)), "{error}");
    }
    assert!(begin.elapsed() < Duration::from_secs(10));
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

async fn lab_of_one_second() -> ActorSystem<Lab> {
    let second = Duration::from_secs(1);
    let config = SystemConfig::default().with_drain_timeout(second).with_stop_timeout(second);
    airssys_rt_tests::lab_with(config).await
}

/// A limit belongs to the runtime in which the ask is polled, also if two runtimes alternate on one thread with one waker.
#[test]
fn a_limit_expires_in_the_runtime_where_the_ask_is_polled() {
    let (first, second) = (two_threads(), paused());
    let idle = paused();
    let lab = first.block_on(lab());
    let (mute, _release) = first.block_on(mute(&lab));
    let log = Log::default();
    let waker = logging_waker(&log, "woken");
    let mut cx = Context::from_waker(&waker);
    let limit = Duration::from_secs(1);

    let mut forgotten = pin!(lab.ask_timeout(&mute, Double(1), limit));
    let mut ask = pin!(lab.ask_timeout(&mute, Double(1), limit));
    {
        // No thread drives this runtime.
        let _inside = idle.enter();
        assert!(forgotten.as_mut().poll(&mut cx).is_pending());
    }
    let mut poll = |ask: Pin<&mut _>| {
        let _inside = second.enter();
        poll_in(ask, &mut cx)
    };
    assert!(poll(ask.as_mut()).is_pending());
    assert!(log.read().is_empty());
    second.block_on(async { sleep(2 * ROUND).await });
    assert_eq!(log.read().len(), 1, "the round is over");
    assert!(poll(ask.as_mut()).is_pending());
    second.block_on(async { sleep(limit).await });
    assert_eq!(log.read().len(), 2);
    assert!(matches!(poll(ask.as_mut()), Poll::Ready(Err(AskError::Timeout(_)))));
}

fn poll_in<F: Future>(future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
    future.poll(cx)
}

/// A limit that is never reached is not mistaken for one that has expired.
#[tokio::test(start_paused = true)]
async fn a_limit_may_be_longer_than_the_clock_can_count() {
    let lab = lab().await;
    let (mute, release) = mute(&lab).await;
    let ask = tokio::spawn({
        let (lab, mute) = (lab.clone(), mute.clone());
        async move { lab.ask_timeout(&mute, Double(1), Duration::MAX - Duration::from_nanos(1)).await }
    });
    sleep(Duration::from_secs(1_000_000)).await;
    release.send(()).unwrap();
    assert_eq!(ask.await.unwrap(), Ok(2));
}

/// An asker in a runtime without timers uses those of the system.
#[test]
fn the_asker_needs_no_runtime_with_timers() {
    let system = two_threads();
    let (lab, scribe) = system.block_on(async {
        let lab = lab().await;
        let scribe = scribe(&lab).await;
        (lab, scribe)
    });
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        assert_eq!(lab.ask(&scribe, Double(1)).await, Ok(2));
        let never = lab.ask_timeout(&scribe, Never, Duration::from_millis(20)).await;
        assert!(matches!(never, Err(AskError::Timeout(_))));
    });
}
