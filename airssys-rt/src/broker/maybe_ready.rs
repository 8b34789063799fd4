//! `MaybeReady`: a result that is ready at once, or a boxed future of it.

use crate::rt::{self, BoxFuture};
use std::{fmt, future::Future};

/// The result of an operation that has begun: it is ready, or a future has to be awaited for it.
///
/// A future that is ready at once would say the same, but a caller that does not know its type has to box it first.
#[doc(hidden)]
#[must_use = "the rest of the operation runs only when it is awaited"]
pub enum MaybeReady<T> {
    Ready(T),
    /// It is ready; the caller yields to other tasks before it continues.
    Yield(T),
    Later(BoxFuture<'static, T>),
}

impl<T> MaybeReady<T> {
    pub(crate) fn later(rest: impl Future<Output = T> + Send + 'static) -> Self {
        MaybeReady::Later(Box::pin(rest))
    }

    pub(crate) fn map<U: 'static>(self, change: impl FnOnce(T) -> U + Send + 'static) -> MaybeReady<U>
    where
        T: 'static,
    {
        match self {
            MaybeReady::Ready(done) => MaybeReady::Ready(change(done)),
            MaybeReady::Yield(done) => MaybeReady::Yield(change(done)),
            MaybeReady::Later(rest) => MaybeReady::later(async move { change(rest.await) }),
        }
    }

    pub(crate) async fn done(self) -> T {
        match self {
            MaybeReady::Ready(done) => done,
            MaybeReady::Yield(done) => {
                rt::consume_budget().await;
                done
            }
            MaybeReady::Later(rest) => rest.await,
        }
    }
}

impl<T> fmt::Debug for MaybeReady<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MaybeReady::Ready(_) => "Ready",
            MaybeReady::Yield(_) => "Yield",
            MaybeReady::Later(_) => "Later",
        })
    }
}
