//! `Meta`: the metadata of a message (id, correlation, sender, recipient, types, time, TTL).

use crate::{
    id::{ActorId, CorrelationId, MessageId},
    rt::{self, Instant},
    sync::{Arc, AtomicBool},
};
use chrono::{DateTime, Utc};
use std::time::{Duration, SystemTime};

/// The metadata of a message: id, conversation, sender, recipient, types, time and TTL.
///
/// # Examples
///
/// A hook that reports messages that have waited long:
///
/// ```
/// use airssys_rt::{broker::hook::Hook, envelope::Meta};
/// use std::time::Duration;
///
/// struct SlowMessages;
///
/// impl<M> Hook<M> for SlowMessages {
///     fn handling(&self, meta: &Meta) {
///         let age = meta.age();
///         if age > Duration::from_millis(100) {
///             eprintln!("{} {} waited {age:?} for {}", meta.message_type(), meta.id(), meta.receiver_type());
///         }
///     }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Meta {
    id: MessageId,
    pub(super) correlation: CorrelationId,
    pub(super) sender: Option<ActorId>,
    recipient: Option<ActorId>,
    receiver: &'static str,
    name: &'static str,
    sent_at: SystemTime,
    /// The age is measured on this clock: the wall clock may jump.
    sent_instant: Instant,
    pub(super) ttl: Option<Duration>,
    wait: WaitPolicy,
    request: bool,
    event: bool,
}

/// How long a sender waits for capacity in a full mailbox whose overflow policy waits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum WaitPolicy {
    #[default]
    Never,
    Until(Instant),
    Forever,
}

/// The part of a [`Meta`] that the sender of the message provides.
#[derive(Debug, Clone, Default)]
pub(crate) struct MetaFields {
    pub(crate) sender: Option<ActorId>,
    pub(crate) recipient: Option<ActorId>,
    /// The conversation that the message continues; `None` if it begins one.
    pub(crate) correlation: Option<CorrelationId>,
    pub(crate) ttl: Option<Duration>,
    pub(crate) wait: WaitPolicy,
    /// Whether an asker waits for the answer.
    pub(crate) request: bool,
    /// Set once the send has returned to the sender, which then does not get the message back.
    pub(crate) detached: Option<Arc<AtomicBool>>,
}

impl Meta {
    /// Adds the id and the time to `fields`. `receiver` is the name of the recipient's actor type, or `Event`.
    #[inline(always)]
    pub(crate) fn new(id: MessageId, receiver: &'static str, name: &'static str, fields: MetaFields) -> Self {
        Meta {
            id,
            correlation: fields.correlation.unwrap_or(id.into()),
            sender: fields.sender,
            recipient: fields.recipient,
            receiver,
            name,
            sent_at: rt::wall_clock(),
            sent_instant: rt::now(),
            ttl: fields.ttl,
            wait: fields.wait,
            request: fields.request,
            event: fields.recipient.is_none(),
        }
    }

    /// The message id; constant from publish to completion.
    #[must_use]
    pub fn id(&self) -> MessageId {
        self.id
    }

    /// The conversation (causal chain) it belongs to: that of the message whose handler sent it, or a new one.
    #[must_use]
    pub fn correlation(&self) -> CorrelationId {
        self.correlation
    }

    /// The actor that sent the message; `None` if it came from outside the actors.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.sender
    }

    /// The actor that the message goes to; `None` for an event before it is copied for its subscribers.
    #[must_use]
    pub fn recipient(&self) -> Option<ActorId> {
        self.recipient
    }

    /// The name of the message's or event's type.
    #[must_use]
    pub fn message_type(&self) -> &'static str {
        self.name
    }

    /// The name of the recipient's actor type; `Event` for an event.
    #[must_use]
    pub fn receiver_type(&self) -> &'static str {
        self.receiver
    }

    /// When the message was sent, on the wall clock.
    #[must_use]
    pub fn sent_at(&self) -> DateTime<Utc> {
        self.sent_at.into()
    }

    /// The time since the message was sent, on a monotonic clock.
    #[must_use]
    pub fn age(&self) -> Duration {
        rt::now().duration_since(self.sent_instant)
    }

    /// The TTL: the maximum age at which the message is handled. `None` without a limit.
    #[must_use]
    pub fn ttl(&self) -> Option<Duration> {
        self.ttl
    }

    /// Whether the message is older than its TTL. A message exactly as old as its TTL is not expired.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.ttl.is_some_and(|ttl| self.age() > ttl)
    }

    /// Whether it is an event: the event itself, or its copy for one subscriber.
    #[must_use]
    pub fn is_event(&self) -> bool {
        self.event
    }

    /// Whether it is a request: an asker waits for its answer.
    #[must_use]
    pub fn is_request(&self) -> bool {
        self.request
    }

    pub(crate) fn wait(&self) -> WaitPolicy {
        self.wait
    }

    /// Copies the fields that hooks may have changed from `changed`, the metadata of the same message after the hooks.
    #[inline]
    pub(crate) fn copy_changes(&mut self, changed: &Meta) {
        self.sender = changed.sender;
        self.correlation = changed.correlation;
        self.ttl = changed.ttl;
    }

    /// The metadata of an event's copy for one subscriber.
    pub(crate) fn with_recipient(mut self, recipient: ActorId) -> Self {
        self.recipient = Some(recipient);
        self
    }
}
