//! The only door to locks and atomics.
//!
//! `parking_lot` because four producers on one mailbox cost a third less behind its mutex than behind the
//! one of `std`; nothing else differs measurably.
//!
//! Under `--cfg airssys_loom` and `--cfg airssys_shuttle` the checkers' own stand here instead (`ci/model`).

#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
pub(crate) mod check;
#[cfg(any(airssys_loom, airssys_shuttle))]
mod model;

#[cfg(any(airssys_loom, airssys_shuttle))]
pub(crate) use model::{
    AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Mutex, MutexGuard, RwLock, lock_in_turn,
};
#[cfg(not(any(airssys_loom, airssys_shuttle)))]
pub(crate) use parking_lot::{Mutex, MutexGuard, RwLock};
#[cfg(not(any(airssys_loom, airssys_shuttle)))]
pub(crate) use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize};
// Reference counts are not what is checked, and the checkers' cannot point to a trait object.
pub(crate) use std::sync::{
    Arc, OnceLock, Weak,
    atomic::Ordering::{Acquire, Relaxed, Release},
};
/// For what no checker checks: one that lives longer than a model.
pub(crate) use std::sync::{
    Condvar as GlobalCondvar, Mutex as GlobalMutex, MutexGuard as GlobalGuard, PoisonError,
};
pub(crate) use tokio::sync::{mpsc, watch};

/// How often the processor is told that it waits, by whoever finds a lock taken: about a microsecond.
#[cfg(not(any(airssys_loom, airssys_shuttle)))]
const PAUSES: u32 = 24;

/// Locks what threads lock again and again for a moment each. Whoever finds it taken leaves it alone for a while, so that the
/// other comes to use it some dozen times before what it protects moves to another processor: two threads that take turns
/// at each message need twice as long.
#[cfg(not(any(airssys_loom, airssys_shuttle)))]
#[inline]
pub(crate) fn lock_in_turn<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.try_lock().unwrap_or_else(|| lock_later(mutex))
}

#[cfg(not(any(airssys_loom, airssys_shuttle)))]
#[cold]
fn lock_later<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    for _ in 0..PAUSES {
        std::hint::spin_loop();
    }
    mutex.lock()
}
