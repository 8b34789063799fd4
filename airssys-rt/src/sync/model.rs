//! The locks and atomics of a model checker, with the methods that the library uses.

#[cfg(airssys_loom)]
use loom::sync as checked;
#[cfg(airssys_shuttle)]
use shuttle::sync as checked;

pub(crate) use checked::{
    MutexGuard,
    atomic::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize, fence},
};
use checked::{RwLockReadGuard, RwLockWriteGuard};
use std::sync::PoisonError;

/// A mutex that a panic does not poison, like the real one.
#[derive(Debug, Default)]
pub(crate) struct Mutex<T>(checked::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) fn new(value: T) -> Self {
        Mutex(checked::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A lock for many readers or one writer, which a panic does not poison.
#[derive(Debug, Default)]
pub(crate) struct RwLock<T>(checked::RwLock<T>);

impl<T> RwLock<T> {
    pub(crate) fn new(value: T) -> Self {
        RwLock(checked::RwLock::new(value))
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn read_recursive(&self) -> RwLockReadGuard<'_, T> {
        self.read()
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, T> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Locks without a pause: the checker itself decides which thread runs next.
pub(crate) fn lock_contended<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock()
}
