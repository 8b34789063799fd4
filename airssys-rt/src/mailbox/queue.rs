use crate::{
    mailbox::{
        Intake, Overflow, Policy,
        inner::{Inner, Wakers, wake},
    },
    sync::{AtomicU8, AtomicU64, Mutex, MutexGuard, Relaxed},
};
use std::{
    collections::VecDeque,
    future::poll_fn,
    mem,
    sync::OnceLock,
    task::{Context, Poll, Waker},
};

/// Up to this capacity room is given back after each message; above, at the end of a batch or when a handler
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

/// Something was queued, or somebody wants the actor to look behind the lock.
const NEWS: u8 = 1;
/// A sender waits for room.
const WAITED: u8 = 2;

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
    /// What has happened since the actor last took what was queued. Written under the lock; without it the actor reads
    /// that there is nothing, and waits. Whatever it misses wakes it: whoever writes `NEWS` does.
    news: AtomicU8,
    /// How many the actor is done with. Only the actor's own task writes it.
    handled: AtomicU64,
    /// The waker of the actor's task, from the first time that it takes what is queued.
    waker: OnceLock<Waker>,
    pub(super) inner: Mutex<Inner<T>>,
}

/// Why an item was not let in, with the item.
pub(crate) enum PushError<T> {
    Full(T),
    Closed(T),
}

/// What the actor has to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken<T> {
    /// To handle this. There may be more in the batch.
    Item(T),
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
            armed: false,
            idle: false,
            open: true,
            kept: false,
            ended: false,
        };
        Mailbox {
            signals: AtomicU8::new(0),
            overflow: policy.overflow(),
            news: AtomicU8::new(NEWS),
            handled: AtomicU64::new(0),
            waker: OnceLock::new(),
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
        if inner.actor.is_none() {
            drop(inner);
            if let Some(waker) = self.waker.get() {
                waker.wake_by_ref();
            }
        } else {
            let actor = inner.actor.clone();
            drop(inner);
            wake(actor.into_iter().collect());
        }
    }

    /// Under the lock.
    #[inline]
    fn tell(&self, news: u8) {
        // Not a read-modify-write: everybody who writes it has the lock.
        self.news.store(self.news.load(Relaxed) | news, Relaxed);
    }

    /// What has been handled is room, unless it is for those who wait already.
    #[inline]
    fn take_room(&self, inner: &mut Inner<T>) {
        if !inner.somebody_waits() {
            inner.done = self.handled.load(Relaxed);
        }
    }

    /// Where nobody waits, nobody is kept out by what is handled already; where somebody would wait, only a small mailbox is so exact.
    #[cold]
    fn finds_room(&self, inner: &mut Inner<T>) -> bool {
        if inner.capacity <= EXACT_CAPACITY || self.overflow != Overflow::Block {
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
    pub(crate) fn push_beyond(&self, item: T) -> Option<T> {
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
        inner.idle = idle && inner.queue.is_empty();
        inner.armed = false; // a message changes nothing
        self.tell(NEWS);
        let quiet = if inner.idle { inner.take_quiet() } else { Wakers::new() };
        drop(inner);
        wake(quiet);
        self.is_signalled()
    }

    /// The rest is over.
    pub(crate) fn rise(&self) {
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
        let mut wakers = Wakers::new();
        if !inner.kept && signal != CHILD {
            wakers = inner.close();
        }
        inner.idle = false;
        inner.armed = false; // woken below
        self.tell(NEWS);
        self.wake_actor(inner);
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
        self.inner.lock().capacity <= EXACT_CAPACITY
    }

    /// For the actor, which has nothing in its hands: takes everything that is queued, or waits.
    #[inline]
    pub(crate) async fn take(&self, intake: &mut Intake<T>) -> Taken<T> {
        poll_fn(|cx| self.poll_take(intake, cx)).await
    }

    #[inline]
    fn poll_take(&self, intake: &mut Intake<T>, cx: &mut Context<'_>) -> Poll<Taken<T>> {
        // Relaxed: what it misses wakes the task, and is seen by its next turn.
        if self.news.load(Relaxed) == 0 && intake.is_known(cx.waker()) {
            return Poll::Pending;
        }
        let mut inner = self.inner.lock();
        inner.done = self.handled.load(Relaxed);
        let admitted = inner.somebody_waits().then(|| inner.admit());
        intake.give_back(KEPT_BUFFER);
        if self.is_signalled() {
            return Poll::Ready(Taken::Signal);
        }
        let Some(item) = intake.swap(&mut inner.queue) else { return self.nothing_queued(inner, intake, cx) };
        self.arm(&mut inner, intake, cx);
        if intake.holds(KEPT_BUFFER) || inner.queue.capacity() > KEPT_BUFFER {
            self.tell(NEWS); // to give it back
        }
        drop(inner);
        if let Some(admitted) = admitted {
            wake(admitted);
        }
        Poll::Ready(Taken::Item(item))
    }

    #[inline]
    fn arm(&self, inner: &mut Inner<T>, intake: &mut Intake<T>, cx: &mut Context<'_>) {
        intake.introduce(&self.waker, &mut inner.actor, cx.waker());
        inner.armed = true;
        let news = match &inner.rare {
            Some(_) if inner.is_watched() => NEWS | WAITED,
            _ if !inner.open => NEWS, // what follows is the end
            _ => 0,
        };
        self.news.store(news, Relaxed);
    }

    fn nothing_queued(
        &self,
        mut inner: MutexGuard<'_, Inner<T>>,
        intake: &mut Intake<T>,
        cx: &mut Context<'_>,
    ) -> Poll<Taken<T>> {
        if !inner.open {
            return Poll::Ready(Taken::Closed);
        }
        let quiet = inner.take_quiet();
        inner.idle = true;
        self.arm(&mut inner, intake, cx);
        if inner.queue.capacity() > KEPT_BUFFER {
            inner.queue = VecDeque::new();
        }
        drop(inner);
        if !quiet.is_empty() {
            wake(quiet);
        }
        Poll::Pending
    }

    /// For an actor that is not in its own task yet: whom a signal wakes meanwhile.
    pub(crate) fn set_waker(&self, waker: Option<&Waker>) {
        let mut inner = self.inner.lock();
        inner.actor = waker.cloned();
        self.tell(NEWS);
    }

    /// For the actor, after each message. `exact`: its room is given to whoever waits for it at once, not at the end of a batch.
    #[inline]
    pub(crate) fn handled(&self, exact: bool) {
        self.count_done(1);
        if exact && self.news.load(Relaxed) & WAITED != 0 {
            self.admit();
        }
    }

    #[inline]
    fn count_done(&self, messages: u64) {
        // Not a read-modify-write: nobody else writes it.
        self.handled.store(self.handled.load(Relaxed) + messages, Relaxed);
    }

    /// For the actor, when a handler waits: nobody should be kept out by what is long handled.
    #[inline]
    pub(crate) fn give_room(&self) {
        // Relaxed: whoever begins to wait wakes the actor after it. Without news, the next sender finds the room itself.
        if self.news.load(Relaxed) != 0 {
            self.admit();
        }
    }

    #[inline(never)]
    fn admit(&self) {
        let mut inner = self.inner.lock();
        inner.done = self.handled.load(Relaxed);
        let admitted = if inner.somebody_waits() { inner.admit() } else { Wakers::new() };
        // It is awake, and looks before it waits.
        inner.armed = false;
        self.news.store(if inner.somebody_waits() { NEWS | WAITED } else { NEWS }, Relaxed);
        drop(inner);
        wake(admitted);
    }

    /// For the actor: takes everything that is queued out of it, never to be handled.
    pub(crate) fn forget(&self) -> VecDeque<T> {
        mem::take(&mut self.inner.lock().queue)
    }

    /// For the actor: so many that it had taken, or that were forgotten, will never be handled.
    pub(crate) fn forgotten(&self, messages: u64) {
        self.count_done(messages);
        self.admit();
    }

    /// Ready when the actor has handled everything and waits, or has ended.
    pub(crate) fn poll_quiet(&self, cx: &mut Context<'_>) -> Poll<()> {
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
    pub(crate) fn end(&self) -> VecDeque<T> {
        let mut inner = self.inner.lock();
        let mut wakers = inner.close();
        inner.ended = true;
        wakers.extend(inner.take_quiet());
        inner.done = self.handled.load(Relaxed);
        let actor = inner.actor.take();
        let rest = mem::take(&mut inner.queue);
        drop(inner);
        drop(actor); // a waker may run foreign code when it is dropped
        wake(wakers);
        rest
    }
}
