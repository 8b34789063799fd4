use crate::reply::Refusal;
use std::{error::Error, fmt};

/// What became of a message that the sender got rid of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sent {
    /// It is in the mailbox, or a transport has taken it over.
    Queued,
    /// The mailbox was full and drops what it cannot hold. The message is counted as dead.
    Dropped,
}

/// Why a message was not sent, with the message.
///
/// It is `Debug` and an [`Error`] whatever the message is, so that `?` always works.
#[non_exhaustive]
pub enum SendError<M> {
    /// The actor has stopped.
    Stopped(M),
    /// The mailbox is full, and nobody was to wait.
    Full(M),
    /// The mailbox was full for as long as the sender wanted to wait.
    Timeout(M),
    /// The broker refused it.
    Refused(M),
    /// The system is shutting down and takes no more messages from outside.
    ShuttingDown(M),
    /// The transport failed with the message in its hands.
    Lost,
}

impl<M> SendError<M> {
    /// The message, unless a transport lost it.
    pub fn into_message(self) -> Option<M> {
        match self {
            SendError::Stopped(message)
            | SendError::Full(message)
            | SendError::Timeout(message)
            | SendError::Refused(message)
            | SendError::ShuttingDown(message) => Some(message),
            SendError::Lost => None,
        }
    }

    pub(crate) fn and_then<N>(self, f: impl FnOnce(M) -> Option<N>) -> SendError<N> {
        let (wrap, message): (fn(N) -> SendError<N>, M) = match self {
            SendError::Stopped(message) => (SendError::Stopped, message),
            SendError::Full(message) => (SendError::Full, message),
            SendError::Timeout(message) => (SendError::Timeout, message),
            SendError::Refused(message) => (SendError::Refused, message),
            SendError::ShuttingDown(message) => (SendError::ShuttingDown, message),
            SendError::Lost => return SendError::Lost,
        };
        f(message).map_or(SendError::Lost, wrap)
    }

    /// What whoever asked is told.
    pub(crate) fn refusal(&self) -> Refusal {
        match self {
            SendError::Stopped(_) => Refusal::Stopped,
            SendError::Full(_) | SendError::Timeout(_) => Refusal::MailboxFull,
            SendError::Refused(_) | SendError::Lost => Refusal::Refused,
            SendError::ShuttingDown(_) => Refusal::ShuttingDown,
        }
    }
}

impl<M> fmt::Display for SendError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SendError::Stopped(_) => "the actor has stopped",
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
