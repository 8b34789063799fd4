//! The clock (`Instant`) and the exact timers of tokio.

use crate::rt::{
    catch::catch_unwind,
    runtime::{self, Runtime},
};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Waker},
    time::{Duration, SystemTime},
};
pub(crate) use tokio::time::{Instant, Sleep};

/// Waits until `duration` has passed. `Duration::MAX` never passes.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn sleep(duration: Duration) -> Sleep {
    tokio::time::sleep(duration)
}

/// Whether the current runtime has timers. Tokio has no function for that: it panics where a timer is made.
pub(crate) fn has_timers() -> bool {
    catch_unwind(&mut || drop(sleep(Duration::ZERO))).is_ok()
}

/// Makes a timer as [`sleep`] does, in `home` if the thread has no runtime, or one without timers.
pub(crate) fn sleep_in(home: impl FnOnce() -> Option<Runtime>, duration: Duration) -> Sleep {
    if !runtime::is_outside() {
        let mut timer = None;
        let _ = catch_unwind(&mut || timer = Some(sleep(duration)));
        if let Some(timer) = timer {
            return timer;
        }
    }
    let home = home();
    let _entered = home.as_ref().map(Runtime::enter);
    sleep(duration)
}

/// Arms a timer: whether it will wake `waker`. If not, its time has passed.
pub(super) fn arm(sleep: Pin<&mut Sleep>, waker: &Waker) -> bool {
    // Outside the task's budget: if the budget is used up, the task is woken at once instead of by the timer.
    let sleep = std::pin::pin!(tokio::task::unconstrained(sleep));
    sleep.poll(&mut Context::from_waker(waker)).is_pending()
}

/// The current time of the clock that measures ages and time limits.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Whether that clock is paused or ever was: then it is behind or ahead of the clock of the machine.
#[allow(clippy::disallowed_methods)] // this is the door
pub(super) fn clock_was_paused() -> bool {
    let before = std::time::Instant::now();
    let now = now().into_std();
    now < before || std::time::Instant::now() < now
}

/// The current date and time. For records only: this clock may jump.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn wall_clock() -> SystemTime {
    SystemTime::now()
}

/// Waits for `future` until `limit` has passed. A future that is ready is never timed out.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(limit, future).await.ok()
}

/// Waits for `future` until `end`. A future that is ready is never timed out.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) async fn timeout_at<F: Future>(end: Instant, future: F) -> Option<F::Output> {
    tokio::time::timeout_at(end, future).await.ok()
}
