use crate::rt::BoxFuture;
use std::{fmt, future::Future};

/// What has been begun: it is done already, or something has to be waited for.
///
/// A future that is ready at once would say the same, but whoever does not know its type has to put it into a box first.
#[doc(hidden)]
#[must_use = "what has to be waited for goes on only when it is awaited"]
pub enum MaybeReady<T> {
    Ready(T),
    Later(BoxFuture<'static, T>),
}

impl<T> MaybeReady<T> {
    pub(crate) fn later(rest: impl Future<Output = T> + Send + 'static) -> Self {
        MaybeReady::Later(Box::pin(rest))
    }

    pub(crate) async fn done(self) -> T {
        match self {
            MaybeReady::Ready(done) => done,
            MaybeReady::Later(rest) => rest.await,
        }
    }
}

impl<T> fmt::Debug for MaybeReady<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MaybeReady::Ready(_) => "Ready",
            MaybeReady::Later(_) => "Later",
        })
    }
}
