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
pub(crate) use model::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Mutex, MutexGuard, RwLock};
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
pub(crate) use std::sync::{Mutex as GlobalMutex, MutexGuard as GlobalGuard, PoisonError};
pub(crate) use tokio::sync::{mpsc, watch};
