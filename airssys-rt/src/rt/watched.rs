//! A value that user code waits for. Each waker is user code: one that panics must neither harm the task that changes the value nor keep
//! the other wakers from being woken.

use crate::{rt::wake_each, sync::Mutex};
use slab::Slab;
use std::{
    future::{Future, poll_fn},
    mem,
    task::{Context, Poll, Waker},
};

/// A value that user code waits for.
#[derive(Debug, Default)]
pub(crate) struct Watched<T>(Mutex<WatchedState<T>>);

#[derive(Debug, Default)]
struct WatchedState<T> {
    value: T,
    wakers: Slab<Option<Waker>>,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Watched(Mutex::new(WatchedState { value, wakers: Slab::new() }))
    }

    /// Reads the value. `read` runs under the lock.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.lock().value)
    }

    /// Changes the value and wakes all that wait. `change` runs under the lock.
    pub(crate) fn modify(&self, change: impl FnOnce(&mut T)) {
        let mut state = self.0.lock();
        change(&mut state.value);
        let wakers: Vec<_> = state.wakers.iter_mut().filter_map(|(_, waker)| waker.take()).collect();
        drop(state);
        wake_each(wakers);
    }

    /// Waits until `look` finds something in the value. It runs under the lock.
    ///
    /// Cancel safety: dropping the future changes nothing.
    pub(crate) fn wait_for<R>(&self, look: impl Fn(&T) -> Option<R>) -> impl Future<Output = R> {
        let mut entry = Entry { watched: self, key: None };
        poll_fn(move |cx| entry.poll(&look, cx))
    }
}

/// The waker of one future that waits.
struct Entry<'a, T> {
    watched: &'a Watched<T>,
    key: Option<usize>,
}

impl<T> Entry<'_, T> {
    fn poll<R>(&mut self, look: impl Fn(&T) -> Option<R>, cx: &Context<'_>) -> Poll<R> {
        let mut waker = Some(cx.waker().clone()); // user code, so without the lock
        let mut state = self.watched.0.lock();
        if let Some(found) = look(&state.value) {
            return Poll::Ready(found);
        }
        match self.key {
            Some(key) => mem::swap(&mut state.wakers[key], &mut waker),
            None => self.key = Some(state.wakers.insert(waker.take())),
        }
        drop(state);
        drop(waker); // the waker before
        Poll::Pending
    }
}

impl<T> Drop for Entry<'_, T> {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let waker = self.watched.0.lock().wakers.remove(key);
            drop(waker);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{pin::pin, task::Wake};

    struct Hostile;

    impl Wake for Hostile {
        fn wake(self: std::sync::Arc<Self>) {
            panic!("a hostile waker");
        }
    }

    #[test]
    fn a_waker_that_panics_harms_neither_the_change_nor_the_other_waits() {
        let watched = Watched::new(0);
        let (hostile, woken) =
            (Waker::from(std::sync::Arc::new(Hostile)), std::sync::Arc::new(Woken::default()));
        let mut waits: Vec<_> =
            (0..3).map(|_| Box::pin(watched.wait_for(|n| (*n > 0).then_some(*n)))).collect();
        let wakers = [hostile.clone(), Waker::from(woken.clone()), hostile];
        for (wait, waker) in waits.iter_mut().zip(&wakers) {
            assert!(wait.as_mut().poll(&mut Context::from_waker(waker)).is_pending());
        }
        watched.modify(|n| *n = 7);
        assert!(woken.0.load(std::sync::atomic::Ordering::Relaxed));
        for wait in waits {
            assert_eq!(pin!(wait).poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(7));
        }
        assert!(watched.0.lock().wakers.is_empty());
    }

    #[derive(Default)]
    struct Woken(std::sync::atomic::AtomicBool);

    impl Wake for Woken {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }
}
