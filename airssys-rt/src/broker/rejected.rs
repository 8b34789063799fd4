//! `Rejected`: why a broker did not publish an envelope, with the envelope if the broker still has it.

use crate::{
    broker::{Undeliverable, Undelivered},
    envelope::Envelope,
    reply::Cause,
};

/// Why an envelope was not published, with the envelope if the broker still has it.
///
/// # Result for the sender
///
/// | variant | `tell` | `ask` | `publish` | dead letter |
/// |---|---|---|---|---|
/// | `Undelivered(NotFound)` | `Err(NotFound)` | `NotFound` | `Err(ShuttingDown)` | `NotFound` |
/// | `Undelivered(Stopped)` | `Err(Stopped)` | `Stopped` | `Err(ShuttingDown)` | `Stopped` |
/// | `Undelivered(Full)` | `Err(Full)` | `Full` | `Err(Full)` | `Full` |
/// | `Undelivered(Timeout)` | `Err(Timeout)` | `Timeout` | `Err(Full)` | `Full` |
/// | `Undelivered(Dropped)` | `Ok(Dropped)` | `Full` | `Ok`, no receivers | `Full` |
/// | `Undelivered(NoSubscriber)` | `Err(NotFound)` | `NotFound` | `Ok`, no receivers | `NoSubscriber` |
/// | `Undelivered(Expired)` | `Ok(Dropped)` | `Expired` | `Ok`, no receivers | `Expired` |
/// | `Undelivered(ShuttingDown)` | `Err(ShuttingDown)` | `ShuttingDown` | `Err(ShuttingDown)` | `ShuttingDown` |
/// | `Refused` | `Err(Refused)` | `Refused` | `Err(Refused)` | `Refused` |
/// | `Dropped` | `Ok(Dropped)` | `Refused` | `Ok`, no receivers | `Refused` |
/// | `Transport`, with the envelope | `Err(Transport)` | `Transport` | `Err(Transport)` | `Transport` |
/// | `Transport`, without the envelope | `Err(Lost)` | `Lost` | `Err(Lost)` | `Lost` |
///
/// The first column is [`Rejected`] with its [`Undeliverable`]. The next three are [`Sent`](crate::actor::Sent) or
/// [`SendError`](crate::actor::SendError), [`AskError`](crate::reply::AskError), and [`Published`](crate::broker::Published) or
/// [`PublishError`](crate::system::PublishError). The last one is the [`Reason`](crate::broker::dead_letters::Reason), if the
/// message is a dead letter.
///
/// - A tell or a publish that returns `Err` gives the message back: it is no dead letter, and its
///   [outcome](crate::broker::Outcome) is `Returned`. Only `Err(Lost)` has no message: it is a dead letter without one.
/// - A tell or a publish that returns `Ok` makes a dead letter, with the outcome `Undelivered(reason)`.
/// - The message of an ask is a dead letter in each case, with the outcome `Undelivered(reason)`: an asker wants the answer, not
///   the message.
/// - So is the message of a sender that does not wait for the result: an event that an actor publishes, a `try_tell` that the
///   broker completes later, a dead letter that is sent again.
/// - An event without subscribers is a dead letter only if the configuration
///   [asks for it](crate::system::SystemConfig::with_unsubscribed_events_as_dead_letters). Otherwise its outcome is `Delivered` to no receivers.
/// - If a hook has put a message of another type into the envelope, the sender gets `Lost` instead.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rejected<M, E> {
    /// No mailbox accepted it.
    Undelivered(Undelivered<M>),
    /// The broker or a hook refuses it. The sender has the message back.
    Refused(Envelope<M>),
    /// The broker or a hook drops it without an error for the sender: it is a dead letter.
    Dropped(Envelope<M>),
    /// The transport failed.
    Transport {
        /// The error of the transport.
        error: E,
        /// The envelope, if the transport still has it: the sender has the message back. Without it the message is lost.
        envelope: Option<Envelope<M>>,
    },
}

/// A rejection in the form in which the system handles it: one cause, and the message.
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
