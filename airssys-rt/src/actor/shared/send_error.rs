use crate::broker::dead_letters::Reason;
use std::{error::Error, fmt};

/// What became of a message that the sender got rid of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sent {
    /// It is in the mailbox, or a transport has taken it over.
    Queued,
    /// Nobody will handle it, and the sender need not care: the mailbox was full and drops what it cannot hold, a hook
    /// dropped the message, or it had expired. It is a dead letter.
    Dropped,
}

/// Why a message was not sent, with the message.
///
/// It is `Debug` and an [`Error`] whatever the message is, so that `?` always works.
#[non_exhaustive]
pub enum SendError<M> {
    /// The actor has stopped.
    Stopped(M),
    /// There is no actor with that id or name.
    NotFound(M),
    /// The mailbox is full, and nobody was to wait.
    Full(M),
    /// The mailbox was full for as long as the sender wanted to wait.
    Timeout(M),
    /// The broker refused it.
    Refused(M),
    /// The system is shutting down and takes no more messages from outside.
    ShuttingDown(M),
    /// The transport failed with the message in its hands, or had it for longer than its sender wanted to wait.
    Lost,
}

impl<M> SendError<M> {
    /// The message, unless a transport lost it.
    pub fn into_message(self) -> Option<M> {
        match self {
            SendError::Stopped(message)
            | SendError::NotFound(message)
            | SendError::Full(message)
            | SendError::Timeout(message)
            | SendError::Refused(message)
            | SendError::ShuttingDown(message) => Some(message),
            SendError::Lost => None,
        }
    }

    /// Whether the same may work a little later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, SendError::Full(_) | SendError::Timeout(_))
    }

    pub(crate) fn and_then<N>(self, f: impl FnOnce(M) -> Option<N>) -> SendError<N> {
        let (wrap, message): (fn(N) -> SendError<N>, M) = match self {
            SendError::Stopped(message) => (SendError::Stopped, message),
            SendError::NotFound(message) => (SendError::NotFound, message),
            SendError::Full(message) => (SendError::Full, message),
            SendError::Timeout(message) => (SendError::Timeout, message),
            SendError::Refused(message) => (SendError::Refused, message),
            SendError::ShuttingDown(message) => (SendError::ShuttingDown, message),
            SendError::Lost => return SendError::Lost,
        };
        f(message).map_or(SendError::Lost, wrap)
    }

    /// Why the message is dead if nobody wants it back.
    pub(crate) fn reason(&self) -> Reason {
        match self {
            SendError::Stopped(_) => Reason::ActorStopped,
            SendError::NotFound(_) => Reason::NoRecipient,
            SendError::Full(_) | SendError::Timeout(_) => Reason::MailboxFull,
            SendError::Refused(_) => Reason::Refused,
            SendError::ShuttingDown(_) => Reason::ShuttingDown,
            SendError::Lost => Reason::Lost,
        }
    }
}

impl<M> fmt::Display for SendError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SendError::Stopped(_) => "the actor has stopped",
            SendError::NotFound(_) => "there is no such actor",
            SendError::Full(_) => "the mailbox is full",
            SendError::Timeout(_) => "the mailbox stayed full until the time limit",
            SendError::Refused(_) => "the broker refused the message",
            SendError::ShuttingDown(_) => "the system is shutting down",
            SendError::Lost => "the transport lost the message",
        })
    }
}

impl<M> fmt::Debug for SendError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SendError({self})")
    }
}

impl<M> Error for SendError<M> {}
