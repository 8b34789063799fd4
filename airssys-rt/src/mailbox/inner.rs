use crate::rt;
use smallvec::SmallVec;
use std::{collections::VecDeque, mem, task::Waker};

/// The senders or observers to wake once the lock is released. Few: no allocation.
pub(super) type Wakers = SmallVec<[Waker; 4]>;

pub(super) struct Inner<T> {
    pub(super) queue: VecDeque<T>,
    /// Absent until one of what is in it is wanted: 8 bytes in an idle actor.
    pub(super) rare: Option<Box<Rare<T>>>,
    /// Let in, ever.
    pub(super) accepted: u64,
    /// There is room until so many have been let in, ever.
    pub(super) until: u64,
    /// The actor is to be woken by the next news. It says so when it takes what is queued, not only when it waits: so it need
    /// not look again before it waits.
    pub(super) armed: bool,
    /// The actor was seen to wait for a message with everything handled, and nothing has come since.
    pub(super) idle: bool,
    pub(super) open: bool,
    /// A signal is not the end of it: somebody decides what follows.
    pub(super) kept: bool,
    pub(super) ended: bool,
}

pub(super) struct Rare<T> {
    next_ticket: u64,
    blocked: VecDeque<Blocked<T>>,
    /// Who waits until everything is handled.
    pub(super) quiet: Vec<Waker>,
    /// Whom to wake instead of the actor's own task, while there is somebody.
    actor: Option<Waker>,
}

struct Blocked<T> {
    ticket: u64,
    item: T,
    waker: Waker,
}

impl<T> Inner<T> {
    #[inline]
    pub(super) fn has_room(&self) -> bool {
        self.accepted < self.until
    }

    pub(super) fn rare(&mut self) -> &mut Rare<T> {
        self.rare.get_or_insert_with(|| {
            Box::new(Rare { next_ticket: 0, blocked: VecDeque::new(), quiet: Vec::new(), actor: None })
        })
    }

    /// Whom to wake instead of the actor's own task, if there is somebody.
    #[inline]
    pub(super) fn other(&self) -> Option<&Waker> {
        self.rare.as_ref()?.actor.as_ref()
    }

    /// The actor's own task is to be woken, or another. The one before comes back: it may run foreign code when it is dropped.
    #[cold]
    pub(super) fn set_other(&mut self, waker: Option<Waker>) -> Option<Waker> {
        if waker.is_none() && self.rare.is_none() {
            return None;
        }
        let rare = self.rare();
        let before = mem::replace(&mut rare.actor, waker);
        // A ticket is never given out twice.
        if rare.actor.is_none() && rare.quiet.is_empty() && rare.next_ticket == 0 {
            self.rare = None;
        }
        before
    }

    /// Parks a message whose sender waits. The ticket finds it again.
    pub(super) fn block(&mut self, item: T, waker: Waker) -> u64 {
        let rare = self.rare();
        let ticket = rare.next_ticket;
        rare.next_ticket += 1;
        rare.blocked.push_back(Blocked { ticket, item, waker });
        ticket
    }

    /// If the message of `ticket` still waits, `waker` is the one to wake from now on, and the one before comes back:
    /// it may run foreign code when it is dropped.
    pub(super) fn still_blocked(&mut self, ticket: u64, waker: Waker) -> Option<Waker> {
        let rare = self.rare();
        let at = rare.blocked.binary_search_by_key(&ticket, |blocked| blocked.ticket).ok()?;
        Some(mem::replace(&mut rare.blocked[at].waker, waker))
    }

    /// The message of `ticket`, if it still waits.
    pub(super) fn unblock(&mut self, ticket: u64) -> Option<T> {
        let rare = self.rare();
        let at = rare.blocked.binary_search_by_key(&ticket, |blocked| blocked.ticket).ok()?;
        rare.blocked.remove(at).map(|blocked| blocked.item)
    }

    #[inline]
    pub(super) fn somebody_waits(&self) -> bool {
        self.open && self.rare.as_ref().is_some_and(|rare| !rare.blocked.is_empty())
    }

    /// Moves the messages of waiting senders into the queue while there is room.
    #[cold]
    pub(super) fn admit(&mut self) -> Wakers {
        let room = usize::try_from(self.until.saturating_sub(self.accepted)).unwrap_or(usize::MAX);
        let Some(rare) = &mut self.rare else { return Wakers::new() };
        let count = room.min(rare.blocked.len());
        let mut wakers = Wakers::new();
        for blocked in rare.blocked.drain(..count) {
            self.queue.push_back(blocked.item);
            wakers.push(blocked.waker);
        }
        self.accepted += count as u64;
        wakers
    }

    /// Whether the actor has to look behind the lock before it waits, for the sake of others.
    pub(super) fn is_watched(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| !rare.blocked.is_empty() || !rare.quiet.is_empty())
    }

    /// Those who wait until everything is handled; it is.
    #[inline]
    pub(super) fn take_quiet(&mut self) -> Vec<Waker> {
        self.rare.as_mut().map(|rare| mem::take(&mut rare.quiet)).unwrap_or_default()
    }

    /// Lets nothing more in; those who wait are to look again.
    #[inline]
    pub(super) fn close(&mut self) -> Option<Wakers> {
        self.open = false;
        self.rare.as_deref().map(Rare::senders)
    }
}

impl<T> Rare<T> {
    #[cold]
    fn senders(&self) -> Wakers {
        self.blocked.iter().map(|blocked| blocked.waker.clone()).collect()
    }
}

#[inline]
pub(super) fn wake(wakers: Option<Wakers>) {
    if let Some(wakers) = wakers {
        wake_each(wakers);
    }
}

/// One that panics does not keep the others from being woken.
#[cold]
pub(super) fn wake_each(wakers: impl IntoIterator<Item = Waker>) {
    for waker in wakers {
        rt::catch(|| waker.wake());
    }
}
