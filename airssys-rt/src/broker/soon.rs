use crate::rt::BoxFuture;
use std::{fmt, future::Future};

/// What has been begun: it is done already, or something has to be waited for.
///
/// A future that is ready at once would say the same, but whoever does not know its type has to put it into a box first.
#[must_use = "what has to be waited for goes on only when it is awaited"]
pub enum Soon<T> {
    /// Done.
    Now(T),
    /// The rest of it.
    Later(BoxFuture<'static, T>),
}

impl<T> Soon<T> {
    /// Goes on with `rest`.
    pub fn later(rest: impl Future<Output = T> + Send + 'static) -> Self {
        Soon::Later(Box::pin(rest))
    }

    /// Waits for the rest, if there is any.
    ///
    /// # Cancel safety
    ///
    /// That of what was begun.
    pub async fn done(self) -> T {
        match self {
            Soon::Now(done) => done,
            Soon::Later(rest) => rest.await,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Soon<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Soon::Now(done) => f.debug_tuple("Now").field(done).finish(),
            Soon::Later(_) => f.write_str("Later"),
        }
    }
}
