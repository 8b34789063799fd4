//! The door under shuttle: its tasks, and a time that stands still, so no limit ever passes.

mod catch;
#[cfg(test)]
mod model;
#[cfg(test)]
mod rounds;

pub(crate) use catch::{catch, catch_future};

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

    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        // Not dropped: shuttle then waits for the task, and calls it a deadlock if that never ends.
        std::mem::forget(shuttle::future::spawn(future));
    }

    pub(crate) fn spawn_on(
        &self,
        _: Option<Threads>,
        _: impl FnOnce() -> Arc<dyn Owner>,
        future: impl Future<Output = ()> + Send + 'static,
    ) {
        self.spawn(future);
    }
}

/// Each task of shuttle's may run at any time as it is.
#[derive(Debug, Clone)]
pub(crate) struct Threads;

impl Threads {
    #[allow(clippy::unnecessary_wraps)] // as the other one
    pub(crate) fn one(_: &str) -> std::io::Result<Self> {
        Ok(Threads)
    }

    #[allow(clippy::unnecessary_wraps)] // as the other one
    pub(crate) fn many(_: usize, _: &str) -> std::io::Result<Self> {
        Ok(Threads)
    }
}

#[allow(dead_code)] // nobody waits for a thread
pub(crate) trait Owner: Send + Sync {
    fn expect(&self, waker: &Waker);
    fn is_idle(&self) -> bool;
    fn ends(&self, idle: bool) -> bool;
}

pub(crate) async fn needs_thread() {}

pub(crate) fn rests() {}

#[cfg(feature = "testkit")]
impl Runtime {
    /// Shuttle itself says which tasks do not end.
    pub(crate) fn tasks(&self) -> usize {
        0
    }
}

/// Done at once: a thread more would show nothing.
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

/// A limit of time, which never passes.
#[derive(Debug)]
pub(crate) enum Limit {
    New,
}

impl Limit {
    pub(crate) fn poll(self: Pin<&mut Self>, _: Duration, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
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

pub(crate) async fn timeout<F: Future>(_: Duration, future: F) -> Option<F::Output> {
    Some(future.await)
}

pub(crate) async fn timeout_at<F: Future>(_: Instant, future: F) -> Option<F::Output> {
    Some(future.await)
}

pub(crate) async fn give_way() {
    shuttle::future::yield_now().await;
}

pub(crate) async fn consume_budget() {
    shuttle::future::yield_now().await;
}

/// Nobody tells a model anything from outside.
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
