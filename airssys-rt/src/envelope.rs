//! What travels where somebody can see it: a message, and what is known about it.

mod pooled_meta;

pub use pooled_meta::PooledMeta;

use crate::{
    id::{ActorId, CorrelationId, MessageId},
    rt::{self, Instant},
    sync::{Arc, AtomicBool},
};
use std::time::{Duration, SystemTime};

/// A message of the system on a way that somebody can see: through a broker, past a hook or a tap.
#[derive(Debug, Clone)]
pub struct Envelope<M> {
    meta: PooledMeta,
    message: M,
}

/// All of an envelope but its message.
#[derive(Debug, Clone)]
pub struct Meta {
    id: MessageId,
    correlation: CorrelationId,
    sender: Option<ActorId>,
    recipient: Option<ActorId>,
    receiver: &'static str,
    name: &'static str,
    sent_at: SystemTime,
    /// Ages are taken on this clock: the other one may jump.
    start_number: Instant,
    ttl: Option<Duration>,
    wait: WaitPolicy,
    request: bool,
    event: bool,
}

/// How long a sender waits for room in a full mailbox, if that mailbox lets it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum WaitPolicy {
    #[default]
    Never,
    Until(Instant),
    Forever,
}

/// What the sender of a message says about it.
#[derive(Debug, Clone, Default)]
pub(crate) struct MetaFields {
    pub(crate) sender: Option<ActorId>,
    pub(crate) recipient: Option<ActorId>,
    /// The affair that it belongs to, if it has one already.
    pub(crate) correlation: Option<CorrelationId>,
    pub(crate) ttl: Option<Duration>,
    pub(crate) wait: WaitPolicy,
    /// Whether somebody waits for the answer.
    pub(crate) request: bool,
    /// Set once the sender has gone on and wants nothing back.
    pub(crate) detached: Option<Arc<AtomicBool>>,
}

impl Meta {
    /// Gives `draft` what makes it visible: an id and a time.
    /// `receiver`: the name of the type of actor it goes to, or `Event`.
    #[inline(always)]
    pub(crate) fn new(id: MessageId, receiver: &'static str, name: &'static str, draft: MetaFields) -> Self {
        Meta {
            id,
            correlation: draft.correlation.unwrap_or(id.into()),
            sender: draft.sender,
            recipient: draft.recipient,
            receiver,
            name,
            sent_at: rt::wall_clock(),
            start_number: rt::now(),
            ttl: draft.ttl,
            wait: draft.wait,
            request: draft.request,
            event: draft.recipient.is_none(),
        }
    }

    /// Its name, the same on its whole way.
    #[must_use]
    pub fn id(&self) -> MessageId {
        self.id
    }

    /// The affair that it belongs to: that of the message whose handler sent it, or one of its own.
    #[must_use]
    pub fn correlation(&self) -> CorrelationId {
        self.correlation
    }

    /// The actor that sent it; `None` if it came from outside.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.sender
    }

    /// The actor it goes to; `None` for an event that has not been fanned out yet.
    #[must_use]
    pub fn recipient(&self) -> Option<ActorId> {
        self.recipient
    }

    /// The name of the message's or event's type.
    #[must_use]
    pub fn message_type(&self) -> &'static str {
        self.name
    }

    /// The name of the type of actor it goes to; `Event` for an event.
    #[must_use]
    pub fn receiver_type(&self) -> &'static str {
        self.receiver
    }

    /// When it was sent, on the wall clock.
    #[must_use]
    pub fn sent_at(&self) -> SystemTime {
        self.sent_at
    }

    /// How long ago it was sent, on a clock that never jumps.
    #[must_use]
    pub fn age(&self) -> Duration {
        rt::now().duration_since(self.start_number)
    }

    /// How old it may be when it is handled.
    #[must_use]
    pub fn ttl(&self) -> Option<Duration> {
        self.ttl
    }

    /// Whether it is older than it may be. Exactly as old is not expired.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.ttl.is_some_and(|ttl| self.age() > ttl)
    }

    /// Whether it is an event: one on its way to all who subscribe, or the copy of one of them.
    #[must_use]
    pub fn is_event(&self) -> bool {
        self.event
    }

    /// Whether somebody waits for its answer.
    #[must_use]
    pub fn is_request(&self) -> bool {
        self.request
    }

    pub(crate) fn wait(&self) -> WaitPolicy {
        self.wait
    }

    /// As `now`, which was it before hooks had it.
    #[inline]
    pub(crate) fn follow(&mut self, now: &Meta) {
        self.sender = now.sender;
        self.correlation = now.correlation;
        self.ttl = now.ttl;
    }

    /// The same, for one of those whom an event goes to.
    pub(crate) fn to(mut self, recipient: ActorId) -> Self {
        self.recipient = Some(recipient);
        self
    }
}

impl<M> Envelope<M> {
    #[doc(hidden)]
    pub fn from_parts(meta: PooledMeta, message: M) -> Self {
        Envelope { meta, message }
    }

    #[doc(hidden)]
    pub fn into_parts(self) -> (PooledMeta, M) {
        (self.meta, self.message)
    }

    /// What is known about the message.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The message.
    pub fn message(&self) -> &M {
        &self.message
    }

    /// The message, to be changed on its way.
    pub fn message_mut(&mut self) -> &mut M {
        &mut self.message
    }

    /// Takes the message out.
    pub fn into_message(self) -> M {
        self.message
    }

    /// The same, in the name of another sender.
    #[must_use]
    pub fn with_sender(mut self, sender: ActorId) -> Self {
        self.meta.edit().sender = Some(sender);
        self
    }

    /// The same, as part of another affair.
    #[must_use]
    pub fn with_correlation(mut self, correlation: CorrelationId) -> Self {
        self.set_correlation(correlation);
        self
    }

    /// The same, with a limit to its age when it is handled.
    #[must_use]
    pub fn with_ttl(mut self, ttl: Duration) -> Self {
        self.set_ttl(Some(ttl));
        self
    }

    /// Makes it part of another affair.
    pub fn set_correlation(&mut self, correlation: CorrelationId) {
        self.meta.edit().correlation = correlation;
    }

    /// Limits its age when it is handled.
    pub fn set_ttl(&mut self, ttl: Option<Duration>) {
        self.meta.edit().ttl = ttl;
    }
}
