use crate::{
    mailbox::{
        Overflow, Policy,
        inner::{Inner, Wakers, wake},
    },
    sync::{AtomicU8, AtomicU32, Mutex, MutexGuard, Relaxed},
};
use std::{
    collections::VecDeque,
    future::poll_fn,
    mem,
    task::{Context, Poll, Waker},
};

/// Up to this capacity room is announced after each message; above, at the end of a batch or when a handler
/// waits. Waking a sender for every message of a large mailbox costs a third of the throughput.
const EXACT_CAPACITY: u32 = 64;

/// A buffer for more messages than this is given back once they are handled.
const KEPT_BUFFER: usize = 1024;

/// The actor is to stop: finish the current message, handle no more.
const STOP: u8 = 1;
/// The actor is to stop now: give up the current message as well.
const KILL: u8 = 2;
/// The actor is to stop because the system does.
const SHUTDOWN: u8 = 4;
/// A child of the actor has failed, and the actor is to fail with it.
const CHILD: u8 = 8;

/// A bounded queue of many senders and one actor.
///
/// * Capacity counts what is queued and what the actor has taken but not yet handled.
/// * A sender that waits parks its message here, in order. Room is given by moving the message into the queue,
///   so nobody overtakes, nobody is woken in vain, and a sender that gives up holds no room. Invariant: while
///   somebody waits there is no room.
/// * After `close` nothing gets in; what is queued can still be drained. After `end` nothing is left.
pub(crate) struct Mailbox<T> {
    /// Written rarely; the actor reads it before each message.
    signals: AtomicU8,
    overflow: Overflow,
    /// Handled since room was last announced. Only the actor's own task writes it.
    unannounced: AtomicU32,
    pub(super) inner: Mutex<Inner<T>>,
}

/// Why an item was not let in, with the item.
pub(crate) enum PushError<T> {
    Full(T),
    Closed(T),
}

/// What the actor has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The batch has something in it.
    Batch,
    /// A signal is set.
    Signal,
    /// Closed, and nothing is left.
    Closed,
}

impl<T> Mailbox<T> {
    pub(crate) fn new(policy: Policy) -> Self {
        let inner = Inner {
            queue: VecDeque::new(),
            actor: None,
            rare: None,
            accepted: 0,
            done: 0,
            capacity: policy.limit(),
            parked: false,
            open: true,
            kept: false,
            ended: false,
        };
        Mailbox {
            signals: AtomicU8::new(0),
            overflow: policy.overflow(),
            unannounced: AtomicU32::new(0),
            inner: Mutex::new(inner),
        }
    }

    #[inline]
    pub(crate) fn overflow(&self) -> Overflow {
        self.overflow
    }

    /// Puts `item` in, without waiting. Returns how many are queued now.
    #[inline]
    pub(crate) fn try_push(&self, item: T) -> Result<usize, PushError<T>> {
        let mut inner = self.inner.lock();
        if !inner.open {
            return Err(PushError::Closed(item));
        }
        if !inner.has_room() {
            return Err(PushError::Full(item));
        }
        inner.accept(item);
        Ok(inner.queue.len())
    }

    /// Puts `item` in whether or not there is room; the item comes back from a closed mailbox.
    pub(crate) fn push_beyond(&self, item: T) -> Option<T> {
        let mut inner = self.inner.lock();
        if !inner.open {
            return Some(item);
        }
        inner.accept(item);
        None
    }

    /// Lets nothing more in. What is queued is handled; senders that wait have their message back.
    pub(crate) fn close(&self) {
        let wakers = self.inner.lock().close();
        wake(wakers);
    }

    /// From now on a signal leaves it open: what is queued may be for another incarnation.
    pub(crate) fn keep(&self) {
        self.inner.lock().kept = true;
    }

    pub(crate) fn is_kept(&self) -> bool {
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
    pub(crate) fn rest(&self, waker: &Waker, idle: bool) -> bool {
        let mut inner = self.inner.lock();
        inner.actor = Some(waker.clone());
        inner.parked = idle && inner.queue.is_empty();
        let quiet = if inner.parked { inner.take_quiet() } else { Wakers::new() };
        drop(inner);
        wake(quiet);
        self.is_signalled()
    }

    /// The rest is over.
    pub(crate) fn rise(&self) {
        self.inner.lock().parked = false;
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
        let mut wakers = Wakers::new();
        if !inner.kept && signal != CHILD {
            wakers = inner.close();
        }
        inner.parked = false; // woken below
        wakers.extend(inner.actor.clone());
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

    /// Whether its actor waits for a message.
    pub(crate) fn is_parked(&self) -> bool {
        self.inner.lock().parked
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
        (inner.accepted, inner.done + u64::from(self.unannounced.load(Relaxed)))
    }

    /// How many messages the actor handles before it announces their room.
    pub(crate) fn quantum(&self) -> u32 {
        let capacity = self.inner.lock().capacity;
        if capacity <= EXACT_CAPACITY { 1 } else { capacity }
    }

    /// For the actor: takes everything that is queued into `batch`, which is empty, or waits.
    #[inline]
    pub(crate) async fn drain(&self, batch: &mut VecDeque<T>) -> Taken {
        poll_fn(|cx| self.poll_drain(batch, cx)).await
    }

    #[inline]
    fn poll_drain(&self, batch: &mut VecDeque<T>, cx: &mut Context<'_>) -> Poll<Taken> {
        let handled = self.take_unannounced();
        let mut inner = self.inner.lock();
        inner.done += u64::from(handled);
        let admitted = inner.somebody_waits().then(|| inner.admit());
        if batch.capacity() > KEPT_BUFFER {
            *batch = VecDeque::new();
        }
        if inner.queue.is_empty() {
            return self.nothing_queued(inner, cx);
        }
        if inner.actor.is_none() {
            inner.actor = Some(cx.waker().clone()); // whoever kills the actor wakes it
        }
        mem::swap(&mut inner.queue, batch);
        drop(inner);
        if let Some(admitted) = admitted {
            wake(admitted);
        }
        Poll::Ready(Taken::Batch)
    }

    fn nothing_queued(&self, mut inner: MutexGuard<'_, Inner<T>>, cx: &mut Context<'_>) -> Poll<Taken> {
        if self.is_signalled() {
            return Poll::Ready(Taken::Signal);
        }
        if !inner.open {
            return Poll::Ready(Taken::Closed);
        }
        match &mut inner.actor {
            Some(waker) if waker.will_wake(cx.waker()) => {}
            other => *other = Some(cx.waker().clone()),
        }
        inner.parked = true;
        if inner.queue.capacity() > KEPT_BUFFER {
            inner.queue = VecDeque::new();
        }
        if inner.rare.is_some() {
            let quiet = inner.take_quiet();
            drop(inner);
            wake(quiet);
        }
        Poll::Pending
    }

    /// For an actor that is not in its own task yet: whom a signal wakes meanwhile.
    pub(crate) fn set_waker(&self, waker: Option<&Waker>) {
        self.inner.lock().actor = waker.cloned();
    }

    fn take_unannounced(&self) -> u32 {
        // Not a read-modify-write: nobody else writes it.
        let handled = self.unannounced.load(Relaxed);
        self.unannounced.store(0, Relaxed);
        handled
    }

    /// For the actor, after each message. Announces room in steps of `quantum`, so that the lock is not taken for
    /// each message.
    #[inline]
    pub(crate) fn handled(&self, quantum: u32) {
        let handled = self.unannounced.load(Relaxed) + 1;
        self.unannounced.store(handled, Relaxed);
        if handled >= quantum {
            self.announce();
        }
    }

    /// For the actor, when a handler waits: nobody should be kept out by what is long handled.
    #[inline]
    pub(crate) fn pause(&self) {
        if self.unannounced.load(Relaxed) != 0 {
            self.announce();
        }
    }

    #[inline(never)]
    fn announce(&self) {
        let handled = self.take_unannounced();
        let mut inner = self.inner.lock();
        inner.done += u64::from(handled);
        if inner.somebody_waits() {
            let admitted = inner.admit();
            drop(inner);
            wake(admitted);
        }
    }

    /// For the actor: takes everything that is queued out of it, never to be handled.
    pub(crate) fn forget(&self) -> VecDeque<T> {
        mem::take(&mut self.inner.lock().queue)
    }

    /// For the actor: so many that it had taken, or that were forgotten, will never be handled.
    pub(crate) fn forgotten(&self, messages: u64) {
        self.inner.lock().done += messages;
        self.announce();
    }

    /// Ready when the actor has handled everything and waits, or has ended.
    pub(crate) fn poll_quiet(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.inner.lock();
        if inner.parked || inner.ended {
            return Poll::Ready(());
        }
        let quiet = &mut inner.rare().quiet;
        if !quiet.iter().any(|other| other.will_wake(cx.waker())) {
            quiet.push(cx.waker().clone());
        }
        Poll::Pending
    }

    /// Closes and takes everything that is left; what the actor had taken counts as done. Senders that wait have
    /// their message back.
    pub(crate) fn end(&self) -> VecDeque<T> {
        let handled = self.take_unannounced();
        let mut inner = self.inner.lock();
        let mut wakers = inner.close();
        inner.ended = true;
        wakers.extend(inner.take_quiet());
        inner.done += u64::from(handled);
        let actor = inner.actor.take();
        let rest = mem::take(&mut inner.queue);
        drop(inner);
        drop(actor); // a waker may run foreign code when it is dropped
        wake(wakers);
        rest
    }
}
