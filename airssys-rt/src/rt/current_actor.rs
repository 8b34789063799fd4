//! The actor whose code runs on this thread: an actor must not wait for itself, a task that works for it may.

use crate::id::ActorId;
use std::cell::Cell;

#[cfg(not(any(airssys_loom, airssys_shuttle)))]
thread_local! {
    static CURRENT: Cell<usize> = const { Cell::new(0) };
    static STARTING: Cell<usize> = const { Cell::new(0) };
}

// Under a model checker one thread of the process runs all threads of a model.
#[cfg(airssys_loom)]
loom::thread_local! {
    static CURRENT: Cell<usize> = Cell::new(0);
    static STARTING: Cell<usize> = Cell::new(0);
}
#[cfg(airssys_shuttle)]
shuttle::thread_local! {
    static CURRENT: Cell<usize> = Cell::new(0);
    static STARTING: Cell<usize> = Cell::new(0);
}

/// The scope in which code of an actor runs: its handlers and hooks, but no task that they spawn.
pub(crate) struct CurrentActor {
    before: usize,
}

impl CurrentActor {
    /// `identity`: the address of the actor's cell.
    #[inline]
    pub(crate) fn enter(identity: usize) -> Self {
        CurrentActor { before: CURRENT.with(|current| current.replace(identity)) }
    }

    /// Whether code of an actor runs on this thread.
    pub(crate) fn is_any() -> bool {
        CURRENT.with(|current| current.get() != 0)
    }

    /// The actor whose code runs on this thread; 0 if there is none.
    #[inline]
    pub(crate) fn identity() -> usize {
        CURRENT.with(Cell::get)
    }

    /// Whether code of this actor runs on this thread.
    #[inline]
    pub(crate) fn is(identity: usize) -> bool {
        CURRENT.with(|current| current.get() == identity)
    }
}

/// Panics if code of this actor runs on this thread: it is about to wait for its own end.
#[track_caller]
pub(crate) fn assert_other(identity: usize, actor: &'static str, id: ActorId) {
    assert!(
        !CurrentActor::is(identity),
        "`{actor}` {id} waits for its own end in its own code: `ctx.stop()` stops it after its message"
    );
}

impl Drop for CurrentActor {
    #[inline]
    fn drop(&mut self) {
        CURRENT.with(|current| current.set(self.before));
    }
}

/// The scope in which the `pre_start` of an actor is polled.
pub(crate) struct StartingActor {
    before: usize,
}

impl StartingActor {
    /// `identity`: the address of the actor's cell.
    pub(crate) fn enter(identity: usize) -> Self {
        StartingActor { before: STARTING.with(|starting| starting.replace(identity)) }
    }

    /// Whether the `pre_start` of this actor is polled on this thread.
    pub(crate) fn is(identity: usize) -> bool {
        STARTING.with(|starting| starting.get() == identity)
    }
}

impl Drop for StartingActor {
    fn drop(&mut self) {
        STARTING.with(|starting| starting.set(self.before));
    }
}
