use crate::{
    actor::{Actor, AnyCell, Cell, FanOut, Host, cell::Queued},
    broker::{Obstacle, Published, Undelivered},
    envelope::{Envelope, Meta},
    id::ActorId,
    mailbox::{Overflow, Policy, Push, PushError},
    observe::Counters,
    registry::Members,
    reply::Refusal,
    sync::{Arc, AtomicU8, AtomicU64, Relaxed, Weak},
};
use std::{fmt, time::Duration};

/// Somebody sees the messages: they take the way through the broker.
const ARMED: u8 = 1;
/// The system takes no more messages from outside.
const CLOSING: u8 = 2;

/// What all actors of one type share in one system.
///
/// References and contexts reach the system only through it, so they need not know its type.
#[doc(hidden)]
pub struct Kind<A: Actor> {
    /// Read once for each message; written rarely.
    flags: AtomicU8,
    pub(crate) settings: Settings,
    pub(crate) members: Members<Cell<A>>,
    totals: Totals,
    host: Weak<dyn Host<A>>,
}

/// What a system decides for all its actors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) ask_timeout: Duration,
    pub(crate) stop_timeout: Duration,
}

/// What has happened to messages outside the mailboxes of live actors.
#[derive(Default)]
struct Totals {
    /// Accepted by actors that have ended since.
    accepted: AtomicU64,
    /// Of these, handled or failed.
    done: AtomicU64,
    /// Taken from their senders without a mailbox to go to.
    homeless: AtomicU64,
    failed: AtomicU64,
    dead: AtomicU64,
}

impl<A: Actor> Kind<A> {
    pub(crate) fn new(index: usize, armed: bool, settings: Settings, host: Weak<dyn Host<A>>) -> Self {
        Kind {
            flags: AtomicU8::new(if armed { ARMED } else { 0 }),
            settings,
            members: Members::new(index),
            totals: Totals::default(),
            host,
        }
    }

    pub(crate) fn host(&self) -> Option<Arc<dyn Host<A>>> {
        self.host.upgrade()
    }

    /// Neither armed nor closing: a message goes straight into the mailbox.
    // Relaxed: whoever was told of a change (by a message, a join, the same thread) sees it by coherence;
    // nobody else was promised anything.
    #[inline]
    pub(crate) fn is_direct(&self) -> bool {
        self.flags.load(Relaxed) == 0
    }

    #[inline]
    pub(crate) fn is_armed(&self) -> bool {
        self.flags.load(Relaxed) & ARMED != 0
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.flags.load(Relaxed) & CLOSING != 0
    }

    /// Lets a new actor in. `None` if there are too many.
    pub(crate) fn enter(
        self: &Arc<Self>,
        born: u64,
        name: Option<Arc<str>>,
        policy: Policy,
    ) -> Option<Arc<Cell<A>>> {
        self.members.enter(|id| Cell::new(self.clone(), id, born, name, policy))
    }

    /// The actor has ended. Of what its mailbox had accepted, `done` was handled or failed.
    pub(crate) fn leave(&self, id: ActorId, accepted: u64, done: u64) {
        self.members.leave(id, || {
            self.totals.accepted.fetch_add(accepted, Relaxed);
            self.totals.done.fetch_add(done, Relaxed);
            self.totals.dead.fetch_add(accepted - done, Relaxed);
        });
    }

    pub(crate) fn count_failed(&self) {
        self.totals.failed.fetch_add(1, Relaxed);
    }

    /// A message was taken from its sender and reached no mailbox.
    #[cold]
    pub(crate) fn count_dead(&self) {
        self.totals.homeless.fetch_add(1, Relaxed);
        self.totals.dead.fetch_add(1, Relaxed);
    }

    /// For generated code: delivers what came through the broker.
    #[doc(hidden)]
    pub async fn deliver(
        &self,
        meta: Meta,
        message: A::Message,
    ) -> Result<Published, Undelivered<A::Message>> {
        let back = |obstacle, meta, message| Undelivered::new(obstacle, Envelope::from_parts(meta, message));
        let Some(cell) = meta.recipient.and_then(|id| self.members.find(id)) else {
            return Err(back(Obstacle::Stopped, meta, message));
        };
        match cell.mailbox.try_push(Queued { message, sender: meta.sender }) {
            Ok(_) => Ok(Published::to(1)),
            Err(PushError::Closed(queued)) => Err(back(Obstacle::Stopped, meta, queued.message)),
            Err(PushError::Full(queued)) => match cell.mailbox.overflow() {
                Overflow::Block if meta.waits => {
                    let pushed = Push::new(&cell.mailbox, queued).await;
                    pushed.map_err(|queued| back(Obstacle::Stopped, meta, queued.message))?;
                    Ok(Published::to(1))
                }
                Overflow::Drop => {
                    self.count_dead();
                    A::refuse(queued.message, Refusal::MailboxFull);
                    Ok(Published::to(0))
                }
                Overflow::Block | Overflow::Error => Err(back(Obstacle::Full, meta, queued.message)),
            },
        }
    }

    /// For generated code: one event to every live actor of this kind. Pushes only, nothing waits: the members
    /// stay locked for as long as that takes.
    #[doc(hidden)]
    #[inline]
    pub fn offer(&self, fan: &mut FanOut, mut accept: impl FnMut() -> Option<A::Message>) {
        let sender = fan.sender();
        self.members.visit(|cell| {
            let Some(message) = accept() else { return false };
            match cell.mailbox.try_push(Queued { message, sender }) {
                Ok(_) => fan.delivered(),
                Err(PushError::Closed(_)) => self.count_dead(),
                Err(PushError::Full(queued)) => self.overflow(fan, cell, queued),
            }
            true
        });
    }

    #[cold]
    fn overflow(&self, fan: &mut FanOut, cell: &Arc<Cell<A>>, queued: Queued<A::Message>) {
        if cell.mailbox.overflow() != Overflow::Block {
            return self.count_dead();
        }
        let cell = cell.clone();
        fan.later(Box::pin(async move {
            let delivered = Push::new(&cell.mailbox, queued).await.is_ok();
            if !delivered {
                cell.kind.count_dead();
            }
            delivered
        }));
    }

    fn counters(&self) -> Counters {
        let mut counters = Counters::default();
        let mut done = self.totals.done.load(Relaxed);
        self.members.visit(|cell| {
            let (accepted, finished) = cell.mailbox.progress();
            counters.sent += accepted;
            counters.queued += accepted - finished;
            done += finished;
            true
        });
        counters.sent += self.totals.accepted.load(Relaxed) + self.totals.homeless.load(Relaxed);
        counters.failed = self.totals.failed.load(Relaxed);
        counters.dead = self.totals.dead.load(Relaxed);
        counters.handled = done.saturating_sub(counters.failed);
        counters
    }
}

impl<A: Actor> fmt::Debug for Kind<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kind({})", A::NAME)
    }
}

/// A kind of any type, for what a system does to all of them. Cold.
#[doc(hidden)]
#[allow(private_interfaces)] // made and used by the crate; generated code only passes it on
pub trait AnyKind {
    fn arm(&self, armed: bool);
    fn close(&self);
    fn cells(&self) -> Vec<Arc<dyn AnyCell>>;
    fn counters(&self) -> Counters;
}

impl<A: Actor> AnyKind for Kind<A> {
    fn arm(&self, armed: bool) {
        if armed {
            self.flags.fetch_or(ARMED, Relaxed);
        } else {
            self.flags.fetch_and(!ARMED, Relaxed);
        }
    }

    fn close(&self) {
        self.flags.fetch_or(CLOSING, Relaxed);
    }

    fn cells(&self) -> Vec<Arc<dyn AnyCell>> {
        let mut cells: Vec<Arc<dyn AnyCell>> = Vec::new();
        self.members.visit(|cell| {
            cells.push(cell.clone());
            true
        });
        cells
    }

    fn counters(&self) -> Counters {
        Kind::counters(self)
    }
}
