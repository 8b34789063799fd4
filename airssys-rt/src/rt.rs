//! The only door to tokio and to time, so that a paused clock can stand in, or `rt/still.rs` under `--cfg airssys_shuttle`.

mod catch;
mod here;
mod limit;
#[cfg(all(test, airssys_loom))]
mod model;
mod rounds;
#[cfg(feature = "signals")]
mod signals;
mod threads;
mod ticker;
mod turn;

pub(crate) use catch::{catch, catch_future};
pub(crate) use limit::Limit;
#[cfg(feature = "signals")]
pub(crate) use signals::Signals;
pub(crate) use threads::Threads;
pub(crate) use turn::{Owner, needs_thread, rests};

use crate::sync::Arc;
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
    time::{Duration, SystemTime},
};
pub(crate) use tokio::time::{Instant, Sleep};

/// A future behind one allocation, for the paths that are not the message path.
pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where the tasks of one system run.
#[derive(Debug, Clone)]
pub(crate) struct Runtime(tokio::runtime::Handle);

impl Runtime {
    /// The runtime of the caller, if there is one.
    pub(crate) fn current() -> Option<Self> {
        tokio::runtime::Handle::try_current().ok().map(Runtime)
    }

    /// Runs `future` as a task of its own. Nobody waits for it.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.spawn(future));
    }

    /// The same, on `threads` if there are any.
    #[inline]
    pub(crate) fn spawn_on(
        &self,
        threads: Option<Threads>,
        owner: impl FnOnce() -> Arc<dyn Owner>,
        future: impl Future<Output = ()> + Send + 'static,
    ) {
        match threads {
            None => self.spawn(future),
            Some(threads) => self.spawn(turn::Task::new(Box::pin(future), threads, owner(), self.clone())),
        }
    }

    /// Runs code that blocks, on a thread for it. Nobody waits for it.
    fn run_blocking(&self, code: impl FnOnce() + Send + 'static) {
        drop(self.0.spawn_blocking(code));
    }

    fn enter(&self) -> tokio::runtime::EnterGuard<'_> {
        self.0.enter()
    }
}

/// Which runtime timers that are set here belong to, if there is one.
fn runtime_id() -> Option<RuntimeId> {
    tokio::runtime::Handle::try_current().ok().map(|runtime| runtime.id())
}

/// Whether the runtime here has more than the thread that runs it.
fn has_workers() -> bool {
    use tokio::runtime::{Handle, RuntimeFlavor};
    Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() != RuntimeFlavor::CurrentThread)
}

type RuntimeId = tokio::runtime::Id;

/// Whether a task of a runtime runs here.
fn in_task() -> bool {
    tokio::task::try_id().is_some()
}

/// Runs code that blocks, on a thread for it. `None` if it panicked or the runtime ended first. Dropped, the code runs
/// on.
pub(crate) fn blocking<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Blocking<T> {
    Blocking(tokio::task::spawn_blocking(code))
}

/// The end of code that blocks.
#[derive(Debug)]
pub(crate) struct Blocking<T>(tokio::task::JoinHandle<T>);

impl<T> Future for Blocking<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        Pin::new(&mut self.0).poll(cx).map(Result::ok)
    }
}

#[cfg(feature = "testkit")]
impl Runtime {
    /// How many tasks of the runtime have not ended.
    pub(crate) fn tasks(&self) -> usize {
        self.0.metrics().num_alive_tasks()
    }
}

/// Ready after `duration`; `Duration::MAX` is never.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn sleep(duration: Duration) -> Sleep {
    tokio::time::sleep(duration)
}

/// Whether `sleep` will wake `waker`. If not, it is over.
fn set(sleep: Pin<&mut Sleep>, waker: &Waker) -> bool {
    // Whatever the task has used up: it would be woken in place of the timer.
    let sleep = std::pin::pin!(tokio::task::unconstrained(sleep));
    sleep.poll(&mut Context::from_waker(waker)).is_pending()
}

/// The present, on the clock that ages and time limits are measured with.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Whether that clock stands still, or ever did: then it is behind or ahead of the one of the machine.
#[allow(clippy::disallowed_methods)] // this is the door
fn clock_is_turned() -> bool {
    let before = std::time::Instant::now();
    let now = now().into_std();
    now < before || std::time::Instant::now() < now
}

/// The present, as people read it. For records only: it may jump.
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

/// Gives way to other tasks, once.
pub(crate) async fn give_way() {
    tokio::task::yield_now().await;
}

/// Gives way to other tasks once this one has had its share.
pub(crate) async fn consume_budget() {
    tokio::task::consume_budget().await;
    turn::end_turn().await;
}
