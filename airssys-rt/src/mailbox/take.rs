//! The actor's side of its mailbox.

use crate::{
    mailbox::{
        Intake, Mailbox,
        inner::{Inner, wake, wake_each},
        queue::{NEWS, WAITED},
    },
    sync::{MutexGuard, Relaxed},
};
use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    mem,
    task::{Context, Poll, Waker},
};

/// A buffer for more messages than this is given back once they are handled.
const KEPT_BUFFER: usize = 1024;

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

impl<T, B> Mailbox<T, B> {
    /// For the actor, which has nothing in its hands: takes everything that is queued, or waits.
    // No `async fn`: its future would hold the arguments twice.
    #[inline]
    pub(crate) fn take<'a>(&'a self, intake: &'a mut Intake<T>) -> impl Future<Output = Taken<T>> + 'a {
        poll_fn(move |cx| self.poll_take(intake, cx))
    }

    #[inline]
    fn poll_take(&self, intake: &mut Intake<T>, cx: &mut Context<'_>) -> Poll<Taken<T>> {
        // Relaxed: what it misses wakes the task, and is seen by its next turn.
        if self.news.load(Relaxed) == 0 && intake.is_known(cx.waker()) {
            return Poll::Pending;
        }
        let mut inner = self.inner.lock();
        if self.is_signalled() {
            return Poll::Ready(Taken::Signal); // whoever waits is let in, or sent away, by what follows
        }
        self.count_room(&mut inner);
        let admitted = inner.somebody_waits().then(|| inner.admit());
        intake.give_back(KEPT_BUFFER);
        let Some(item) = intake.swap(&mut inner.queue) else { return self.nothing_queued(inner, intake, cx) };
        // Before it has ever waited the news stay as they are: it observers behind the lock before it does, or before its handler
        // does. So an actor that ends with its first messages needs no waker.
        if !intake.is_unknown() {
            self.arm(&mut inner, intake, cx);
        }
        if intake.holds(KEPT_BUFFER) || inner.queue.capacity() > KEPT_BUFFER {
            self.tell(NEWS); // to give it back
        }
        drop(inner);
        wake(admitted);
        Poll::Ready(Taken::Item(item))
    }

    #[inline]
    fn arm(&self, inner: &mut Inner<T>, intake: &mut Intake<T>, cx: &mut Context<'_>) {
        if intake.introduce(&self.waker, cx.waker()) {
            if inner.other().is_some() {
                inner.set_other(None);
            }
        } else {
            inner.set_other(Some(cx.waker().clone()));
        }
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
            wake_each(quiet);
        }
        Poll::Pending
    }

    /// For the actor, after each message. `exact`: its room is given to whoever waits for it at once, not at the end of a batch.
    #[inline]
    pub(crate) fn handled(&self, exact: bool) {
        self.count_done(1);
        if exact && self.news.load(Relaxed) & WAITED != 0 {
            self.admit(None);
        }
    }

    #[inline]
    fn count_done(&self, messages: u64) {
        // Not a read-modify-write: nobody else writes it.
        self.handled.store(self.handled.load(Relaxed) + messages, Relaxed);
    }

    /// For the actor, when a handler waits: nobody should be kept out by what is long handled, and whoever ends it has to know
    /// whom to wake.
    #[inline]
    pub(crate) fn release_capacity(&self, waker: &Waker) {
        // Relaxed: whoever begins to wait wakes the actor after it. Without news, the next sender finds the room itself.
        if self.news.load(Relaxed) != 0 && self.admit(Some(waker)) && self.is_killed() {
            waker.wake_by_ref(); // whoever did that may have found no waker
        }
    }

    /// Gives back the room of what is handled. Whether nobody knew whom to wake; from now on it is `waker`.
    #[inline(never)]
    fn admit(&self, waker: Option<&Waker>) -> bool {
        let mut inner = self.inner.lock();
        self.count_room(&mut inner);
        let admitted = inner.somebody_waits().then(|| inner.admit());
        let unknown = waker.filter(|_| inner.other().is_none() && self.waker.get().is_none());
        if let Some(waker) = unknown {
            self.waker.get_or_init(|| waker.clone());
        }
        // It is awake, and observers before it waits.
        inner.armed = false;
        self.news.store(if inner.somebody_waits() { NEWS | WAITED } else { NEWS }, Relaxed);
        drop(inner);
        wake(admitted);
        unknown.is_some()
    }

    /// For the actor: takes everything that is queued out of it, never to be handled.
    pub(crate) fn discard_queued(&self) -> VecDeque<T> {
        mem::take(&mut self.inner.lock().queue)
    }

    /// For the actor: so many that it had taken, or that were forgotten, will never be handled.
    pub(crate) fn count_discarded(&self, messages: u64) {
        self.count_done(messages);
        self.admit(None);
    }
}
