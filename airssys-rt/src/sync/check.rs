//! The tools that a model test is written with, of loom and shuttle.
//!
//! Loom tries every interleaving of its threads, shuttle many random ones.

use crate::sync::{Acquire, Arc, AtomicBool, PoisonError};
#[cfg(airssys_loom)]
use loom::sync::{Condvar, Mutex};
#[cfg(airssys_loom)]
pub(crate) use loom::{future::block_on, model as check, thread};
#[cfg(airssys_shuttle)]
use shuttle::sync::{Condvar, Mutex};
#[cfg(airssys_shuttle)]
pub(crate) use shuttle::{future::block_on, thread};
use std::{
    future::Future,
    mem,
    pin::pin,
    sync::atomic::Ordering::AcqRel,
    task::{Context, Poll, Wake, Waker},
};

/// Tries many interleavings, and prints the one that fails.
#[cfg(airssys_shuttle)]
pub(crate) fn check(model: impl Fn() + Send + Sync + 'static) {
    shuttle::check_random(model, 2000);
}

/// Polls a future as a runtime polls a task. `block_on` orders each wake before the poll that follows; here a wake of a task that is
/// queued already does not queue it, so only its write to the state of the task does. By reference it does not even write, as in tokio.
pub(crate) fn block_on_task<F: Future>(future: F) -> F::Output {
    let task = Arc::new(Task::default());
    let waker = Waker::from(task.clone());
    waker.wake_by_ref();
    let mut future = pin!(future);
    loop {
        task.wait_until_queued();
        task.is_woken.swap(false, AcqRel);
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
    }
}

#[derive(Default)]
struct Task {
    is_woken: AtomicBool,
    is_queued: Mutex<bool>,
    queued: Condvar,
}

impl Task {
    fn wait_until_queued(&self) {
        let mut is_queued = self.is_queued.lock().unwrap_or_else(PoisonError::into_inner);
        while !mem::take(&mut *is_queued) {
            is_queued = self.queued.wait(is_queued).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.is_woken.swap(true, AcqRel) {
            *self.is_queued.lock().unwrap_or_else(PoisonError::into_inner) = true;
            self.queued.notify_one();
        }
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.load(Acquire) {
            self.clone().wake();
        }
    }
}
