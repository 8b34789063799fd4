use crate::{
    broker::{Undeliverable, Undelivered},
    envelope::Envelope,
    reply::Cause,
};

/// Why an envelope was not published, with the envelope where the broker still has it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rejected<M, E> {
    /// No mailbox accepted it.
    Undelivered(Undelivered<M>),
    /// The broker refuses it. The sender has the message back.
    Refused(Envelope<M>),
    /// The broker drops it without an error for the sender: it is a dead letter.
    Dropped(Envelope<M>),
    /// The transport failed.
    Transport {
        /// What went wrong.
        error: E,
        /// The envelope, if the transport still has it: the sender has the message back. Without it the message is lost.
        envelope: Option<Envelope<M>>,
    },
}

/// A rejection as the system handles it: one cause, and what to do with the message.
pub(crate) struct Rejection<M> {
    pub(crate) cause: Cause,
    /// The message is a dead letter, although its sender could have it back.
    pub(crate) dropped: bool,
    /// `None`: the transport has lost it.
    pub(crate) envelope: Option<Envelope<M>>,
}

impl<M, E> From<Rejected<M, E>> for Rejection<M> {
    fn from(rejected: Rejected<M, E>) -> Self {
        let (cause, dropped, envelope) = match rejected {
            Rejected::Undelivered(undelivered) => return undelivered.into(),
            Rejected::Refused(envelope) => (Cause::Refused, false, Some(envelope)),
            Rejected::Dropped(envelope) => (Cause::Refused, true, Some(envelope)),
            Rejected::Transport { envelope: Some(envelope), .. } => (Cause::Transport, false, Some(envelope)),
            Rejected::Transport { envelope: None, .. } => (Cause::Lost, false, None),
        };
        Rejection { cause, dropped, envelope }
    }
}

impl<M> From<Undelivered<M>> for Rejection<M> {
    fn from(undelivered: Undelivered<M>) -> Self {
        let reason: Undeliverable = undelivered.reason();
        Rejection {
            cause: reason.cause(),
            dropped: reason.is_dropped(),
            envelope: Some(undelivered.into_envelope()),
        }
    }
}
