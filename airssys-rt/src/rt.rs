//! The only door to tokio and to time, so that a paused clock or a model checker can stand in.

use std::{future::Future, pin::Pin, time::Duration};

pub(crate) use tokio::time::Sleep;

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
}

/// Ready after `duration`; `Duration::MAX` is never.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn sleep(duration: Duration) -> Sleep {
    tokio::time::sleep(duration)
}

/// Waits for `future` until `limit` has passed. A future that is ready is never timed out.
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(limit, future).await.ok()
}

/// Gives way to other tasks once this one has had its share.
pub(crate) async fn consume_budget() {
    tokio::task::consume_budget().await;
}
