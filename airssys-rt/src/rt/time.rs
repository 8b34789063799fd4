//! The clock (`Instant`) and the exact timers of tokio.

use crate::rt::{
    catch::catch_unwind,
    catching_waker::catching_waker,
    runtime::{self, Runtime},
};
use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::Duration,
};
pub(crate) use tokio::time::Instant;

pin_project_lite::pin_project! {
    /// A timer of tokio. Its waker may be user code: a panic of it in tokio's time driver would end the process.
    #[derive(Debug)]
    pub(crate) struct Sleep {
        #[pin]
        timer: tokio::time::Sleep,
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.timer.is_elapsed() {
            return Poll::Ready(());
        }
        self.project().timer.poll(&mut Context::from_waker(&catching_waker(cx.waker())))
    }
}

/// Waits until `duration` has passed. `Duration::MAX` never passes.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn sleep(duration: Duration) -> Sleep {
    Sleep { timer: tokio::time::sleep(duration) }
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

/// Arms a timer: whether it will wake `waker`, which is no user code. If not, its time has passed.
pub(super) fn arm(sleep: Pin<&mut Sleep>, waker: &Waker) -> bool {
    // Outside the task's budget: if the budget is used up, the task is woken at once instead of by the timer.
    let timer = pin!(tokio::task::unconstrained(sleep.project().timer));
    timer.poll(&mut Context::from_waker(waker)).is_pending()
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

/// Waits for `future` until `limit` has passed. A future that is ready is never timed out.
pub(crate) async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    before(sleep(limit), future).await
}

/// Waits for `future` until `end`. A future that is ready is never timed out.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) async fn timeout_at<F: Future>(end: Instant, future: F) -> Option<F::Output> {
    before(Sleep { timer: tokio::time::sleep_until(end) }, future).await
}

async fn before<F: Future>(end: Sleep, future: F) -> Option<F::Output> {
    let (mut end, mut future) = (pin!(end), pin!(future));
    poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        // Outside the task's budget: a future that always uses it up would never be timed out.
        pin!(tokio::task::unconstrained(end.as_mut())).poll(cx).map(|()| None)
    })
    .await
}
