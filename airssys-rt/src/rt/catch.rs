//! Catches a panic of user code that is not the failure of an actor: an observer, a drop, a waker, a future.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Runs user code whose panic is not a failure of an actor: an observer, a `Drop`, a waker.
pub(crate) fn catch(code: impl FnOnce()) {
    // The panic hook has reported it already.
    let _ = catch_unwind(AssertUnwindSafe(code));
}

/// The same for a future. The output is `None` if it panicked.
pub(crate) async fn catch_future<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}
