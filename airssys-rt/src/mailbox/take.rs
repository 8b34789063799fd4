//! The actor's side of its mailbox: takes a batch or waits, counts handled messages, frees capacity for senders.

use crate::{
    mailbox::{
        Batch, Mailbox,
        batch::keep_waker,
        queue::{CHECK, SENDER_BLOCKED},
        state::{MailboxState, tell_admitted},
    },
    rt,
    sync::{MutexGuard, Relaxed},
};
use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    mem,
    task::{Context, Poll, Waker},
};

/// A buffer for more messages than this is freed once they are handled.
const KEPT_BUFFER: usize = 1024;

/// What the actor must do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TakeResult<T> {
    /// Handle this item. There may be more in the batch.
    Item(T),
    /// Read the signals: one is set.
    Signal,
    /// End: the mailbox is closed and empty.
    Closed,
}

impl<T, B> Mailbox<T, B> {
    /// Takes everything that is queued, or waits. For an actor that has handled everything it took.
    // No `async fn`: its future would hold the arguments twice.
    #[inline]
    pub(crate) fn take<'a>(&'a self, batch: &'a mut Batch<T>) -> impl Future<Output = TakeResult<T>> + 'a {
        poll_fn(move |cx| self.poll_take(batch, cx))
    }

    #[inline]
    fn poll_take(&self, batch: &mut Batch<T>, cx: &mut Context<'_>) -> Poll<TakeResult<T>> {
        // Relaxed: an event that this load misses wakes the task, whose next poll observes it.
        if self.flags.load(Relaxed) == 0 && batch.has_waker(cx.waker()) {
            return Poll::Pending;
        }
        let mut state = self.state.lock();
        if self.is_signalled() {
            return Poll::Ready(TakeResult::Signal); // what follows accepts or refuses blocked senders
        }
        self.update_accept_limit(&mut state);
        let admitted = if state.has_blocked_senders() { Some(state.admit_blocked()) } else { None };
        batch.free_buffer_over(KEPT_BUFFER);
        let Some(item) = batch.refill(&mut state.queue) else { return self.poll_empty(state, batch, cx) };
        // Before the actor has waited for the first time the flags stay set: it takes the lock before it waits, or before its
        // handler does. So an actor that ends with its first messages needs no waker.
        if !batch.has_no_waker() {
            self.request_wake(&mut state, batch, cx);
        }
        if batch.has_buffer_over(KEPT_BUFFER) || state.queue.capacity() > KEPT_BUFFER {
            self.set_flags(CHECK); // to free the buffer
        }
        drop(state);
        tell_admitted(admitted);
        Poll::Ready(TakeResult::Item(item))
    }

    /// Lets the next event wake the actor.
    #[inline]
    fn request_wake(&self, state: &mut MailboxState<T>, batch: &mut Batch<T>, cx: &mut Context<'_>) {
        if batch.register_waker(&self.waker, cx.waker()) {
            if state.substitute_waker().is_some() {
                state.set_substitute_waker(None);
            }
        } else {
            state.set_substitute_waker(Some(cx.waker().clone()));
        }
        state.wants_wake = true;
        let flags = match &state.waiters {
            Some(_) if state.has_waiters() => CHECK | SENDER_BLOCKED,
            _ if !state.open => CHECK, // what follows is the end
            _ => 0,
        };
        self.flags.store(flags, Relaxed);
    }

    fn poll_empty(
        &self,
        mut state: MutexGuard<'_, MailboxState<T>>,
        batch: &mut Batch<T>,
        cx: &mut Context<'_>,
    ) -> Poll<TakeResult<T>> {
        if !state.open {
            return Poll::Ready(TakeResult::Closed);
        }
        let idle_waiters = state.take_idle_waiters();
        state.idle = true;
        self.request_wake(&mut state, batch, cx);
        if state.queue.capacity() > KEPT_BUFFER {
            state.queue = VecDeque::new();
        }
        drop(state);
        if !idle_waiters.is_empty() {
            rt::wake_each(idle_waiters);
        }
        Poll::Pending
    }

    /// Counts a message as handled. With `release` its capacity goes to a blocked sender at once, not at the end of the batch.
    #[inline]
    pub(crate) fn handled(&self, release: bool) {
        self.count_done(1);
        if release && self.flags.load(Relaxed) & SENDER_BLOCKED != 0 {
            self.admit(None);
        }
    }

    #[inline]
    fn count_done(&self, messages: u64) {
        // Not a read-modify-write: only the actor's task writes it.
        self.handled.store(self.handled.load(Relaxed) + messages, Relaxed);
    }

    /// Gives capacity to blocked senders while a handler waits, and makes its waker known.
    ///
    /// A sender must not stay blocked by messages that are handled, and a kill must know which waker to wake.
    #[inline]
    pub(crate) fn release_capacity(&self, waker: &Waker) {
        // Relaxed: a sender that blocks wakes the actor after it. Without a flag, the next sender finds the capacity itself.
        if self.flags.load(Relaxed) != 0 && self.admit(Some(waker)) && self.is_killed() {
            waker.wake_by_ref(); // the kill may have found no waker
        }
    }

    /// Gives the capacity of handled messages to blocked senders. Returns whether the mailbox had no waker, and got `waker` now.
    #[inline(never)]
    fn admit(&self, waker: Option<&Waker>) -> bool {
        let mut state = self.state.lock();
        self.update_accept_limit(&mut state);
        let admitted = if state.has_blocked_senders() { Some(state.admit_blocked()) } else { None };
        let unknown = waker.is_some() && state.substitute_waker().is_none() && self.waker.get().is_none();
        if let (Some(waker), true) = (waker, unknown) {
            keep_waker(&self.waker, waker);
        }
        // The actor is awake, and takes the lock before it waits.
        state.wants_wake = false;
        let flags = if state.has_blocked_senders() { CHECK | SENDER_BLOCKED } else { CHECK };
        self.flags.store(flags, Relaxed);
        drop(state);
        tell_admitted(admitted);
        unknown
    }

    /// Takes everything that is queued, never to be handled. For the actor.
    pub(crate) fn discard_queued(&self) -> VecDeque<T> {
        mem::take(&mut self.state.lock().queue)
    }

    /// Counts messages, taken or discarded, that will never be handled. For the actor.
    pub(crate) fn count_discarded(&self, messages: u64) {
        self.count_done(messages);
        self.admit(None);
    }
}
