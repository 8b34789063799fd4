//! The fan-out of one event: counts the subscribers that have it, and waits for full mailboxes.

use crate::{
    actor::{
        declare::Actor,
        shared::{AnySystem, Cell, Host, MetadataTable, Queued, Tag},
    },
    broker::{MaybeReady, Published, Undelivered},
    envelope::PooledMeta,
    id::ActorId,
    reply::Cause,
    rt::{self, BoxFuture},
    sync::{Arc, AtomicUsize, Relaxed, Weak},
};
use std::{
    fmt,
    future::{Future, poll_fn},
    task::Poll,
};

/// The delivery of one event to its subscribers: how many have it, and which mailboxes are full.
#[doc(hidden)]
pub struct FanOut {
    origin: EventSource,
    receivers: usize,
    /// Absent if each subscriber has the event.
    remaining: Option<Box<Remaining>>,
}

#[derive(Default)]
struct Remaining {
    /// Make dead letters of the copies that no mailbox accepted.
    dead: Vec<Box<dyn FnOnce() + Send>>,
    /// Pushes into full mailboxes whose overflow policy lets a sender wait.
    late: Vec<BoxFuture<'static, bool>>,
    /// Set if the event is observed and a push waits.
    observers: Option<LateObservers>,
}

/// What reports the delivery of an observed event that waits for full mailboxes.
struct LateObservers {
    /// `None` if it has ended.
    system: Option<Weak<dyn AnySystem>>,
    /// The number of copies that a mailbox has accepted and whose wait was dropped before it saw that.
    accepted_unseen: Arc<AtomicUsize>,
}

impl Remaining {
    #[cold]
    #[inline(never)]
    fn close(&mut self) -> bool {
        for dead in self.dead.drain(..) {
            rt::catch(dead);
        }
        self.late.is_empty()
    }
}

enum EventSource {
    Sender(Option<ActorId>),
    /// The event is observed: the copy of each subscriber has metadata.
    Observed(PooledMeta),
}

impl FanOut {
    #[doc(hidden)]
    #[must_use]
    pub fn new(meta: PooledMeta) -> Self {
        Self::of(EventSource::Observed(meta))
    }

    pub(crate) fn from_sender(sender: Option<ActorId>) -> Self {
        Self::of(EventSource::Sender(sender))
    }

    fn of(origin: EventSource) -> Self {
        FanOut { origin, receivers: 0, remaining: None }
    }

    #[inline(always)]
    pub(crate) fn tag(&self, tags: &MetadataTable, recipient: ActorId) -> Tag {
        match &self.origin {
            EventSource::Sender(sender) => Tag::of_sender(*sender),
            EventSource::Observed(meta) => tags.insert(meta.with_recipient(recipient)),
        }
    }

    pub(crate) fn sender(&self) -> Option<ActorId> {
        match &self.origin {
            EventSource::Sender(sender) => *sender,
            EventSource::Observed(meta) => meta.sender(),
        }
    }

    #[inline]
    pub(crate) fn delivered(&mut self) {
        self.receivers += 1;
    }

    /// Notes a copy that a mailbox did not accept. It becomes a dead letter later: the list of members is locked now.
    #[cold]
    pub(crate) fn dead<A: Actor>(&mut self, cell: &Arc<Cell<A>>, cause: Cause, queued: Queued<A::Message>) {
        let cell = cell.clone();
        self.remaining
            .get_or_insert_default()
            .dead
            .push(Box::new(move || cell.kind.dead_letter_undelivered(cause, queued, Some(cell.id))));
    }

    /// The counter of copies that are accepted although their publish is dropped; `None` if the event is not observed.
    #[cold]
    pub(crate) fn accepted_unseen<A: Actor>(
        &mut self,
        host: impl FnOnce() -> Weak<dyn Host<A>>,
    ) -> Option<Arc<AtomicUsize>> {
        let EventSource::Observed(_) = &self.origin else { return None };
        let observers = self.remaining.get_or_insert_default().observers.get_or_insert_with(|| {
            let system = host().upgrade().map(|host| Arc::downgrade(&host.into_any_system()));
            LateObservers { system, accepted_unseen: Arc::default() }
        });
        Some(observers.accepted_unseen.clone())
    }

    /// Ends the fan-out, because a copy has failed: the actors that have the event keep it, and no other gets it.
    #[cold]
    pub(crate) fn interrupted<A: Actor>(&mut self, host: impl FnOnce() -> Weak<dyn Host<A>>) {
        self.close();
        let EventSource::Observed(meta) = &self.origin else { return };
        if self.receivers > 0 {
            if let Some(system) = host().upgrade() {
                system.report_interrupted(meta, self.receivers);
            }
        }
    }

    pub(crate) fn later(&mut self, delivery: BoxFuture<'static, bool>) {
        self.remaining.get_or_insert_default().late.push(delivery);
    }

    /// For generated code: whether the event has no subscriber.
    #[doc(hidden)]
    #[must_use]
    pub fn is_unheard(&self) -> bool {
        self.receivers == 0 && self.remaining.is_none()
    }

    /// Makes the dead letters. `true` if no mailbox has to be waited for.
    #[inline(always)]
    pub(crate) fn close(&mut self) -> bool {
        self.remaining.as_mut().is_none_or(|remaining| remaining.close())
    }

    pub(crate) fn published(&self) -> Published {
        Published::to(self.receivers)
    }

    /// For generated code: gives back an observed event that has no subscriber.
    #[doc(hidden)]
    #[cold]
    pub fn unheard<M>(self, event: M) -> MaybeReady<Result<Published, Undelivered<M>>> {
        MaybeReady::Ready(match self.origin {
            EventSource::Observed(meta) => Err(Undelivered::unheard(meta, event)),
            EventSource::Sender(_) => Ok(self.published()),
        })
    }

    /// For generated code: finishes the delivery, and drops the event, whose subscribers have copies.
    #[doc(hidden)]
    pub fn deliver<M: 'static, E>(mut self, event: E) -> MaybeReady<Result<Published, Undelivered<M>>> {
        rt::catch_drop(event); // user code, whose panic would hide the delivery from the observers
        if self.close() {
            return MaybeReady::Ready(Ok(self.published()));
        }
        let finish = self.finish();
        MaybeReady::later(async { Ok(finish.await) })
    }

    /// Waits for the full mailboxes.
    pub(crate) fn finish(mut self) -> impl Future<Output = Published> + Send + 'static {
        self.close();
        let FanOut { origin, receivers, remaining } = self;
        let Remaining { late, observers, .. } = remaining.map(|remaining| *remaining).unwrap_or_default();
        let observers = match origin {
            EventSource::Observed(meta) => observers.map(|observers| (meta, observers)),
            EventSource::Sender(_) => None,
        };
        Unfinished { receivers, late, observers }.finish()
    }
}

/// The part of a fan-out that waits for full mailboxes. It reports the delivery of an observed event when it is over, or when the
/// publish is dropped after some mailbox has accepted the event.
struct Unfinished {
    receivers: usize,
    late: Vec<BoxFuture<'static, bool>>,
    observers: Option<(PooledMeta, LateObservers)>,
}

impl Unfinished {
    async fn finish(mut self) -> Published {
        // All at once: each push waits in the queue of its own mailbox, and none for another.
        poll_fn(|cx| {
            self.late.retain_mut(|delivery| match delivery.as_mut().poll(cx) {
                Poll::Ready(delivered) => {
                    self.receivers += usize::from(delivered);
                    false
                }
                Poll::Pending => true,
            });
            if self.late.is_empty() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        self.report();
        Published::to(self.receivers)
    }

    fn report(&mut self) {
        let Some((meta, LateObservers { system, .. })) = self.observers.take() else { return };
        if let Some(system) = system.and_then(|system| system.upgrade()) {
            system.report_accepted(&meta, self.receivers);
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.late.clear(); // each of them counts its copy if a mailbox has it
        if let Some((_, observers)) = &self.observers {
            self.receivers += observers.accepted_unseen.load(Relaxed);
        }
        if self.receivers > 0 {
            self.report();
        }
    }
}

impl fmt::Debug for FanOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FanOut").field("receivers", &self.receivers).finish_non_exhaustive()
    }
}
