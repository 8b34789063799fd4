//! A task whose future runs on threads of its own or of a pool: the bridge from the runtime to these threads.

use crate::{
    rt::{
        catch_drop,
        runtime::{BoxFuture, Runtime},
        shared_task::{FutureState, Owner, PoolFuture, SharedTask, TimeSlice},
        threads::Threads,
        yielding::ThreadKind,
    },
    sync::Arc,
};
use std::{
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll, Waker},
};

impl Runtime {
    /// Runs `future` as a detached task, on `threads` if there are any. Returns as [`spawn`](Self::spawn).
    pub(crate) fn spawn_on(
        &self,
        threads: Option<Threads>,
        owner: &dyn Fn() -> Arc<dyn Owner>,
        future: BoxFuture<'static, ()>,
    ) -> bool {
        match threads {
            None => self.spawn(future),
            Some(threads) => self.spawn(Box::pin(PoolTask::new(future, threads, owner(), self.clone()))),
        }
    }
}

/// The task of a future that runs on threads. The task ends with the future, and the future with the task.
struct PoolTask {
    shared: Arc<SharedTask>,
    threads: Threads,
    /// The owner has the waker, or there is no owner.
    waker_registered: bool,
}

impl PoolTask {
    fn new(future: PoolFuture, threads: Threads, owner: Arc<dyn Owner>, runtime: Runtime) -> Self {
        let owner = threads.are_shared().then_some(owner);
        let waker_registered = owner.is_none();
        PoolTask { shared: SharedTask::new(future, owner, runtime), threads, waker_registered }
    }
}

impl Future for PoolTask {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let shared = self.shared.clone();
        if !mem::replace(&mut self.waker_registered, true) {
            if let Some(owner) = &shared.owner {
                owner.register_waker(&Waker::from(shared.clone()));
            }
        }
        let idle = {
            let mut slot = shared.slot.lock();
            if matches!(slot.future, FutureState::Ended) {
                return Poll::Ready(());
            }
            slot.waker = Some(cx.waker().clone());
            slot.idle
        };
        let is_ending = shared.is_ending(idle);
        let mut slot = shared.slot.lock();
        let future = match mem::replace(&mut slot.future, FutureState::Running) {
            FutureState::Parked(future) if slot.woken => {
                if !(is_ending && self.threads.are_too_few_for(1)) {
                    slot.future = FutureState::Queued(future);
                    drop(slot);
                    self.threads.queue(shared);
                    return Poll::Pending;
                }
                future
            }
            FutureState::Queued(future) if is_ending && self.threads.are_too_few_for(0) => future,
            other => {
                slot.future = other;
                return Poll::Pending;
            }
        };
        slot.woken = false;
        drop(slot);
        let time_slice = TimeSlice::new(shared.clone(), future);
        shared.runtime.run_blocking(move || time_slice.run(ThreadKind::Blocking));
        Poll::Pending
    }
}

impl Drop for PoolTask {
    fn drop(&mut self) {
        let rest = self.shared.end();
        catch_drop(rest);
    }
}
