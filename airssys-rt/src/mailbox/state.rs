//! The part of a mailbox that its lock protects: the queue, the blocked senders in FIFO order, the wakers.

use crate::rt;
use smallvec::SmallVec;
use std::{collections::VecDeque, mem, task::Waker};

/// Wakers that are woken after the lock is released. Up to 4 of them need no allocation.
pub(super) type Wakers = SmallVec<[Waker; 4]>;

/// A call that a mailbox makes once, when it accepts a parked item. The actor makes it before it handles the item; no lock is held.
pub(crate) type AcceptNotice = Box<dyn FnOnce() + Send>;

/// A blocked sender without its item: its waker, and the call to make when its item is accepted.
pub(super) struct BlockedSender {
    waker: Waker,
    notice: Option<AcceptNotice>,
}

/// Blocked senders whose items the mailbox has accepted. They are told after the lock is released. Up to 4 of them need no
/// allocation.
pub(super) type AdmittedSenders = SmallVec<[BlockedSender; 4]>;

/// The part of a mailbox that its lock protects.
pub(super) struct MailboxState<T> {
    pub(super) queue: VecDeque<T>,
    /// `None` until something in it is needed: 8 bytes in an idle actor.
    pub(super) waiters: Option<Box<Waiters<T>>>,
    /// The number of items accepted since the mailbox was made.
    pub(super) accepted: u64,
    /// There is free capacity while `accepted` is less than this.
    pub(super) accept_limit: u64,
    /// The next event must wake the actor. The actor sets this already when it takes what is queued, not only when it waits, so
    /// that it need not take the lock again before it waits.
    pub(super) wants_wake: bool,
    /// The actor waited for a message with everything handled, and no item was accepted since.
    pub(super) idle: bool,
    pub(super) open: bool,
    /// A supervisor decides what follows a signal: a signal does not close the mailbox.
    pub(super) supervised: bool,
    /// Its supervisor has decided that no incarnation follows.
    pub(super) last_incarnation: bool,
    pub(super) ended: bool,
}

/// Blocked senders, and the wakers that few mailboxes have.
pub(super) struct Waiters<T> {
    blocked: BlockedSenders,
    /// The item of each blocked sender.
    parked: VecDeque<T>,
    /// The wakers of those that wait until everything is handled.
    pub(super) idle: Vec<Waker>,
    /// The waker to wake instead of the first one of the actor, while there is one.
    substitute: Option<Waker>,
}

/// The blocked senders in FIFO order, without their items: this part depends on no type of message.
#[derive(Default)]
struct BlockedSenders {
    next_ticket: u64,
    senders: VecDeque<(u64, BlockedSender)>,
}

impl<T> MailboxState<T> {
    /// Whether the mailbox stays open after a signal, for the next incarnation.
    pub(super) fn survives_signals(&self) -> bool {
        self.supervised && !self.last_incarnation
    }

    #[inline]
    pub(super) fn has_capacity(&self) -> bool {
        self.accepted < self.accept_limit
    }

    pub(super) fn waiters(&mut self) -> &mut Waiters<T> {
        self.waiters.get_or_insert_with(|| {
            Box::new(Waiters {
                blocked: BlockedSenders::default(),
                parked: VecDeque::new(),
                idle: Vec::new(),
                substitute: None,
            })
        })
    }

    /// The waker to wake instead of the first one of the actor, if there is one.
    #[inline]
    pub(super) fn substitute_waker(&self) -> Option<&Waker> {
        self.waiters.as_ref()?.substitute.as_ref()
    }

    /// Sets the waker to wake instead of the first one of the actor, or removes it.
    ///
    /// Returns the waker before it, which may run foreign code when it is dropped.
    #[cold]
    pub(super) fn set_substitute_waker(&mut self, waker: Option<Waker>) -> Option<Waker> {
        if waker.is_none() && self.waiters.is_none() {
            return None;
        }
        let waiters = self.waiters();
        let before = mem::replace(&mut waiters.substitute, waker);
        // Not once a sender was blocked: a ticket must never be given out twice.
        if waiters.substitute.is_none() && waiters.idle.is_empty() && waiters.blocked.next_ticket == 0 {
            self.waiters = None;
        }
        before
    }

    /// Parks the item of a blocked sender. The ticket finds it again.
    pub(super) fn block(&mut self, item: T, sender: BlockedSender) -> u64 {
        let waiters = self.waiters();
        waiters.parked.push_back(item);
        waiters.blocked.add(sender)
    }

    /// Exchanges the waker of a blocked sender, if its item is still parked. Returns whether it is.
    ///
    /// The caller drops the other waker after it has released the lock: that may run foreign code.
    pub(super) fn swap_blocked_waker(&mut self, ticket: u64, waker: &mut Waker) -> bool {
        self.waiters().blocked.swap_waker(ticket, waker)
    }

    /// Takes the item of a blocked sender back, if it is still parked.
    ///
    /// Returns the sender as well, which may run foreign code when it is dropped.
    pub(super) fn unblock(&mut self, ticket: u64) -> Option<(T, BlockedSender)> {
        let waiters = self.waiters();
        let (at, sender) = waiters.blocked.remove(ticket)?;
        Some((take_from_middle(&mut waiters.parked, at)?, sender))
    }

    /// Whether a sender is blocked. Always `false` in a closed mailbox, which admits none.
    #[inline]
    pub(super) fn has_blocked_senders(&self) -> bool {
        let Some(waiters) = &self.waiters else { return false };
        self.open && !waiters.parked.is_empty()
    }

    /// Moves the items of blocked senders into the queue while there is capacity. Returns these senders.
    #[cold]
    pub(super) fn admit_blocked(&mut self) -> AdmittedSenders {
        let capacity = usize::try_from(self.accept_limit.saturating_sub(self.accepted)).unwrap_or(usize::MAX);
        let Some(waiters) = &mut self.waiters else { return AdmittedSenders::new() };
        let admitted = waiters.blocked.admit(capacity);
        for _ in 0..admitted.len() {
            if let Some(item) = waiters.parked.pop_front() {
                self.queue.push_back(item);
            }
        }
        self.accepted += admitted.len() as u64;
        admitted
    }

    /// Whether the actor must take the lock before it waits, for a blocked sender or for one that waits until it is idle.
    pub(super) fn has_waiters(&self) -> bool {
        let Some(waiters) = &self.waiters else { return false };
        !waiters.parked.is_empty() || !waiters.idle.is_empty()
    }

    /// Takes the wakers of those that wait until everything is handled, once it is.
    #[inline]
    pub(super) fn take_idle_waiters(&mut self) -> Vec<Waker> {
        match &mut self.waiters {
            Some(waiters) => mem::take(&mut waiters.idle),
            None => Vec::new(),
        }
    }

    /// Accepts nothing more. Returns the wakers of the blocked senders, which must take their items back.
    #[inline]
    pub(super) fn close(&mut self) -> Option<Wakers> {
        self.open = false;
        let waiters = self.waiters.as_ref()?;
        Some(waiters.blocked.wakers())
    }
}

impl BlockedSenders {
    /// Adds a sender behind all others. Returns its ticket.
    fn add(&mut self, sender: BlockedSender) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.senders.push_back((ticket, sender));
        ticket
    }

    fn find(&self, ticket: u64) -> Option<usize> {
        self.senders.binary_search_by_key(&ticket, |sender| sender.0).ok()
    }

    fn swap_waker(&mut self, ticket: u64, waker: &mut Waker) -> bool {
        let Some(at) = self.find(ticket) else { return false };
        mem::swap(&mut self.senders[at].1.waker, waker);
        true
    }

    /// Removes a sender. Returns it and the position that it had.
    fn remove(&mut self, ticket: u64) -> Option<(usize, BlockedSender)> {
        let at = self.find(ticket)?;
        Some((at, self.senders.remove(at)?.1))
    }

    /// Removes the first senders, at most `capacity`, and returns them.
    fn admit(&mut self, capacity: usize) -> AdmittedSenders {
        let count = capacity.min(self.senders.len());
        self.senders.drain(..count).map(|sender| sender.1).collect()
    }

    #[cold]
    fn wakers(&self) -> Wakers {
        self.senders.iter().map(|sender| sender.1.waker.clone()).collect()
    }
}

impl BlockedSender {
    pub(super) fn new(waker: Waker, notice: Option<AcceptNotice>) -> Self {
        BlockedSender { waker, notice }
    }

    /// The call to make, for an item that is accepted without having been parked.
    pub(super) fn into_notice(self) -> Option<AcceptNotice> {
        self.notice
    }
}

/// Takes one item out, and keeps the order of the others.
// `VecDeque::remove` is large, and would be compiled for each type of message.
fn take_from_middle<T>(items: &mut VecDeque<T>, at: usize) -> Option<T> {
    let last = items.len().checked_sub(1)?;
    if at <= last / 2 {
        for at in (0..at).rev() {
            items.swap(at, at + 1);
        }
        items.pop_front()
    } else {
        for at in at..last {
            items.swap(at, at + 1);
        }
        items.pop_back()
    }
}

/// Adds `waker`, unless a waker of the same task is there.
pub(super) fn add_waker(wakers: &mut Vec<Waker>, waker: &Waker) {
    if !wakers.iter().any(|other| other.will_wake(waker)) {
        wakers.push(waker.clone());
    }
}

#[inline]
pub(super) fn wake(wakers: Option<Wakers>) {
    if let Some(wakers) = wakers {
        rt::wake_each(wakers);
    }
}

/// Makes the calls of senders whose items were accepted, and wakes the senders. One that panics does not harm the others.
#[inline]
pub(super) fn tell_admitted(admitted: Option<AdmittedSenders>) {
    if let Some(admitted) = admitted {
        tell_each(admitted);
    }
}

#[cold]
fn tell_each(admitted: AdmittedSenders) {
    for BlockedSender { waker, notice } in admitted {
        if let Some(notice) = notice {
            rt::catch(notice);
        }
        rt::catch(|| waker.wake());
    }
}
