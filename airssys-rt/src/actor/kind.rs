use crate::{
    actor::{
        Actor, AnyCell, Birth, Cell, FanOut, Host,
        cell::{About, Queued},
        host::Death,
        tag::Tags,
        totals::Totals,
    },
    broker::{Obstacle, Outcome, Published, Soon, Undelivered, dead_letters::Reason},
    envelope::{Envelope, Patience, Slip},
    id::ActorId,
    mailbox::{Overflow, Policy, Push, PushError},
    observe::Counters,
    registry::Members,
    reply::Refusal,
    rt::{self, BoxFuture},
    sync::{Arc, AtomicU8, Relaxed, Weak},
};
use std::{
    any::{Any, TypeId},
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

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
    pub(crate) totals: Totals,
    pub(crate) tags: Tags,
    host: Weak<dyn Host<A>>,
}

/// What a system decides for all its actors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) ask_timeout: Duration,
    pub(crate) stop_timeout: Duration,
    pub(crate) mailbox: Policy,
}

impl Default for Settings {
    /// Of nobody who hosts anything.
    fn default() -> Self {
        let none = Duration::ZERO;
        Settings { ask_timeout: none, stop_timeout: none, mailbox: Policy::unbounded() }
    }
}

impl<A: Actor> Kind<A> {
    pub(crate) fn new(index: usize, armed: bool, settings: Settings, host: Weak<dyn Host<A>>) -> Self {
        Kind {
            flags: AtomicU8::new(if armed { ARMED } else { 0 }),
            settings,
            members: Members::new(index),
            totals: Totals::default(),
            tags: Tags::default(),
            host,
        }
    }

    pub(crate) fn weak_host(&self) -> Weak<dyn Host<A>> {
        self.host.clone()
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
    pub(crate) fn enter(self: &Arc<Self>, birth: Birth) -> Option<Arc<Cell<A>>> {
        self.members.enter(|id| Cell::new(self.clone(), id, birth))
    }

    /// The actor has ended. Of what its mailbox had accepted, `done` was handled, failed or expired.
    pub(crate) fn leave(&self, id: ActorId, accepted: u64, done: u64) {
        self.members.leave(id, || self.totals.retire(accepted, done));
    }

    /// A message was taken from its sender and has no mailbox to go to. It counts as sent and as dead.
    #[cold]
    pub(crate) fn lose(&self, reason: Reason, mut queued: Queued<A::Message>, target: Option<ActorId>) {
        self.totals.count_homeless(reason);
        A::refuse(&mut queued.message, refusal(reason));
        let meta = self.tags.leave(queued.tag);
        self.bury(Outcome::Undelivered(reason), reason, meta, queued, target);
    }

    /// Records a message that will never be handled and is counted already; whoever waits for its answer has been told.
    /// `meta`: what was kept about it.
    pub(crate) fn bury(
        &self,
        outcome: Outcome,
        reason: Reason,
        meta: Option<Slip>,
        queued: Queued<A::Message>,
        target: Option<ActorId>,
    ) {
        let name = name_of::<A>(A::variant(&queued.message));
        let sender = meta.as_ref().map_or(queued.tag.sender(), |meta| meta.sender());
        let id = meta.as_ref().map(|meta| meta.id());
        let Some(host) = self.host() else { return };
        if let Some(meta) = &meta {
            host.settled(meta, outcome);
        }
        host.bury(Death { reason, id, receiver: A::NAME, name, sender, target }, Some(queued.message));
    }

    /// For generated code: delivers what came through the broker. `wrap` makes a message of the system of it.
    #[doc(hidden)]
    pub fn deliver<M: Send + 'static>(
        &self,
        meta: Slip,
        message: A::Message,
        wrap: fn(A::Message) -> M,
    ) -> Soon<Result<Published, Undelivered<M>>> {
        match meta.recipient().and_then(|id| self.members.find(id)) {
            Some(cell) => self.deliver_to(&cell, meta, message, wrap),
            None => {
                let known = meta.recipient().is_some_and(|id| self.members.has_known(id));
                let obstacle = match () {
                    () if meta.is_expired() => Obstacle::Expired,
                    () if known => Obstacle::Stopped,
                    () => Obstacle::NoRecipient,
                };
                Soon::Now(Err(Undelivered::new(obstacle, Envelope::from_parts(meta, wrap(message)))))
            }
        }
    }

    /// The same, to an actor that is known already.
    #[inline]
    pub(crate) fn deliver_to<M: Send + 'static>(
        &self,
        cell: &Cell<A>,
        meta: Slip,
        message: A::Message,
        wrap: fn(A::Message) -> M,
    ) -> Soon<Result<Published, Undelivered<M>>> {
        if meta.is_expired() {
            let envelope = Envelope::from_parts(meta, wrap(message));
            return Soon::Now(Err(Undelivered::new(Obstacle::Expired, envelope)));
        }
        let patience = meta.patience();
        let queued = Queued { message, tag: self.tags.enter(meta) };
        let (obstacle, queued) = match cell.mailbox.try_push(queued) {
            // As on the direct way: who never finds the mailbox full must still give way now and then.
            Ok(queued) if queued & 63 == 63 => {
                return Soon::later(async {
                    rt::consume_budget().await;
                    Ok(Published::to(1))
                });
            }
            Ok(_) => return Soon::Now(Ok(Published::to(1))),
            Err(PushError::Closed(queued)) => (Obstacle::Stopped, queued),
            Err(PushError::Full(queued)) => match cell.mailbox.overflow() {
                Overflow::Block => return self.deliver_late(cell.id, queued, patience, wrap),
                Overflow::Drop => (Obstacle::Dropped, queued),
                Overflow::Error => (Obstacle::Full, queued),
            },
        };
        Soon::Now(Err(self.undelivered(obstacle, queued, wrap)))
    }

    #[cold]
    fn deliver_late<M: Send + 'static>(
        &self,
        id: ActorId,
        queued: Queued<A::Message>,
        patience: Patience,
        wrap: fn(A::Message) -> M,
    ) -> Soon<Result<Published, Undelivered<M>>> {
        let Some(cell) = self.members.find(id) else {
            return Soon::Now(Err(self.undelivered(Obstacle::Stopped, queued, wrap)));
        };
        Soon::later(async move {
            match Waiting::new(&cell, queued).within(patience).await {
                Ok(()) => Ok(Published::to(1)),
                Err((obstacle, queued)) => Err(cell.kind.undelivered(obstacle, queued, wrap)),
            }
        })
    }

    #[cold]
    fn undelivered<M>(
        &self,
        obstacle: Obstacle,
        queued: Queued<A::Message>,
        wrap: fn(A::Message) -> M,
    ) -> Undelivered<M> {
        let meta = self.tags.leave(queued.tag).expect("it was tagged a moment ago");
        Undelivered::new(obstacle, Envelope::from_parts(meta, wrap(queued.message)))
    }

    /// For generated code: one event to every live actor of this kind. Pushes only, nothing waits: the members stay
    /// locked for as long as that takes.
    #[doc(hidden)]
    #[inline]
    pub fn offer(&self, fan: &mut FanOut, mut accept: impl FnMut() -> Option<A::Message>) {
        self.members.visit(|cell| {
            let Some(message) = accept() else { return false };
            let tag = fan.tag(&self.tags, cell.id);
            match cell.mailbox.offer(Queued { message, tag }) {
                Ok(_) => fan.delivered(),
                Err(PushError::Closed(queued)) => fan.dead(cell, Reason::ActorStopped, queued),
                Err(PushError::Full(queued)) => overflow(fan, cell, queued),
            }
            true
        });
    }

    fn counters(&self) -> Counters {
        self.members.look(|cells| self.totals.counters(cells.map(|cell| cell.mailbox.progress())))
    }

    /// How many messages were ever let into a mailbox.
    fn accepted(&self) -> u64 {
        self.members.look(|cells| {
            let live: u64 = cells.map(|cell| cell.mailbox.progress().0).sum();
            live + self.totals.accepted()
        })
    }
}

#[cold]
fn overflow<A: Actor>(fan: &mut FanOut, cell: &Arc<Cell<A>>, queued: Queued<A::Message>) {
    // An actor that hears itself would wait for itself.
    if cell.mailbox.overflow() != Overflow::Block || fan.sender() == Some(cell.id) {
        return fan.dead(cell, Reason::MailboxFull, queued);
    }
    let cell = cell.clone();
    let late: BoxFuture<'static, bool> = Box::pin(async move {
        match Waiting::new(&cell, queued).await {
            Ok(()) => true,
            Err(queued) => {
                cell.kind.lose(Reason::ActorStopped, queued, Some(cell.id));
                false
            }
        }
    });
    fan.later(late);
}

/// The name of a variant, as the user knows it.
pub(crate) fn name_of<A: Actor>(variant: u16) -> &'static str {
    A::VARIANTS.get(usize::from(variant)).copied().unwrap_or_default()
}

/// What whoever asked is told when a message is dead.
pub(crate) fn refusal(reason: Reason) -> Refusal {
    match reason {
        Reason::NoRecipient | Reason::NoSuchName | Reason::NoSubscriber => Refusal::NotFound,
        Reason::ActorStopped => Refusal::Stopped,
        Reason::MailboxFull => Refusal::MailboxFull,
        Reason::Expired => Refusal::Expired,
        Reason::ShuttingDown => Refusal::ShuttingDown,
        Reason::HandlerFailed => Refusal::Failed(None),
        Reason::Restarted => Refusal::Restarted,
        Reason::Refused | Reason::LateReply | Reason::Lost => Refusal::Refused,
    }
}

/// A push that waits for room with a message that can be seen: given up, it takes along what is kept about it.
pub(crate) struct Waiting<'a, A: Actor> {
    cell: &'a Cell<A>,
    push: Push<'a, Queued<A::Message>, About>,
    request: bool,
}

impl<'a, A: Actor> Waiting<'a, A> {
    pub(crate) fn new(cell: &'a Cell<A>, queued: Queued<A::Message>) -> Self {
        Waiting { cell, push: Push::new(&cell.mailbox, queued), request: false }
    }

    pub(crate) fn for_request(mut self, request: bool) -> Self {
        self.request = request;
        self
    }

    pub(crate) fn is_request(&self) -> bool {
        self.request
    }

    pub(crate) fn cell(&self) -> &'a Cell<A> {
        self.cell
    }

    /// Waits no longer than the sender wants to.
    async fn within(mut self, patience: Patience) -> Result<(), (Obstacle, Queued<A::Message>)> {
        let pushed = match patience {
            Patience::None => None,
            Patience::Endless => Some((&mut self).await),
            Patience::Until(end) => rt::timeout_at(end, &mut self).await,
        };
        match pushed {
            Some(pushed) => pushed.map_err(|queued| (Obstacle::Stopped, queued)),
            None => self.push.take_back().map_or(Ok(()), |queued| Err((Obstacle::Full, queued))),
        }
    }

    /// The message, if it has not been let in. The wait is over.
    pub(crate) fn take_back(&mut self) -> Option<A::Message> {
        let queued = self.push.take_back()?;
        drop(self.cell.kind.tags.leave(queued.tag));
        Some(queued.message)
    }
}

impl<A: Actor> Future for Waiting<'_, A> {
    type Output = Result<(), Queued<A::Message>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.push).poll(cx)
    }
}

impl<A: Actor> Drop for Waiting<'_, A> {
    fn drop(&mut self) {
        drop(self.take_back());
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
    /// The system as `actor` sees it, if this is its kind.
    fn host_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>>;
    fn arm(&self, armed: bool);
    fn close(&self);
    fn cells(&self) -> Vec<Arc<dyn AnyCell>>;
    fn counters(&self) -> Counters;
    fn accepted(&self) -> u64;
    /// About how many messages something is kept beside their mailbox.
    fn kept(&self) -> usize;
}

#[allow(private_interfaces)]
impl<A: Actor> AnyKind for Kind<A> {
    fn host_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>> {
        if actor != TypeId::of::<A>() {
            return None;
        }
        let host: Arc<dyn Host<A>> = self.host()?;
        Some(Box::new(host))
    }

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

    fn accepted(&self) -> u64 {
        Kind::accepted(self)
    }

    fn kept(&self) -> usize {
        self.tags.len()
    }
}
