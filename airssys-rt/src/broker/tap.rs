use crate::{
    envelope::Envelope,
    sync::{Arc, AtomicBool, Mutex, Relaxed, Weak},
};
use futures_core::Stream;
use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    mem,
    pin::Pin,
    task::{Context, Poll, Waker},
};

/// One item of a [`TapStream`].
#[derive(Debug, Clone)]
pub enum Received<T> {
    /// What passed.
    Item(T),
    /// So many were missed since the last item, because the stream was full.
    Lagged(u64),
}

/// Why there is nothing to receive at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TryRecvError {
    /// Nothing has passed since.
    #[error("nothing to receive yet")]
    Empty,
    /// The system has ended, and everything was received.
    #[error("the system has ended")]
    Disconnected,
}

/// A bounded queue between what happens and somebody who observers. It never makes anybody wait.
struct Tap<T> {
    state: Mutex<State<T>>,
    capacity: usize,
}

struct State<T> {
    queue: VecDeque<Received<T>>,
    /// Missed since the newest item in the queue.
    lagged: u64,
    waker: Option<Waker>,
    open: bool,
}

impl<T> Tap<T> {
    fn new(capacity: usize, open: bool) -> Arc<Self> {
        let state = State { queue: VecDeque::new(), lagged: 0, waker: None, open };
        Arc::new(Tap { state: Mutex::new(state), capacity })
    }

    /// `make` runs only if there is room, and outside of the lock: it may be the user's code. `false`: no room.
    fn offer(&self, make: impl FnOnce() -> T) -> bool {
        if self.state.lock().queue.len() >= self.capacity {
            self.change(|state| state.lagged += 1);
            return false;
        }
        let item = make();
        self.change(|state| {
            // Others may have come in between.
            if state.queue.len() >= self.capacity {
                state.lagged += 1;
                return false;
            }
            if state.lagged > 0 {
                let missed = mem::take(&mut state.lagged);
                state.queue.push_back(Received::Lagged(missed));
            }
            state.queue.push_back(Received::Item(item));
            true
        })
    }

    fn close(&self) {
        self.change(|state| state.open = false);
    }

    fn change<R>(&self, change: impl FnOnce(&mut State<T>) -> R) -> R {
        let mut state = self.state.lock();
        let result = change(&mut state);
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
        result
    }
}

impl<T> State<T> {
    fn next(&mut self) -> Result<Received<T>, TryRecvError> {
        if let Some(received) = self.queue.pop_front() {
            return Ok(received);
        }
        match mem::take(&mut self.lagged) {
            0 if self.open => Err(TryRecvError::Empty),
            0 => Err(TryRecvError::Disconnected),
            missed => Ok(Received::Lagged(missed)),
        }
    }
}

/// A tap of your own, for a broker that is written elsewhere: what is offered comes out of the stream. Holds at most
/// `capacity`.
#[must_use]
pub fn tap<T: Send + 'static>(capacity: usize) -> (TapFeed<T>, TapStream<T>) {
    let tap = Tap::new(capacity, true);
    let from: Weak<Taps<T, T>> = Weak::new();
    (TapFeed(tap.clone()), TapStream { tap, from, filter: None })
}

/// The end of a [`tap`] where things go in. Dropping it ends the stream.
pub struct TapFeed<T>(Arc<Tap<T>>);

impl<T> TapFeed<T> {
    /// Shows what passes to whoever holds the stream. `false`: there was no room for it, and it is counted as missed.
    /// `make` runs only if there is room.
    pub fn offer(&self, make: impl FnOnce() -> T) -> bool {
        self.0.offer(make)
    }

    /// Whether the stream is gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        Arc::strong_count(&self.0) == 1
    }
}

impl<T> Drop for TapFeed<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<T> fmt::Debug for TapFeed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TapFeed").field("closed", &self.is_closed()).finish()
    }
}

type Changed = Box<dyn Fn(bool) + Send + Sync>;

/// All who look at one thing. Says whenever there are some, or none any more.
///
/// `S` is what passes, `T` what a looker gets of it.
pub(crate) struct Taps<S, T> {
    /// Whether the list has something in it: what nobody observers at must not take the lock.
    // Written under the lock. Relaxed: whoever was told of a new tap sees it by coherence.
    watched: AtomicBool,
    list: Mutex<List<S, T>>,
    changed: Changed,
}

struct List<S, T> {
    taps: Vec<Entry<S, T>>,
    open: bool,
}

struct Entry<S, T> {
    tap: Arc<Tap<T>>,
    /// ActorSource where it was known how to copy, so that nobody else has to ask for it.
    copy: fn(&S) -> T,
    /// What of it is wanted; evaluated before anything is copied.
    filter: Option<Wanted<S>>,
}

impl<S, T> Clone for Entry<S, T> {
    fn clone(&self) -> Self {
        Entry { tap: self.tap.clone(), copy: self.copy, filter: self.filter.clone() }
    }
}

impl<S: 'static, T: Send + 'static> Taps<S, T> {
    /// `changed` is told under a lock, so that its last word is the right one.
    pub(crate) fn new(changed: impl Fn(bool) + Send + Sync + 'static) -> Arc<Self> {
        let list = List { taps: Vec::new(), open: true };
        Arc::new(Taps { watched: AtomicBool::new(false), list: Mutex::new(list), changed: Box::new(changed) })
    }

    /// From now on, a copy of everything that passes. `None` after the end.
    pub(crate) fn attach(self: &Arc<Self>, capacity: usize, copy: fn(&S) -> T) -> Option<TapStream<T>> {
        self.attach_where(capacity, copy, None)
    }

    /// From now on, a copy of what passes and is wanted. `None` after the end.
    pub(crate) fn attach_where(
        self: &Arc<Self>,
        capacity: usize,
        copy: fn(&S) -> T,
        filter: Option<Wanted<S>>,
    ) -> Option<TapStream<T>> {
        let mut list = self.list.lock();
        if !list.open {
            return None;
        }
        let tap = Tap::new(capacity, true);
        list.taps.push(Entry { tap: tap.clone(), copy, filter });
        self.watched.store(true, Relaxed);
        (self.changed)(true);
        Some(TapStream { tap, from: Arc::downgrade(self) as Weak<dyn Detach<T>>, filter: None })
    }

    /// As `attach`; after the end, a stream that has ended.
    pub(crate) fn attach_or_ended(self: &Arc<Self>, capacity: usize, copy: fn(&S) -> T) -> TapStream<T> {
        self.attach(capacity, copy).unwrap_or_else(|| TapStream {
            tap: Tap::new(capacity, false),
            from: Arc::downgrade(self) as Weak<dyn Detach<T>>,
            filter: None,
        })
    }

    /// Whether somebody observers.
    #[inline]
    pub(crate) fn is_watched(&self) -> bool {
        self.watched.load(Relaxed)
    }

    /// Shows `passing` to all who look. Returns how many had no room for it.
    #[inline]
    pub(crate) fn offer(&self, passing: &S) -> u64 {
        if self.is_watched() { self.show(passing) } else { 0 }
    }

    fn show(&self, passing: &S) -> u64 {
        let taps: smallvec::SmallVec<[Entry<S, T>; 4]> = {
            let list = self.list.lock();
            list.taps.iter().cloned().collect()
        };
        let wanted = taps.iter().filter(|entry| entry.filter.as_ref().is_none_or(|wants| wants(passing)));
        wanted.map(|entry| u64::from(!entry.tap.offer(|| (entry.copy)(passing)))).sum()
    }

    /// Nothing will pass any more.
    pub(crate) fn end(&self) {
        let taps = {
            let mut list = self.list.lock();
            list.open = false;
            self.watched.store(false, Relaxed);
            mem::take(&mut list.taps)
        };
        taps.iter().for_each(|entry| entry.tap.close());
    }

    /// Tells anew whether somebody observers.
    pub(crate) fn tell(&self) {
        let list = self.list.lock();
        (self.changed)(!list.taps.is_empty());
    }

    pub(crate) fn len(&self) -> usize {
        self.list.lock().taps.len()
    }
}

/// Whatever passed here passes no more.
impl<S, T> Drop for Taps<S, T> {
    fn drop(&mut self) {
        self.list.get_mut().taps.iter().for_each(|entry| entry.tap.close());
    }
}

/// Where a stream came from, whatever passes there.
trait Detach<T>: Send + Sync {
    fn detach(&self, tap: &Arc<Tap<T>>);
}

impl<S: 'static, T: Send + 'static> Detach<T> for Taps<S, T> {
    fn detach(&self, tap: &Arc<Tap<T>>) {
        let mut list = self.list.lock();
        list.taps.retain(|entry| !Arc::ptr_eq(&entry.tap, tap));
        self.watched.store(!list.taps.is_empty(), Relaxed);
        if list.open {
            (self.changed)(!list.taps.is_empty());
        }
    }
}

/// What passes somewhere, for somebody who observers. Bounded: what it has no room for is counted and missed, and nobody
/// waits for it. Dropping it is the end of looking.
pub struct TapStream<T> {
    tap: Arc<Tap<T>>,
    from: Weak<dyn Detach<T>>,
    /// What of it is wanted.
    filter: Option<Wanted<T>>,
}

/// What of it somebody who observers wants.
pub type Wanted<T> = Arc<dyn Fn(&T) -> bool + Send + Sync>;

/// Which envelopes a tap wants.
pub type Filter<M> = Wanted<Envelope<M>>;

/// The envelopes that pass a broker.
pub type MessageStream<M> = TapStream<Envelope<M>>;

impl<T> TapStream<T> {
    /// The next item; `None` once the system has ended and everything was received.
    ///
    /// # Cancel safety
    ///
    /// Nothing is taken unless it is returned.
    pub async fn recv(&mut self) -> Option<Received<T>> {
        poll_fn(|cx| self.poll_recv(cx)).await
    }

    /// The next item, without waiting.
    ///
    /// # Errors
    ///
    /// If there is none yet, or none ever again.
    pub fn try_recv(&mut self) -> Result<Received<T>, TryRecvError> {
        self.next()
    }

    /// The same, without what `filter` says no to.
    #[must_use]
    pub fn only(mut self, filter: Wanted<T>) -> Self {
        self.filter = Some(filter);
        self
    }

    fn next(&mut self) -> Result<Received<T>, TryRecvError> {
        loop {
            let received = self.tap.state.lock().next()?;
            match (&self.filter, &received) {
                (Some(wants), Received::Item(item)) if !wants(item) => {}
                _ => return Ok(received),
            }
        }
    }

    fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<Received<T>>> {
        // Registered first: what comes while the filter runs wakes it.
        self.tap.state.lock().waker = Some(cx.waker().clone());
        match self.next() {
            Ok(received) => Poll::Ready(Some(received)),
            Err(TryRecvError::Disconnected) => Poll::Ready(None),
            Err(TryRecvError::Empty) => Poll::Pending,
        }
    }
}

impl<T> Stream for TapStream<T> {
    type Item = Received<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Received<T>>> {
        self.get_mut().poll_recv(cx)
    }
}

impl<T> Drop for TapStream<T> {
    fn drop(&mut self) {
        if let Some(from) = self.from.upgrade() {
            from.detach(&self.tap);
        }
    }
}

impl<T> fmt::Debug for TapStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TapStream").field("waiting", &self.tap.state.lock().queue.len()).finish()
    }
}
