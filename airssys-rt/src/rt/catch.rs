//! Catches a panic of user code that is not the failure of an actor: an observer, a drop, a waker, a future.

use std::{
    future::{Future, poll_fn},
    panic::{self, AssertUnwindSafe},
    pin::pin,
    task::Poll,
    thread,
};

/// Runs `code` and returns the payload of its panic.
///
/// A trait object, because `catch_unwind` is compiled for each type of its argument, and a closure in generic code has another
/// type for each actor type.
#[inline]
pub(crate) fn catch_unwind(code: &mut dyn FnMut()) -> thread::Result<()> {
    panic::catch_unwind(AssertUnwindSafe(code))
}

/// Runs user code whose panic is not a failure of an actor: an observer, a `Drop`, a waker.
pub(crate) fn catch(code: impl FnOnce()) {
    let mut code = Some(code);
    // The panic hook has reported it already.
    let _ = catch_unwind(&mut || {
        if let Some(code) = code.take() {
            code();
        }
    });
}

/// Drops a value whose `Drop` may be user code.
pub(crate) fn catch_drop<T>(value: T) {
    let mut value = Some(value);
    let _ = catch_unwind(&mut || value = None);
}

/// The same as `catch` for a future. The output is `None` if it panicked.
pub(crate) async fn catch_future<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|cx| {
        let mut poll = Poll::Pending;
        match catch_unwind(&mut || poll = future.as_mut().poll(cx).map(Some)) {
            Ok(()) => poll,
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}
