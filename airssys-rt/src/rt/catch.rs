//! Catches a panic of user code that is not the failure of an actor: an observer, a drop, a waker, a future.

use std::{
    any::Any,
    future::{Future, poll_fn},
    mem,
    ops::Deref,
    panic::{self, AssertUnwindSafe},
    pin::pin,
    task::{Poll, Waker},
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

/// Runs user code whose panic is not a failure of an actor: an observer, a `Drop`, a waker. Returns whether it has ended without
/// a panic.
pub(crate) fn catch(code: impl FnOnce()) -> bool {
    catch_unwind(&mut once(code)).map_err(discard_payload).is_ok()
}

/// The same as `catch`, with the value of the code; `None` if it panicked. It is compiled for each type of its argument, and takes
/// fewer instructions.
#[inline]
pub(crate) fn catch_value<T>(code: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(code)).map_err(discard_payload).ok()
}

/// Wakes each waker. One that panics does not keep the others from being woken.
#[cold]
pub(crate) fn wake_each(wakers: impl IntoIterator<Item = Waker>) {
    for waker in wakers {
        catch(|| waker.wake());
    }
}

/// Drops a value whose `Drop` may be user code.
pub(crate) fn catch_drop<T>(value: T) {
    catch(|| drop(value));
}

/// A value whose `Drop` may be user code: its panic is caught.
pub(crate) struct CatchDrop<T>(Option<T>);

impl<T> CatchDrop<T> {
    pub(crate) fn new(value: T) -> Self {
        CatchDrop(Some(value))
    }
}

impl<T> Deref for CatchDrop<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect("only `drop` takes the value")
    }
}

impl<T> Drop for CatchDrop<T> {
    fn drop(&mut self) {
        catch_drop(self.0.take());
    }
}

/// Drops the payload of a panic, which the panic hook has reported already. The payload may be a value whose `Drop` panics.
pub(crate) fn discard_payload(payload: Box<dyn Any + Send>) {
    if let Err(second) = catch_unwind(&mut once(|| drop(payload))) {
        mem::forget(second); // another payload that may panic, and so on
    }
}

/// Makes a closure that runs `code` at its first call.
fn once(code: impl FnOnce()) -> impl FnMut() {
    let mut code = Some(code);
    move || {
        if let Some(code) = code.take() {
            code();
        }
    }
}

/// The same as `catch` for a future. The output is `None` if it panicked.
pub(crate) async fn catch_future<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|cx| {
        let mut poll = Poll::Pending;
        match catch_unwind(&mut || poll = future.as_mut().poll(cx).map(Some)) {
            Ok(()) => poll,
            Err(payload) => {
                discard_payload(payload);
                Poll::Ready(None)
            }
        }
    })
    .await
}
