//! The state that a pool task shares with the threads which poll its future.

use crate::{
    rt::{
        catch_drop, catch_unwind,
        runtime::{BoxFuture, Runtime},
        yielding::{IDLE, THREAD, ThreadKind},
    },
    sync::{Arc, Mutex},
};
use std::{
    mem,
    task::{Context, Poll, Wake, Waker},
};

/// The actor whose future runs on threads.
pub(crate) trait Owner: Send + Sync {
    /// Registers the waker to wake when the future is asked to end. Called once, when its task begins.
    fn register_waker(&self, waker: &Waker);
    /// Whether the future, which waits, is not in the middle of a message.
    fn is_idle(&self) -> bool;
    /// Whether the next poll of the future ends it, or does only what needs no thread of the pool.
    fn is_ending(&self, idle: bool) -> bool;
}

pub(super) type PoolFuture = BoxFuture<'static, ()>;

/// One time slice of a future, from when it is woken until it waits.
pub(super) struct TimeSlice {
    task: Arc<SharedTask>,
    future: Option<PoolFuture>,
}

impl TimeSlice {
    pub(super) fn new(task: Arc<SharedTask>, future: PoolFuture) -> Self {
        TimeSlice { task, future: Some(future) }
    }

    pub(super) fn run(mut self, thread: ThreadKind) {
        let (task, Some(mut future)) = (self.task.clone(), self.future.take()) else { return };
        let _inside = task.runtime.enter(); // for timers and all else that the future needs of it
        THREAD.set(thread);
        IDLE.set(false);
        let waker = Waker::from(task.clone());
        let mut poll = Poll::Pending;
        let caught = catch_unwind(&mut || poll = future.as_mut().poll(&mut Context::from_waker(&waker)));
        THREAD.set(ThreadKind::Other);
        if caught.is_ok() && poll.is_pending() {
            return task.park(future, IDLE.get());
        }
        catch_drop(future); // before its task ends
        task.end();
    }
}

/// The runtime has ended before there was a thread.
impl Drop for TimeSlice {
    fn drop(&mut self) {
        if let Some(future) = self.future.take() {
            catch_drop(future);
            self.task.end();
        }
    }
}

/// The part of a pool task that threads and wakers hold.
pub(super) struct SharedTask {
    pub(super) runtime: Runtime,
    /// `None` if the future has a thread of its own.
    pub(super) owner: Option<Arc<dyn Owner>>,
    pub(super) slot: Mutex<FutureSlot>,
}

pub(super) struct FutureSlot {
    pub(super) future: FutureState,
    pub(super) woken: bool,
    /// The future was not in the middle of a message when it was last parked.
    pub(super) idle: bool,
    pub(super) waker: Option<Waker>,
}

/// Where the future is.
pub(super) enum FutureState {
    /// In this slot, waiting.
    Parked(PoolFuture),
    /// In this slot, until there is a thread for it.
    Queued(PoolFuture),
    /// On a thread.
    Running,
    /// The future has ended, or its task has.
    Ended,
}

impl SharedTask {
    pub(super) fn new(future: PoolFuture, owner: Option<Arc<dyn Owner>>, runtime: Runtime) -> Arc<Self> {
        let slot = FutureSlot { future: FutureState::Parked(future), woken: true, idle: true, waker: None };
        Arc::new(SharedTask { runtime, owner, slot: Mutex::new(slot) })
    }

    /// Polls the future on the current thread, if it is still queued.
    pub(super) fn run_if_queued(self: &Arc<Self>, thread: ThreadKind) {
        let mut slot = self.slot.lock();
        match mem::replace(&mut slot.future, FutureState::Running) {
            FutureState::Queued(future) => {
                slot.woken = false;
                drop(slot);
                TimeSlice::new(self.clone(), future).run(thread);
            }
            other => slot.future = other,
        }
    }

    /// Puts a future that waits back into its slot.
    fn park(&self, future: PoolFuture, marked_idle: bool) {
        // Not under the lock: an owner has locks of its own, under which it wakes.
        let idle = marked_idle || self.owner.as_ref().is_some_and(|owner| owner.is_idle());
        let mut slot = self.slot.lock();
        if matches!(slot.future, FutureState::Ended) {
            drop(slot);
            return catch_drop(future);
        }
        slot.future = FutureState::Parked(future);
        slot.idle = idle;
        if slot.woken {
            let waker = slot.waker.take();
            drop(slot);
            waker.into_iter().for_each(Waker::wake);
        }
    }

    /// Ends the task. A future that was in the slot is returned, for the caller to drop it without the lock.
    pub(super) fn end(&self) -> Option<PoolFuture> {
        let mut slot = self.slot.lock();
        let (was, waker) = (mem::replace(&mut slot.future, FutureState::Ended), slot.waker.take());
        drop(slot);
        waker.into_iter().for_each(Waker::wake);
        match was {
            FutureState::Parked(future) | FutureState::Queued(future) => Some(future),
            FutureState::Running | FutureState::Ended => None,
        }
    }

    pub(super) fn is_ending(&self, idle: bool) -> bool {
        self.owner.as_ref().is_some_and(|owner| owner.is_ending(idle))
    }
}

impl Wake for SharedTask {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut slot = self.slot.lock();
        slot.woken = true;
        if !matches!(slot.future, FutureState::Running) {
            let waker = slot.waker.take();
            drop(slot);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}
