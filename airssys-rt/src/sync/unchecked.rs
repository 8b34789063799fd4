//! `Arc`, channels and global locks: the types that are the same under a model checker.

// Reference counts are not what a model checks, and the checkers' `Arc` cannot point to a trait object.
pub(crate) use std::sync::{
    Arc, OnceLock, Weak,
    atomic::Ordering::{Acquire, Relaxed, Release},
};
// Locks and counters that no model checks: they live longer than a model.
#[cfg(not(airssys_shuttle))]
pub(crate) use std::sync::Condvar as GlobalCondvar;
pub(crate) use std::sync::atomic::AtomicU64 as GlobalAtomicU64;
pub(crate) use std::sync::{Mutex as GlobalMutex, MutexGuard as GlobalGuard, PoisonError};
pub(crate) use tokio::sync::mpsc;
