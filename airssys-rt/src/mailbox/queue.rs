//! The mailbox: a bounded queue from many senders to one actor, with its stop, kill and shutdown signals.

use crate::{
    mailbox::{
        MailboxPolicy, Overflow,
        state::{AcceptNotice, BlockedSender, MailboxState, add_waker, wake},
    },
    rt,
    sync::{self, AtomicU8, AtomicU64, Mutex, MutexGuard, Relaxed},
};
use std::{
    collections::VecDeque,
    mem,
    sync::OnceLock,
    task::{Context, Poll, Waker},
};

/// Up to this capacity a mailbox gives capacity back after each message; above it, at the end of a batch or when a handler
/// waits. Waking a sender for each message of a large mailbox costs a third of the throughput.
const SMALL_CAPACITY: u32 = 64;

/// The actor must stop after the current message.
const STOP: u8 = 1;
/// The actor must stop now, and give up the current message.
const KILL: u8 = 2;
/// The actor must stop because the system does.
const SHUTDOWN: u8 = 4;
/// A child of the actor has failed, and the actor must fail with it.
const CHILD: u8 = 8;

/// The actor must take the lock before it waits: an item was queued, or another task needs the actor to check its state.
pub(super) const CHECK: u8 = 1;
/// A sender waits for capacity.
pub(super) const SENDER_BLOCKED: u8 = 2;

/// A bounded queue from many senders to one actor.
///
/// * Capacity counts what is queued, and what the actor has taken and not yet handled.
/// * A blocked sender parks its item here, in FIFO order. It gets capacity by its item being moved into the queue. So no sender
///   overtakes another, none is woken in vain, and a sender that gives up holds no capacity. Invariant: while a sender is
///   blocked, there is no free capacity.
/// * After `close` no item is accepted; what is queued can still be taken. After `end` the mailbox is empty.
#[repr(C)] // the order of the fields decides which cache line they are on
pub(crate) struct Mailbox<T, B = ()> {
    /// The number of items that the actor is done with. Only the actor's task writes it, after each message.
    pub(super) handled: AtomicU64,
    /// Written rarely; the actor reads it before each message.
    signals: AtomicU8,
    overflow: Overflow,
    capacity: u32,
    /// Data that the owner stores next to the queue. It has at least 64 bytes and is seldom used, so it keeps the fields that
    /// the actor uses off the cache lines that senders write: on one line they cost four senders on two threads a quarter of the
    /// throughput.
    pub(crate) owner_data: B,
    /// What has happened since the actor last took what was queued. Written under the lock. The actor reads it without the lock,
    /// and waits if no flag is set. An event that this read misses wakes the actor: the code that
    /// sets `CHECK` for an event wakes it as well.
    pub(super) flags: AtomicU8,
    pub(super) state: Mutex<MailboxState<T>>,
    /// The first waker of the actor's task, once the actor or its handler has waited.
    pub(super) waker: OnceLock<Waker>,
}

/// The reason why an item was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAccepted {
    Full,
    Closed,
}

/// The reason why an item was not accepted, with the item.
pub(crate) struct PushError<T> {
    pub(crate) reason: NotAccepted,
    pub(crate) item: T,
}

/// The items and the counts of a mailbox at its end.
pub(crate) struct MailboxEnd<T> {
    /// The items that will never be handled.
    pub(crate) queue: VecDeque<T>,
    /// The number of items that the mailbox accepted.
    pub(crate) accepted: u64,
    /// The number of these that the actor was done with.
    pub(crate) done: u64,
}

impl<T, B> Mailbox<T, B> {
    pub(crate) fn new(policy: MailboxPolicy, owner_data: B) -> Self {
        let state = MailboxState {
            queue: VecDeque::new(),
            waiters: None,
            accepted: 0,
            accept_limit: u64::from(policy.limit()),
            wants_wake: false,
            idle: false,
            open: true,
            supervised: false,
            last_incarnation: false,
            ended: false,
        };
        Mailbox {
            handled: AtomicU64::new(0),
            signals: AtomicU8::new(0),
            overflow: policy.overflow(),
            capacity: policy.limit(),
            owner_data,
            flags: AtomicU8::new(CHECK),
            state: Mutex::new(state),
            waker: OnceLock::new(),
        }
    }

    #[inline]
    pub(crate) fn overflow(&self) -> Overflow {
        self.overflow
    }

    /// Puts `item` in without waiting. Returns the number of items that are queued now.
    #[inline]
    pub(crate) fn try_push(&self, item: T) -> Result<usize, PushError<T>> {
        self.push(sync::lock_contended(&self.state), item)
    }

    /// Puts in what `take` returns, without waiting. `take` is called under the lock, and only if the mailbox accepts the item: the
    /// item is then moved once, and read from memory after the lock has been taken. A caller that has just written it waits for these
    /// writes with the lock; to read it before costs a tell half of its time again.
    #[inline(always)]
    pub(crate) fn try_push_with(&self, take: impl FnOnce() -> T) -> Result<usize, NotAccepted> {
        self.push_with(sync::lock_contended(&self.state), take)
    }

    /// The same for an event, whose sender pushes to many mailboxes. If the lock is taken, then by the actor and briefly, so
    /// the sender does not pause first.
    #[inline(always)]
    pub(crate) fn offer_with(&self, take: impl FnOnce() -> T) -> Result<usize, NotAccepted> {
        self.push_with(self.state.lock(), take)
    }

    #[inline(always)]
    fn push_with(
        &self,
        mut state: MutexGuard<'_, MailboxState<T>>,
        take: impl FnOnce() -> T,
    ) -> Result<usize, NotAccepted> {
        self.check_accepts(&mut state)?;
        Ok(self.insert(state, take()))
    }

    #[inline]
    fn push(&self, mut state: MutexGuard<'_, MailboxState<T>>, item: T) -> Result<usize, PushError<T>> {
        match self.check_accepts(&mut state) {
            Ok(()) => Ok(self.insert(state, item)),
            Err(reason) => Err(PushError { reason, item }),
        }
    }

    /// Whether the mailbox accepts an item now.
    #[inline(always)]
    fn check_accepts(&self, state: &mut MailboxState<T>) -> Result<(), NotAccepted> {
        if !state.open {
            return Err(NotAccepted::Closed);
        }
        if state.wants_wake {
            // The actor may wait since then, and has not updated the limit by what it has handled.
            self.reclaim_capacity(state);
        }
        if !state.has_capacity() && !self.finds_capacity(state) {
            return Err(NotAccepted::Full);
        }
        Ok(())
    }

    /// Accepts an item and wakes the actor if it must. Returns the number of items that are queued now.
    #[inline(always)]
    fn insert(&self, mut state: MutexGuard<'_, MailboxState<T>>, item: T) -> usize {
        let wakes = self.accept(&mut state, item);
        let queued = state.queue.len();
        if wakes {
            self.wake_actor(state);
        }
        queued
    }

    /// Accepts an item. Returns whether the caller must wake the actor.
    #[inline]
    #[must_use]
    fn accept(&self, state: &mut MailboxState<T>, item: T) -> bool {
        state.queue.push_back(item);
        state.accepted += 1;
        self.claim_wake(state)
    }

    /// Makes the actor take the lock before it waits. Returns whether the caller must wake it, since it may wait already.
    #[inline]
    #[must_use]
    fn claim_wake(&self, state: &mut MailboxState<T>) -> bool {
        state.idle = false;
        let wakes = mem::replace(&mut state.wants_wake, false);
        if wakes {
            self.set_flags(CHECK);
        }
        wakes
    }

    /// Wakes the actor, whatever it waits for.
    #[cold]
    pub(crate) fn wake(&self) {
        self.wake_actor(self.state.lock());
    }

    /// Releases the lock, then wakes the actor: a runtime may wake a thread for it, which takes time, and the actor on that
    /// thread would find the lock taken.
    #[inline]
    fn wake_actor(&self, state: MutexGuard<'_, MailboxState<T>>) {
        if let Some(waker) = state.substitute_waker() {
            let waker = waker.clone();
            drop(state);
            rt::wake_each([waker]);
        } else {
            drop(state);
            if let Some(waker) = self.waker.get() {
                waker.wake_by_ref();
            }
        }
    }

    /// Sets flags. The caller holds the lock.
    #[inline]
    pub(super) fn set_flags(&self, flags: u8) {
        // Not a read-modify-write: each writer holds the lock.
        self.flags.store(self.flags.load(Relaxed) | flags, Relaxed);
    }

    /// Reclaims the capacity of handled items, unless it belongs to blocked senders.
    #[inline]
    fn reclaim_capacity(&self, state: &mut MailboxState<T>) {
        if !state.has_blocked_senders() {
            self.update_accept_limit(state);
        }
    }

    /// Counts the capacity of handled items as free.
    #[inline]
    pub(super) fn update_accept_limit(&self, state: &mut MailboxState<T>) {
        state.accept_limit = self.handled.load(Relaxed) + u64::from(self.capacity);
    }

    /// Whether there is capacity once handled items are counted. With [`Overflow::Block`] only a small mailbox counts them here: in a
    /// large one the sender waits. Where no sender waits, handled items never keep one out.
    #[cold]
    fn finds_capacity(&self, state: &mut MailboxState<T>) -> bool {
        if self.capacity <= SMALL_CAPACITY || self.overflow != Overflow::Block {
            self.reclaim_capacity(state);
        }
        state.has_capacity()
    }

    /// Accepts the item and returns the notice of its sender, or parks it and returns a ticket for it. A closed mailbox gives the
    /// item back.
    pub(super) fn push_or_block(
        &self,
        item: T,
        sender: BlockedSender,
    ) -> Result<Result<Option<AcceptNotice>, u64>, T> {
        let mut state = self.state.lock();
        if !state.open {
            return Err(item);
        }
        // Capacity may have become free since `try_push` released the lock.
        if state.has_capacity() {
            if self.accept(&mut state, item) {
                self.wake_actor(state);
            }
            return Ok(Ok(sender.into_notice()));
        }
        let ticket = state.block(item, sender);
        self.set_flags(CHECK | SENDER_BLOCKED);
        state.wants_wake = false;
        // It may have handled an item without knowing that a sender waits for its capacity.
        self.wake_actor(state);
        Ok(Err(ticket))
    }

    /// Puts `item` in, beyond the capacity if need be. A closed mailbox gives the item back.
    pub(crate) fn push_beyond_capacity(&self, item: T) -> Option<T> {
        let mut state = self.state.lock();
        if !state.open {
            return Some(item);
        }
        if self.accept(&mut state, item) {
            self.wake_actor(state);
        }
        None
    }

    /// Accepts nothing more. What is queued is handled; blocked senders get their items back.
    pub(crate) fn close(&self) {
        let mut state = self.state.lock();
        let wakers = state.close();
        self.set_flags(CHECK);
        if self.claim_wake(&mut state) {
            self.wake_actor(state);
        } else {
            drop(state);
        }
        wake(wakers);
    }

    /// Makes signals leave the mailbox open: what is queued may be for the next incarnation.
    pub(crate) fn set_supervised(&self) {
        self.state.lock().supervised = true;
    }

    pub(crate) fn is_supervised(&self) -> bool {
        self.state.lock().supervised
    }

    /// Makes the next signal close the mailbox, although the actor is supervised.
    pub(crate) fn set_last_incarnation(&self) {
        self.state.lock().last_incarnation = true;
    }

    /// Opens the mailbox again, if another incarnation follows, and clears the signals.
    pub(crate) fn reopen(&self) {
        let mut state = self.state.lock();
        state.open = !state.last_incarnation;
        self.signals.store(0, Relaxed);
    }

    /// Sets the waker that a signal wakes between two incarnations. Returns whether a signal is set.
    ///
    /// With `idle` the actor has no message taken, so it counts as idle unless an item is queued.
    pub(crate) fn poll_between_incarnations(&self, waker: &Waker, idle: bool) -> bool {
        let mut state = self.state.lock();
        let before = state.set_substitute_waker(Some(waker.clone()));
        state.idle = idle && state.queue.is_empty();
        state.wants_wake = false; // a message changes nothing
        self.set_flags(CHECK);
        // Also if it is not idle: a shutdown does not wait for messages that no incarnation can handle in time.
        let idle_waiters = state.take_idle_waiters();
        drop(state);
        drop(before);
        rt::wake_each(idle_waiters);
        self.is_signalled()
    }

    /// Ends the time between two incarnations.
    pub(crate) fn begin_incarnation(&self) {
        self.state.lock().idle = false;
    }

    /// Tells the actor that a child has failed.
    pub(crate) fn child_failed(&self) {
        self.signal(CHILD);
    }

    /// Clears the signal that a child has failed, if no other signal is set. Returns whether it was set.
    pub(crate) fn take_child_failed(&self) -> bool {
        self.signals.compare_exchange(CHILD, 0, Relaxed, Relaxed).is_ok()
    }

    /// Closes the mailbox, and tells the actor to stop after the current message.
    pub(crate) fn stop(&self) {
        self.signal(STOP);
    }

    /// Closes the mailbox, and tells the actor to give up the current message.
    pub(crate) fn kill(&self) {
        self.signal(KILL);
    }

    /// Like `stop`, because the system stops.
    pub(crate) fn shut_down(&self) {
        self.signal(STOP | SHUTDOWN);
    }

    fn signal(&self, signal: u8) {
        let mut state = self.state.lock();
        // Relaxed: the actor is awake and reads it before its next message, or is woken after this.
        self.signals.fetch_or(signal, Relaxed);
        let wakers = if state.survives_signals() || signal == CHILD { None } else { state.close() };
        state.idle = false;
        state.wants_wake = false; // woken below
        self.set_flags(CHECK);
        self.wake_actor(state);
        wake(wakers);
    }

    /// Like `stop`, for the actor itself while it handles a message: it need not be woken.
    pub(crate) fn stop_after_this(&self) {
        let mut state = self.state.lock();
        self.signals.fetch_or(STOP, Relaxed);
        let wakers = if state.survives_signals() { None } else { state.close() };
        state.wants_wake = false;
        self.set_flags(CHECK);
        drop(state);
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

    /// Whether the actor must stop, by a stop, a kill or a shutdown.
    pub(crate) fn is_stopped(&self) -> bool {
        self.signals.load(Relaxed) & (STOP | KILL) != 0
    }

    /// Whether the actor is done with all accepted items.
    pub(crate) fn is_drained(&self) -> bool {
        let (accepted, done) = self.progress();
        accepted == done
    }

    pub(crate) fn is_shut_down(&self) -> bool {
        self.signals.load(Relaxed) & SHUTDOWN != 0
    }

    pub(crate) fn is_open(&self) -> bool {
        self.state.lock().open
    }

    /// The number of items accepted, and how many of these the actor is done with.
    pub(crate) fn progress(&self) -> (u64, u64) {
        let state = self.state.lock();
        (state.accepted, self.handled.load(Relaxed))
    }

    /// Whether the actor gives capacity back after each message.
    pub(crate) fn is_small(&self) -> bool {
        self.capacity <= SMALL_CAPACITY
    }

    /// Sets the waker that a signal wakes while the actor is not in its own task.
    pub(crate) fn set_waker(&self, waker: Option<&Waker>) {
        let mut state = self.state.lock();
        let before = state.set_substitute_waker(waker.cloned());
        self.set_flags(CHECK);
        drop(state);
        drop(before);
    }

    /// Ready when the actor has handled everything and waits, or has ended.
    pub(crate) fn poll_idle(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock();
        if state.idle || state.ended {
            return Poll::Ready(());
        }
        add_waker(&mut state.waiters().idle, cx.waker());
        if self.claim_wake(&mut state) {
            self.wake_actor(state); // it may wait already without having set `idle`
        }
        Poll::Pending
    }

    /// Closes the mailbox and takes everything that is left. What the actor had taken counts as done. Blocked senders get their
    /// items back.
    pub(crate) fn end(&self) -> MailboxEnd<T> {
        let mut state = self.state.lock();
        state.ended = true;
        let (wakers, idle_waiters) = (state.close(), state.take_idle_waiters());
        let substitute = state.set_substitute_waker(None);
        self.update_accept_limit(&mut state);
        let rest = MailboxEnd {
            queue: mem::take(&mut state.queue),
            accepted: state.accepted,
            done: self.handled.load(Relaxed),
        };
        drop(state);
        drop(substitute);
        wake(wakers);
        if !idle_waiters.is_empty() {
            rt::wake_each(idle_waiters);
        }
        rest
    }
}
