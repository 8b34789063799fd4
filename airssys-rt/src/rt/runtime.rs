//! The tokio runtime: its tasks, and its threads for code that blocks.

use std::{
    future::{Future, pending, poll_fn},
    pin::{Pin, pin},
};
use tokio::{runtime::EnterGuard, task::JoinHandle};

/// A boxed future, for the paths that no message takes.
pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub(super) type RuntimeId = tokio::runtime::Id;

/// The runtime that runs the tasks of one system.
#[derive(Debug, Clone)]
pub(crate) struct Runtime(tokio::runtime::Handle);

impl Runtime {
    /// The runtime of the caller, if there is one.
    pub(crate) fn current() -> Option<Self> {
        tokio::runtime::Handle::try_current().ok().map(Runtime)
    }

    /// Runs `future` as a detached task. `false`: the runtime has ended, and has dropped the future.
    ///
    /// Boxed: tokio's code for a task, more than half of what a program would compile for each actor type, is compiled once.
    pub(crate) fn spawn(&self, future: BoxFuture<'static, ()>) -> bool {
        let task = self.task(future);
        !task.is_finished() || !self.has_ended()
    }

    // One place: with two, tokio's code would not be inlined into it.
    #[inline(never)]
    fn task(&self, future: BoxFuture<'static, ()>) -> JoinHandle<()> {
        self.0.spawn(future)
    }

    /// Whether the runtime has ended: it drops each future instead of running it.
    #[cold]
    fn has_ended(&self) -> bool {
        let probe = self.task(Box::pin(pending()));
        let ended = probe.is_finished();
        probe.abort();
        ended
    }

    /// Makes this the runtime of the current thread until the guard is dropped, if the thread has none.
    fn enter_outside(&self) -> Option<EnterGuard<'_>> {
        is_outside().then(|| self.enter())
    }

    /// Polls `future` in this runtime if the caller has none: timers need one.
    pub(crate) async fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        poll_fn(|cx| {
            let _entered = self.enter_outside();
            future.as_mut().poll(cx)
        })
        .await
    }

    /// Runs blocking code on a thread of the runtime for it, detached.
    pub(super) fn run_blocking(&self, code: impl FnOnce() + Send + 'static) {
        drop(self.0.spawn_blocking(code));
    }

    /// Makes this the runtime of the current thread until the guard is dropped.
    pub(super) fn enter(&self) -> EnterGuard<'_> {
        self.0.enter()
    }
}

#[cfg(feature = "testkit")]
impl Runtime {
    /// The number of tasks of the runtime that have not ended.
    pub(crate) fn tasks(&self) -> usize {
        self.0.metrics().num_alive_tasks()
    }
}

/// The runtime that timers set on this thread belong to, if there is one.
pub(super) fn runtime_id() -> Option<RuntimeId> {
    tokio::runtime::Handle::try_current().ok().map(|runtime| runtime.id())
}

/// Whether the current runtime has worker threads, not only the thread that runs it.
pub(super) fn has_workers() -> bool {
    use tokio::runtime::{Handle, RuntimeFlavor};
    Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() != RuntimeFlavor::CurrentThread)
}

/// Whether the thread has no runtime.
pub(super) fn is_outside() -> bool {
    !in_task() && tokio::runtime::Handle::try_current().is_err()
}

/// Whether the caller is in a task of a runtime.
pub(super) fn in_task() -> bool {
    tokio::task::try_id().is_some()
}
