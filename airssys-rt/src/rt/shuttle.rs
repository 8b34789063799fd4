//! The door under `--cfg airssys_shuttle`, in place of `rt/mod.rs`: tasks of shuttle, time limits that never pass.

mod catch;
mod catching_waker;
mod current_actor;
#[cfg(test)]
mod model;
mod once;
mod poll_end;
#[cfg(test)]
mod timer_round;
mod watched;

pub(crate) use catch::{
    CatchDrop, catch, catch_drop, catch_future, catch_unwind, catch_value, discard_payload, wake_each,
};
pub(crate) use catching_waker::catching_waker;
pub(crate) use current_actor::{CurrentActor, StartingActor, assert_other};
pub(crate) use once::{OnceSender, once};
pub(crate) use poll_end::PollEnd;
pub(crate) use watched::Watched;

use crate::sync::Arc;
use std::{
    future::{Future, Pending, Ready, pending, ready},
    pin::Pin,
    task::{Context, Poll, Waker},
    time::{Duration, SystemTime},
};
pub(crate) use tokio::time::Instant;

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

#[derive(Debug, Clone)]
pub(crate) struct Runtime;

impl Runtime {
    pub(crate) fn current() -> Option<Self> {
        Some(Runtime)
    }

    pub(crate) fn spawn(&self, future: BoxFuture<'static, ()>) -> bool {
        // Not dropped: so shuttle waits for the task, and reports a deadlock if it never ends.
        std::mem::forget(shuttle::future::spawn(future));
        true
    }

    pub(crate) async fn run<F: Future>(&self, future: F) -> F::Output {
        future.await
    }

    pub(crate) fn spawn_on(
        &self,
        _: Option<Threads>,
        _: &dyn Fn() -> Arc<dyn Owner>,
        future: BoxFuture<'static, ()>,
    ) -> bool {
        self.spawn(future)
    }
}

/// No threads: shuttle runs each task at any time.
#[derive(Debug, Clone)]
pub(crate) struct Threads;

impl Threads {
    #[allow(clippy::unnecessary_wraps)] // the signature of the real one
    pub(crate) fn one(_: &str) -> std::io::Result<Self> {
        Ok(Threads)
    }

    #[allow(clippy::unnecessary_wraps)] // the signature of the real one
    pub(crate) fn many(_: usize, _: &str) -> std::io::Result<Self> {
        Ok(Threads)
    }
}

#[allow(dead_code)] // no task waits for a thread
pub(crate) trait Owner: Send + Sync {
    fn register_waker(&self, waker: &Waker);
    fn is_idle(&self) -> bool;
    fn is_ending(&self, idle: bool) -> bool;
}

pub(crate) async fn ensure_pool_thread() {}

pub(crate) fn mark_idle() {}

#[cfg(feature = "testkit")]
impl Runtime {
    /// Shuttle itself reports tasks that do not end.
    pub(crate) fn tasks(&self) -> usize {
        0
    }
}

/// Runs the code at once: one more thread would not find more errors.
pub(crate) fn blocking<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Blocking<T> {
    ready(Some(code()))
}

pub(crate) type Blocking<T> = Ready<Option<T>>;

#[derive(Debug)]
pub(crate) struct Sleep(Option<Pending<()>>);

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().map_or(Poll::Ready(()), |never| Pin::new(never).poll(cx))
    }
}

/// A time limit that never passes.
#[derive(Debug)]
pub(crate) enum Deadline {
    New,
}

impl Deadline {
    pub(crate) fn poll(
        self: Pin<&mut Self>,
        _: Duration,
        _: impl Fn() -> Option<Runtime>,
        _: &mut Context<'_>,
    ) -> Poll<()> {
        Poll::Pending
    }
}

pub(crate) fn has_timers() -> bool {
    true
}

/// Makes a timer.
pub(crate) fn sleep_in(_: impl FnOnce() -> Option<Runtime>, duration: Duration) -> Sleep {
    sleep(duration)
}

pub(crate) fn sleep(duration: Duration) -> Sleep {
    Sleep((!duration.is_zero()).then(pending))
}

#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn now() -> Instant {
    Instant::now()
}

#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn wall_clock() -> SystemTime {
    SystemTime::now()
}

/// A model has no date of its own.
#[cfg(feature = "testkit")]
pub(crate) fn set_wall_clock(_: Option<SystemTime>) {}

pub(crate) async fn timeout<F: Future>(_: Duration, future: F) -> Option<F::Output> {
    Some(future.await)
}

pub(crate) async fn timeout_at<F: Future>(_: Instant, future: F) -> Option<F::Output> {
    Some(future.await)
}

pub(crate) async fn yield_now() {
    shuttle::future::yield_now().await;
}

pub(crate) async fn consume_budget() {
    shuttle::future::yield_now().await;
}

/// A model gets no signals from outside.
#[cfg(feature = "signals")]
#[derive(Debug)]
pub(crate) struct Signals;

#[cfg(feature = "signals")]
impl Signals {
    pub(crate) fn listen() -> std::io::Result<Self> {
        Ok(Signals)
    }

    pub(crate) fn poll(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

/// As for `Signals`.
#[cfg(feature = "signals")]
pub(crate) fn listen_to_signals() -> std::io::Result<()> {
    Ok(())
}
