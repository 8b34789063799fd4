//! `Undelivered`: an envelope that no mailbox accepted, with the reason.

use crate::{
    envelope::{Envelope, PooledMeta},
    reply::Cause,
};

/// An envelope that no mailbox accepted, with the reason.
#[derive(Debug)]
pub struct Undelivered<M> {
    reason: Undeliverable,
    envelope: Envelope<M>,
}

/// Why no mailbox accepted an envelope. The table of [`Rejected`](crate::broker::Rejected) has the result for the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undeliverable {
    /// No actor has that id. The sender has the message back.
    NotFound,
    /// The actor has stopped, or the system behind the route has ended. The sender has the message back.
    Stopped,
    /// The mailbox is full, and the sender or the overflow policy does not wait. The sender has the message back.
    Full,
    /// The mailbox stayed full until the sender's time limit. The sender has the message back.
    Timeout,
    /// The mailbox is full, and its overflow policy drops the message: it is a dead letter.
    Dropped,
    /// No actor subscribes to the event.
    NoSubscriber,
    /// The message is older than its TTL: it is a dead letter.
    Expired,
    /// The system is shutting down or has ended, and the sender is outside. The sender has the message back.
    ShuttingDown,
}

impl Undeliverable {
    pub(crate) fn cause(self) -> Cause {
        match self {
            Undeliverable::NotFound => Cause::NotFound,
            Undeliverable::Stopped => Cause::Stopped,
            Undeliverable::Full | Undeliverable::Dropped => Cause::Full,
            Undeliverable::Timeout => Cause::Timeout,
            Undeliverable::NoSubscriber => Cause::NoSubscriber,
            Undeliverable::Expired => Cause::Expired,
            Undeliverable::ShuttingDown => Cause::ShuttingDown,
        }
    }

    /// Whether the message is a dead letter, although its sender could have it back.
    pub(crate) fn is_dropped(self) -> bool {
        matches!(self, Undeliverable::Dropped | Undeliverable::Expired)
    }
}

impl<M> Undelivered<M> {
    /// Makes the error for an envelope that a broker could not deliver, for
    /// [`Rejected::Undelivered`](crate::broker::Rejected::Undelivered).
    pub fn new(reason: Undeliverable, envelope: Envelope<M>) -> Self {
        Undelivered { reason, envelope }
    }

    /// An envelope for a system that has ended. As on the direct path, a sender outside is told that the system has shut down, and an
    /// actor that its recipient has stopped.
    pub(crate) fn ended(envelope: Envelope<M>) -> Self {
        let outside = envelope.meta().sender().is_none();
        let reason = if outside { Undeliverable::ShuttingDown } else { Undeliverable::Stopped };
        Undelivered::new(reason, envelope)
    }

    /// Why no mailbox accepted the envelope.
    pub fn reason(&self) -> Undeliverable {
        self.reason
    }

    /// Takes the envelope back.
    pub fn into_envelope(self) -> Envelope<M> {
        self.envelope
    }

    /// For generated code: an event without subscribers.
    #[doc(hidden)]
    pub(crate) fn unheard(meta: PooledMeta, message: M) -> Self {
        Undelivered::new(Undeliverable::NoSubscriber, Envelope::from_parts(meta, message))
    }
}
