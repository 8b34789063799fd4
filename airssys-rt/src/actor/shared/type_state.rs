//! The state that all actors of one type share in a system: members, counts, and the flag that messages are observed.

use crate::{
    actor::{
        declare::{Actor, Variants},
        shared::{
            ActorKey, Cell, CellConfig, DeadLetterMeta, Host, MetadataTable, Queued, Totals, actor_key,
        },
    },
    broker::{Outcome, dead_letters::Reason},
    envelope::PooledMeta,
    id::ActorId,
    mailbox::MailboxPolicy,
    observe::Counters,
    registry::Members,
    reply::Cause,
    sync::{Arc, AtomicU8, Relaxed, Weak},
};
use std::{fmt, iter, time::Duration};

/// Messages are observed: they take the path through the broker.
const VIA_BROKER: u8 = 1;
/// The system accepts no more messages from outside.
const CLOSING: u8 = 2;

/// The state that all actors of one type share in one system.
///
/// References and contexts reach the system only through it, so they need not know the type of the system.
#[doc(hidden)]
pub struct TypeState<A: Actor> {
    /// Read once for each message; rarely written.
    flags: AtomicU8,
    pub(crate) settings: Settings,
    pub(crate) members: Members<Cell<A>>,
    pub(crate) totals: Totals,
    pub(crate) metadata: MetadataTable,
    /// No other `TypeState` of the process has this number.
    number: u64,
    host: Weak<dyn Host<A>>,
}

/// The settings that a system makes for all its actors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) ask_timeout: Duration,
    pub(crate) stop_timeout: Duration,
    pub(crate) mailbox: MailboxPolicy,
}

impl Default for Settings {
    /// For a stand-in, which has no system.
    fn default() -> Self {
        let none = Duration::ZERO;
        Settings { ask_timeout: none, stop_timeout: none, mailbox: MailboxPolicy::unbounded() }
    }
}

impl<A: Actor> TypeState<A> {
    pub(crate) fn new(index: usize, armed: bool, settings: Settings, host: Weak<dyn Host<A>>) -> Self {
        TypeState {
            flags: AtomicU8::new(if armed { VIA_BROKER } else { 0 }),
            settings,
            members: Members::new(index),
            totals: Totals::default(),
            metadata: MetadataTable::default(),
            number: actor_key::next_type_state(),
            host,
        }
    }

    pub(crate) fn weak_host(&self) -> Weak<dyn Host<A>> {
        self.host.clone()
    }

    pub(crate) fn host(&self) -> Option<Arc<dyn Host<A>>> {
        self.host.upgrade()
    }

    /// The key of the actor of this type with that id.
    pub(crate) fn key(&self, id: ActorId) -> ActorKey {
        ActorKey { type_state: self.number, id }
    }

    /// Whether messages take the direct path into the mailbox: they are not observed, and the system is not closing.
    /// Relaxed: a thread that was informed of a change (by a message, a join, its own program order) sees it by coherence;
    /// other threads were promised nothing.
    #[inline]
    pub(crate) fn is_direct(&self) -> bool {
        self.flags.load(Relaxed) == 0
    }

    #[inline]
    pub(crate) fn is_via_broker(&self) -> bool {
        self.flags.load(Relaxed) & VIA_BROKER != 0
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.flags.load(Relaxed) & CLOSING != 0
    }

    pub(crate) fn set_via_broker(&self, armed: bool) {
        if armed {
            self.flags.fetch_or(VIA_BROKER, Relaxed);
        } else {
            self.flags.fetch_and(!VIA_BROKER, Relaxed);
        }
    }

    pub(crate) fn close(&self) {
        self.flags.fetch_or(CLOSING, Relaxed);
    }

    /// Adds a new actor. `None` if there are too many.
    pub(crate) fn enter(self: &Arc<Self>, birth: CellConfig) -> Option<Arc<Cell<A>>> {
        self.members.insert(|id| Cell::new(self.clone(), id, birth))
    }

    /// Removes an actor that has ended. Of the messages that its mailbox had accepted, `done` were handled, failed or
    /// expired.
    pub(crate) fn leave(&self, id: ActorId, accepted: u64, done: u64) {
        self.members.remove(id, || self.totals.retire(accepted, done));
    }

    /// Records a dead letter that is counted already; its asker has been told the cause. `meta`: the metadata of the message,
    /// if it is observed.
    pub(crate) fn dead_letter(
        &self,
        outcome: Outcome,
        reason: Reason,
        meta: Option<PooledMeta>,
        queued: Queued<A::Message>,
        target: Option<ActorId>,
    ) {
        let name = name_of::<A>(queued.message.number());
        let sender = meta.as_ref().map_or(queued.tag.sender(), |meta| meta.sender());
        let id = meta.as_ref().map(|meta| meta.id());
        let Some(host) = self.host() else { return };
        if let Some(meta) = &meta {
            host.settled(meta, outcome);
        }
        host.dead_letter(
            DeadLetterMeta { reason, id, receiver: A::NAME, name, sender, target },
            Some(queued.message),
        );
    }

    pub(crate) fn counters(&self) -> Counters {
        let (mut counters, mut accepted, mut done) = (Counters::default(), 0, 0);
        self.members.with_members(&mut |cell| match cell.map(|cell| cell.mailbox.progress()) {
            Some(progress) => (accepted, done) = (accepted + progress.0, done + progress.1),
            None => counters = self.totals.counters(iter::once((accepted, done))),
        });
        counters
    }

    /// Makes a dead letter of a message that a mailbox had accepted and that will not be handled; its asker is told the cause.
    #[cold]
    pub(crate) fn dead_letter_queued(
        &self,
        cause: Cause,
        meta: Option<PooledMeta>,
        mut queued: Queued<A::Message>,
        recipient: ActorId,
    ) {
        let reason = Reason::from(&cause);
        queued.message.refuse(cause);
        self.dead_letter(Outcome::Dead(reason), reason, meta, queued, Some(recipient));
    }

    /// How many messages all mailboxes have accepted.
    pub(crate) fn accepted(&self) -> u64 {
        let mut accepted = 0;
        self.members.with_members(&mut |cell| {
            accepted += cell.map_or_else(|| self.totals.accepted(), |cell| cell.mailbox.progress().0);
        });
        accepted
    }
}

/// The name of a message's type, by its variant.
pub(crate) fn name_of<A: Actor>(variant: u16) -> &'static str {
    A::VARIANTS.get(usize::from(variant)).copied().unwrap_or_default()
}

impl<A: Actor> fmt::Debug for TypeState<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeState({})", A::NAME)
    }
}
