//! The list of taps at one place: attaches and detaches taps, and offers each item to all of them.

use crate::{
    broker::{
        TapFilter, TapStream,
        tap::{queue::TapQueue, stream::Detach},
    },
    rt,
    sync::{Arc, AtomicBool, Mutex, Relaxed, Weak},
};
use std::mem;

type OnChange = Box<dyn Fn(bool) + Send + Sync>;

/// The list of taps at one place.
///
/// `S` is the type of the items that are observed there, `T` the type that a tap receives.
pub(crate) struct Taps<S, T> {
    /// Whether the list has a tap in it: without taps, an item must not take the lock.
    // Written under the lock. Relaxed: an observed task that was notified of a new tap reads `true` by coherence.
    has_taps: AtomicBool,
    list: Mutex<TapList<S, T>>,
    on_change: OnChange,
}

struct TapList<S, T> {
    taps: Vec<TapEntry<S, T>>,
    open: bool,
}

struct TapEntry<S, T> {
    queue: Arc<TapQueue<T>>,
    /// Set by the caller that attaches the tap, so that `S: Clone` is required only there.
    copy: fn(&S) -> T,
    /// Evaluated before the item is copied.
    filter: Option<TapFilter<S>>,
}

impl<S, T> Clone for TapEntry<S, T> {
    fn clone(&self) -> Self {
        TapEntry { queue: self.queue.clone(), copy: self.copy, filter: self.filter.clone() }
    }
}

impl<S: 'static, T: Send + 'static> Taps<S, T> {
    /// `on_change` is called with whether there are taps, each time a tap is attached or detached. It is called under the
    /// lock, so that its last call has the current state.
    pub(crate) fn new(on_change: impl Fn(bool) + Send + Sync + 'static) -> Arc<Self> {
        let list = TapList { taps: Vec::new(), open: true };
        Arc::new(Taps {
            has_taps: AtomicBool::new(false),
            list: Mutex::new(list),
            on_change: Box::new(on_change),
        })
    }

    /// Attaches a tap: it gets a copy of each item from now on. `None` after the end.
    pub(crate) fn attach(self: &Arc<Self>, capacity: usize, copy: fn(&S) -> T) -> Option<TapStream<T>> {
        self.attach_where(capacity, copy, None)
    }

    /// Attaches a tap that gets a copy of each item that the filter accepts. `None` after the end.
    pub(crate) fn attach_where(
        self: &Arc<Self>,
        capacity: usize,
        copy: fn(&S) -> T,
        filter: Option<TapFilter<S>>,
    ) -> Option<TapStream<T>> {
        let mut list = self.list.lock();
        if !list.open {
            return None;
        }
        let queue = TapQueue::new(capacity, true);
        list.taps.push(TapEntry { queue: queue.clone(), copy, filter });
        self.has_taps.store(true, Relaxed);
        (self.on_change)(true);
        Some(self.stream(queue))
    }

    /// As [`attach`](Self::attach); after the end, a stream that has ended.
    pub(crate) fn attach_or_ended(self: &Arc<Self>, capacity: usize, copy: fn(&S) -> T) -> TapStream<T> {
        self.attach(capacity, copy).unwrap_or_else(|| self.stream(TapQueue::new(capacity, false)))
    }

    fn stream(self: &Arc<Self>, queue: Arc<TapQueue<T>>) -> TapStream<T> {
        TapStream::new(queue, Some(Arc::downgrade(self) as Weak<dyn Detach<T>>))
    }

    /// Whether a tap is attached.
    #[inline]
    pub(crate) fn has_taps(&self) -> bool {
        self.has_taps.load(Relaxed)
    }

    /// Offers an item to all taps. Returns the number of taps that were full.
    #[inline]
    pub(crate) fn offer(&self, item: &S) -> u64 {
        if self.has_taps() { self.offer_to_all(item) } else { 0 }
    }

    fn offer_to_all(&self, item: &S) -> u64 {
        // Copies and filters are the user's code: they run without the lock.
        let mut taps: smallvec::SmallVec<[TapEntry<S, T>; 4]> = {
            let list = self.list.lock();
            list.taps.iter().cloned().collect()
        };
        let full = taps.iter().map(|tap| u64::from(!tap.offer(item))).sum();
        rt::catch(|| taps.clear()); // perhaps the last references to filters
        full
    }

    /// Closes all taps; no tap can be attached any more.
    pub(crate) fn end(&self) {
        let taps = {
            let mut list = self.list.lock();
            list.open = false;
            self.has_taps.store(false, Relaxed);
            mem::take(&mut list.taps)
        };
        close(taps);
    }

    /// Calls `on_change` with the current state.
    pub(crate) fn notify(&self) {
        let list = self.list.lock();
        (self.on_change)(!list.taps.is_empty());
    }

    pub(crate) fn len(&self) -> usize {
        self.list.lock().taps.len()
    }
}

impl<S, T> TapEntry<S, T> {
    /// Offers an item. Returns `false` if the tap misses it: the queue is full, or the filter or the copy panics. That is a failure
    /// of the tap, and must not harm the sender that is observed.
    fn offer(&self, item: &S) -> bool {
        let mut offered = true;
        let completed = rt::catch(|| {
            if self.filter.as_ref().is_none_or(|accepts| accepts(item)) {
                offered = self.queue.offer(|| (self.copy)(item));
            }
        });
        if !completed {
            self.queue.miss();
        }
        completed && offered
    }
}

/// Closes taps. Dropping their filters is user code.
fn close<S, T>(taps: Vec<TapEntry<S, T>>) {
    for tap in taps {
        tap.queue.close();
        rt::catch_drop(tap);
    }
}

/// Closes the taps: no item is observed here any more.
impl<S, T> Drop for Taps<S, T> {
    fn drop(&mut self) {
        close(mem::take(&mut self.list.get_mut().taps));
    }
}

impl<S: 'static, T: Send + 'static> Detach<T> for Taps<S, T> {
    fn detach(&self, queue: &Arc<TapQueue<T>>) {
        let detached = {
            let mut list = self.list.lock();
            let at = list.taps.iter().position(|tap| Arc::ptr_eq(&tap.queue, queue));
            let detached = at.map(|at| list.taps.remove(at));
            self.has_taps.store(!list.taps.is_empty(), Relaxed);
            if list.open {
                (self.on_change)(!list.taps.is_empty());
            }
            detached
        };
        // Its filter is dropped without the lock: the `Drop` of what it has captured may send a message, or drop another tap.
        rt::catch_drop(detached);
    }
}
