use crate::{
    mailbox::{
        Overflow, Policy,
        inner::{Inner, wake, wake_each},
    },
    sync::{self, AtomicU8, AtomicU64, Mutex, MutexGuard, Relaxed},
};
use std::{
    collections::VecDeque,
    mem,
    sync::OnceLock,
    task::{Context, Poll, Waker},
};

/// Up to this capacity room is given back after each message; above, at the end of a batch or when a handler
/// waits. Waking a sender for every message of a large mailbox costs a third of the throughput.
const EXACT_CAPACITY: u32 = 64;

/// The actor is to stop: finish the current message, handle no more.
const STOP: u8 = 1;
/// The actor is to stop now: give up the current message as well.
const KILL: u8 = 2;
/// The actor is to stop because the system does.
const SHUTDOWN: u8 = 4;
/// A child of the actor has failed, and the actor is to fail with it.
const CHILD: u8 = 8;

/// Something was queued, or somebody wants the actor to look behind the lock.
pub(super) const NEWS: u8 = 1;
/// A sender waits for room.
pub(super) const WAITED: u8 = 2;

/// A bounded queue of many senders and one actor.
///
/// * Capacity counts what is queued and what the actor has taken but not yet handled.
/// * A sender that waits parks its message here, in order. Room is given by moving the message into the queue,
///   so nobody overtakes, nobody is woken in vain, and a sender that gives up holds no room. Invariant: while
///   somebody waits there is no room.
/// * After `close` nothing gets in; what is queued can still be drained. After `end` nothing is left.
#[repr(C)] // the order of the fields is what they are worth
pub(crate) struct Mailbox<T, B = ()> {
    /// How many the actor is done with. Only the actor's own task writes it, after each message.
    pub(super) handled: AtomicU64,
    /// Written rarely; the actor reads it before each message.
    signals: AtomicU8,
    overflow: Overflow,
    capacity: u32,
    /// What the owner keeps here. At 64 bytes and seldom used, it keeps what the actor works with off the cache lines that
    /// senders write: in one line they cost four senders on two threads a quarter of the throughput.
    pub(crate) beside: B,
    /// What has happened since the actor last took what was queued. Written under the lock; without it the actor reads
    /// that there is nothing, and waits. Whatever it misses wakes it: whoever writes `NEWS` does.
    pub(super) news: AtomicU8,
    pub(super) inner: Mutex<Inner<T>>,
    /// The waker of the actor's task, from the first time that it takes what is queued.
    pub(super) waker: OnceLock<Waker>,
}

/// Why an item was not let in, with the item.
pub(crate) enum PushError<T> {
    Full(T),
    Closed(T),
}

/// What an actor leaves behind.
pub(crate) struct Remaining<T> {
    /// Will never be handled.
    pub(crate) queue: VecDeque<T>,
    /// How many its mailbox let in, ever.
    pub(crate) accepted: u64,
    /// How many of these it was done with.
    pub(crate) done: u64,
}

impl<T, B> Mailbox<T, B> {
    pub(crate) fn new(policy: Policy, beside: B) -> Self {
        let inner = Inner {
            queue: VecDeque::new(),
            rare: None,
            accepted: 0,
            until: u64::from(policy.limit()),
            armed: false,
            idle: false,
            open: true,
            kept: false,
            ended: false,
        };
        Mailbox {
            handled: AtomicU64::new(0),
            signals: AtomicU8::new(0),
            overflow: policy.overflow(),
            capacity: policy.limit(),
            beside,
            news: AtomicU8::new(NEWS),
            inner: Mutex::new(inner),
            waker: OnceLock::new(),
        }
    }

    #[inline]
    pub(crate) fn overflow(&self) -> Overflow {
        self.overflow
    }

    /// Puts `item` in, without waiting. Returns how many are queued now.
    #[inline]
    pub(crate) fn try_push(&self, item: T) -> Result<usize, PushError<T>> {
        self.push(sync::lock_in_turn(&self.inner), item)
    }

    /// The same, for who has many others to go to. Where the lock is taken, it is so by the actor, for a moment.
    #[inline]
    pub(crate) fn offer(&self, item: T) -> Result<usize, PushError<T>> {
        self.push(self.inner.lock(), item)
    }

    #[inline]
    fn push(&self, mut inner: MutexGuard<'_, Inner<T>>, item: T) -> Result<usize, PushError<T>> {
        if !inner.open {
            return Err(PushError::Closed(item));
        }
        if inner.armed {
            // The actor may wait since, and has not said what it has handled.
            self.take_room(&mut inner);
        }
        if !inner.has_room() && !self.finds_room(&mut inner) {
            return Err(PushError::Full(item));
        }
        let wakes = self.accept(&mut inner, item);
        let queued = inner.queue.len();
        if wakes {
            self.wake_actor(inner);
        }
        Ok(queued)
    }

    /// Whether the actor is to be woken.
    #[inline]
    #[must_use]
    fn accept(&self, inner: &mut Inner<T>, item: T) -> bool {
        inner.queue.push_back(item);
        inner.accepted += 1;
        self.call(inner)
    }

    /// The actor is to look behind the lock before it waits. Whether it is to be woken, since it may wait already.
    #[inline]
    #[must_use]
    fn call(&self, inner: &mut Inner<T>) -> bool {
        inner.idle = false;
        let armed = mem::replace(&mut inner.armed, false);
        if armed {
            self.tell(NEWS);
        }
        armed
    }

    /// After the lock: a runtime may wake a thread for it, which takes time, and the actor would meet the lock.
    #[inline]
    fn wake_actor(&self, inner: MutexGuard<'_, Inner<T>>) {
        if let Some(other) = inner.other() {
            let other = other.clone();
            drop(inner);
            wake_each([other]);
        } else {
            drop(inner);
            if let Some(waker) = self.waker.get() {
                waker.wake_by_ref();
            }
        }
    }

    /// Under the lock.
    #[inline]
    pub(super) fn tell(&self, news: u8) {
        // Not a read-modify-write: everybody who writes it has the lock.
        self.news.store(self.news.load(Relaxed) | news, Relaxed);
    }

    /// What has been handled is room, unless it is for those who wait already.
    #[inline]
    fn take_room(&self, inner: &mut Inner<T>) {
        if !inner.somebody_waits() {
            self.count_room(inner);
        }
    }

    #[inline]
    pub(super) fn count_room(&self, inner: &mut Inner<T>) {
        inner.until = self.handled.load(Relaxed) + u64::from(self.capacity);
    }

    /// Where nobody waits, nobody is kept out by what is handled already; where somebody would wait, only a small mailbox is so exact.
    #[cold]
    fn finds_room(&self, inner: &mut Inner<T>) -> bool {
        if self.capacity <= EXACT_CAPACITY || self.overflow != Overflow::Block {
            self.take_room(inner);
        }
        inner.has_room()
    }

    /// The item, if it does not have to wait. Else the sender has a ticket to ask with.
    pub(super) fn push_or_block(&self, item: T, waker: Waker) -> Result<Result<(), u64>, T> {
        let mut inner = self.inner.lock();
        if !inner.open {
            return Err(item);
        }
        // Since `try_push` let go of the lock room may have come.
        if inner.has_room() {
            if self.accept(&mut inner, item) {
                self.wake_actor(inner);
            }
            return Ok(Ok(()));
        }
        let ticket = inner.block(item, waker);
        self.tell(NEWS | WAITED);
        inner.armed = false;
        // It may have handled something, and not have heard that somebody waits for that.
        self.wake_actor(inner);
        Ok(Err(ticket))
    }

    /// Puts `item` in whether or not there is room; the item comes back from a closed mailbox.
    pub(crate) fn push_beyond_capacity(&self, item: T) -> Option<T> {
        let mut inner = self.inner.lock();
        if !inner.open {
            return Some(item);
        }
        if self.accept(&mut inner, item) {
            self.wake_actor(inner);
        }
        None
    }

    /// Lets nothing more in. What is queued is handled; senders that wait have their message back.
    pub(crate) fn close(&self) {
        let mut inner = self.inner.lock();
        let wakers = inner.close();
        self.tell(NEWS);
        if self.call(&mut inner) {
            self.wake_actor(inner);
        } else {
            drop(inner);
        }
        wake(wakers);
    }

    /// From now on a signal leaves it open: what is queued may be for another incarnation.
    pub(crate) fn set_supervised(&self) {
        self.inner.lock().kept = true;
    }

    pub(crate) fn is_supervised(&self) -> bool {
        self.inner.lock().kept
    }

    /// Open again, after whatever has closed it or signalled its actor.
    pub(crate) fn reopen(&self) {
        let mut inner = self.inner.lock();
        inner.open = true;
        self.signals.store(0, Relaxed);
    }

    /// For an actor between two incarnations: whom a signal wakes meanwhile. Returns whether there is one. `idle`: it has
    /// nothing in its hands, so unless something is queued all is quiet here.
    pub(crate) fn poll_between_incarnations(&self, waker: &Waker, idle: bool) -> bool {
        let mut inner = self.inner.lock();
        let before = inner.set_other(Some(waker.clone()));
        inner.idle = idle && inner.queue.is_empty();
        inner.armed = false; // a message changes nothing
        self.tell(NEWS);
        let quiet = if inner.idle { inner.take_quiet() } else { Vec::new() };
        drop(inner);
        drop(before);
        wake_each(quiet);
        self.is_signalled()
    }

    /// The rest is over.
    pub(crate) fn begin_incarnation(&self) {
        self.inner.lock().idle = false;
    }

    /// Tells the actor that a child has failed.
    pub(crate) fn child_failed(&self) {
        self.signal(CHILD);
    }

    /// Whether a child has failed, and nothing worse has happened. The signal is over.
    pub(crate) fn take_child_failed(&self) -> bool {
        self.signals.compare_exchange(CHILD, 0, Relaxed, Relaxed).is_ok()
    }

    /// Closes, and tells the actor to handle no more than the current message.
    pub(crate) fn stop(&self) {
        self.signal(STOP);
    }

    /// Closes, and tells the actor to give up the current message.
    pub(crate) fn kill(&self) {
        self.signal(KILL);
    }

    /// As `stop`, because the system stops.
    pub(crate) fn shut_down(&self) {
        self.signal(STOP | SHUTDOWN);
    }

    fn signal(&self, signal: u8) {
        let mut inner = self.inner.lock();
        // Relaxed: the actor either is awake and reads it before its next message, or is woken after it.
        self.signals.fetch_or(signal, Relaxed);
        let wakers = if inner.kept || signal == CHILD { None } else { inner.close() };
        inner.idle = false;
        inner.armed = false; // woken below
        self.tell(NEWS);
        self.wake_actor(inner);
        wake(wakers);
    }

    /// As `stop`, for the actor itself, while it handles a message: it need not be woken.
    pub(crate) fn stop_after_this(&self) {
        let mut inner = self.inner.lock();
        self.signals.fetch_or(STOP, Relaxed);
        let wakers = if inner.kept { None } else { inner.close() };
        inner.armed = false;
        self.tell(NEWS);
        drop(inner);
        wake(wakers);
    }

    #[inline]
    pub(crate) fn is_signalled(&self) -> bool {
        self.signals.load(Relaxed) != 0
    }

    #[inline]
    pub(crate) fn is_killed(&self) -> bool {
        self.signals.load(Relaxed) & KILL != 0
    }

    /// Whether its actor is to stop, in whatever way.
    pub(crate) fn is_stopped(&self) -> bool {
        self.signals.load(Relaxed) & (STOP | KILL) != 0
    }

    /// Whether its actor has handled everything.
    pub(crate) fn is_drained(&self) -> bool {
        let (accepted, done) = self.progress();
        accepted == done
    }

    pub(crate) fn is_shut_down(&self) -> bool {
        self.signals.load(Relaxed) & SHUTDOWN != 0
    }

    pub(crate) fn is_open(&self) -> bool {
        self.inner.lock().open
    }

    /// How many were let in, ever, and how many of these the actor is done with.
    pub(crate) fn progress(&self) -> (u64, u64) {
        let inner = self.inner.lock();
        (inner.accepted, self.handled.load(Relaxed))
    }

    /// Whether the actor gives room back after each message.
    pub(crate) fn is_exact(&self) -> bool {
        self.capacity <= EXACT_CAPACITY
    }

    /// For an actor that is not in its own task yet: whom a signal wakes meanwhile.
    pub(crate) fn set_waker(&self, waker: Option<&Waker>) {
        let mut inner = self.inner.lock();
        let before = inner.set_other(waker.cloned());
        self.tell(NEWS);
        drop(inner);
        drop(before);
    }

    /// Ready when the actor has handled everything and waits, or has ended.
    pub(crate) fn poll_idle(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.inner.lock();
        if inner.idle || inner.ended {
            return Poll::Ready(());
        }
        let quiet = &mut inner.rare().quiet;
        if !quiet.iter().any(|other| other.will_wake(cx.waker())) {
            quiet.push(cx.waker().clone());
        }
        if self.call(&mut inner) {
            self.wake_actor(inner); // it may wait already, and not have said so
        }
        Poll::Pending
    }

    /// Closes and takes everything that is left; what the actor had taken counts as done. Senders that wait have
    /// their message back.
    pub(crate) fn end(&self) -> Remaining<T> {
        let mut inner = self.inner.lock();
        inner.ended = true;
        let (wakers, quiet, other) = (inner.close(), inner.take_quiet(), inner.set_other(None));
        self.count_room(&mut inner);
        let rest = Remaining {
            queue: mem::take(&mut inner.queue),
            accepted: inner.accepted,
            done: self.handled.load(Relaxed),
        };
        drop(inner);
        drop(other);
        wake(wakers);
        if !quiet.is_empty() {
            wake_each(quiet);
        }
        rest
    }
}
