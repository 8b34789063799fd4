//! `SendError`, why a message was not sent, with the message; and `Sent`, the result of a successful send.

use crate::reply::Cause;
use std::{error::Error, fmt};

/// The result of a send that the sender need not act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sent {
    /// The message is in the mailbox, or a transport has taken it over.
    Queued,
    /// The message is a dead letter: the mailbox was full and its overflow policy drops, a hook dropped it, or it had expired.
    Dropped,
}

/// Why a message was not sent, with the message.
///
/// It is `Debug` and an [`Error`] whatever the type of the message is, so `?` works with every message.
#[non_exhaustive]
pub enum SendError<M> {
    /// The actor has stopped.
    Stopped(M),
    /// No actor has that id or name.
    NotFound(M),
    /// The mailbox is full, and the sender or the overflow policy does not wait. An actor never waits for itself, nor for an actor that
    /// waits for its start or end.
    Full(M),
    /// The mailbox stayed full until the sender's time limit.
    Timeout(M),
    /// A hook or the broker refused the message.
    Refused(M),
    /// The message was older than its TTL.
    Expired(M),
    /// The system is shutting down and accepts no more messages from outside.
    ShuttingDown(M),
    /// The transport failed before it sent the message.
    Transport(M),
    /// The transport failed after it had taken the message, or did not finish within the sender's time limit. The message may
    /// still be handled.
    Lost,
}

impl<M> SendError<M> {
    /// The error for one cause.
    pub(crate) fn new(cause: Cause, message: M) -> Self {
        match cause {
            Cause::Stopped | Cause::Restarted | Cause::Failed(_) | Cause::NoReply => {
                SendError::Stopped(message)
            }
            Cause::NotFound | Cause::NoSubscriber => SendError::NotFound(message),
            Cause::Full => SendError::Full(message),
            Cause::Timeout => SendError::Timeout(message),
            Cause::Refused => SendError::Refused(message),
            Cause::Expired => SendError::Expired(message),
            Cause::ShuttingDown => SendError::ShuttingDown(message),
            Cause::Transport => SendError::Transport(message),
            Cause::Lost => SendError::Lost,
        }
    }

    /// The cause, for an asker, whose error has no message.
    pub(crate) fn cause(&self) -> Cause {
        match self {
            SendError::Stopped(_) => Cause::Stopped,
            SendError::NotFound(_) => Cause::NotFound,
            SendError::Full(_) => Cause::Full,
            SendError::Timeout(_) => Cause::Timeout,
            SendError::Refused(_) => Cause::Refused,
            SendError::Expired(_) => Cause::Expired,
            SendError::ShuttingDown(_) => Cause::ShuttingDown,
            SendError::Transport(_) => Cause::Transport,
            SendError::Lost => Cause::Lost,
        }
    }

    /// The message, unless a transport has lost it.
    pub fn into_message(self) -> Option<M> {
        self.into_parts().1
    }

    fn into_parts(self) -> (Cause, Option<M>) {
        let cause = self.cause();
        let message = match self {
            SendError::Stopped(message)
            | SendError::NotFound(message)
            | SendError::Full(message)
            | SendError::Timeout(message)
            | SendError::Refused(message)
            | SendError::Expired(message)
            | SendError::ShuttingDown(message)
            | SendError::Transport(message) => Some(message),
            SendError::Lost => None,
        };
        (cause, message)
    }

    /// Returns `true` if a later attempt can succeed: the mailbox was full, or the transport failed. After [`Lost`](Self::Lost)
    /// the message may have been handled.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, SendError::Full(_) | SendError::Timeout(_) | SendError::Transport(_) | SendError::Lost)
    }

    /// The same error with what `f` makes of the message. Without a message the error is [`Lost`](Self::Lost).
    pub(crate) fn and_then<N>(self, f: impl FnOnce(M) -> Option<N>) -> SendError<N> {
        let (cause, message) = self.into_parts();
        match message.and_then(f) {
            Some(message) => SendError::new(cause, message),
            None => SendError::Lost,
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
            SendError::Expired(_) => "the message has expired",
            SendError::ShuttingDown(_) => "the system is shutting down",
            SendError::Transport(_) => "the transport failed",
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
