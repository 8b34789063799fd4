//! Yielding: how a future ends its time slice, on the runtime or on a thread of a pool.

use std::{cell::Cell, future::poll_fn, mem, task::Poll};

/// The kind of the current thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThreadKind {
    /// Neither of the kinds below.
    Other,
    /// A thread of the [`Threads`](crate::rt::Threads) that the future runs on.
    Pool,
    /// A thread that tokio has for blocking calls: it polls a future that ends while no thread of its pool is free.
    Blocking,
}

thread_local! {
    pub(super) static THREAD: Cell<ThreadKind> = const { Cell::new(ThreadKind::Other) };
    /// The future in the current time slice says that it is not in the middle of a message.
    pub(super) static IDLE: Cell<bool> = const { Cell::new(false) };
}

/// Yields to other tasks, once.
pub(crate) async fn yield_now() {
    tokio::task::yield_now().await;
}

/// Yields to other tasks once this task has used up its budget.
pub(crate) async fn consume_budget() {
    tokio::task::consume_budget().await;
    end_time_slice().await;
}

/// Ends the time slice on a thread of a pool or for blocking calls, where tokio has no budget that would.
async fn end_time_slice() {
    yield_if(|thread| thread != ThreadKind::Other).await;
}

/// Moves the future to a thread of its pool, if it is on a thread for blocking calls.
pub(crate) async fn ensure_pool_thread() {
    yield_if(|thread| thread == ThreadKind::Blocking).await;
}

async fn yield_if(on: impl Fn(ThreadKind) -> bool) {
    let mut yielded = !on(THREAD.get());
    poll_fn(|cx| {
        if mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        mark_idle();
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Records that the future is not in the middle of a message while it waits now.
pub(crate) fn mark_idle() {
    IDLE.set(true);
}
