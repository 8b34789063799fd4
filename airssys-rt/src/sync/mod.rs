//! The door to locks, atomics and channels: no other module of the library names them.
//!
//! Under `--cfg airssys_loom` and `--cfg airssys_shuttle`, `model` replaces `locks` by the types of the model checker (`ci/model`).

#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
pub(crate) mod check;
#[cfg(not(any(airssys_loom, airssys_shuttle)))]
mod locks;
#[cfg(any(airssys_loom, airssys_shuttle))]
mod model;
mod unchecked;

#[cfg(not(any(airssys_loom, airssys_shuttle)))]
pub(crate) use locks::{
    AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Mutex, MutexGuard, RwLock, fence, lock_contended,
};
#[cfg(any(airssys_loom, airssys_shuttle))]
pub(crate) use model::{
    AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Mutex, MutexGuard, RwLock, fence, lock_contended,
};
#[cfg(not(airssys_shuttle))]
pub(crate) use unchecked::GlobalCondvar;
pub(crate) use unchecked::{
    Acquire, Arc, GlobalAtomicU64, GlobalGuard, GlobalMutex, OnceLock, PoisonError, Relaxed, Release, Weak,
    mpsc,
};
