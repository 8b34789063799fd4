//! `AskError`: why an ask has no answer, with the recipient and the message type.

use crate::{
    id::ActorAddress,
    reply::{Cause, ExitReason, FaultReport},
    sync::Arc,
};
use std::{fmt, time::Duration};

/// Why an ask has no answer. Each variant has the recipient and the message, as [`Asked`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// No answer within the time limit. The message may still be handled; its answer is then dropped.
    #[error("{0} was not answered within {limit:?}", limit = .0.timeout.unwrap_or_default())]
    Timeout(Asked),
    /// The actor has stopped, or it stopped before it came to this message. With the reason of its end, if that is known here: not for an
    /// address whose actor has gone, nor through a broker.
    #[error("{asked} was asked, but the actor has stopped{why}", asked = .0, why = Why(.1.as_ref()))]
    Stopped(Asked, Option<ExitReason>),
    /// The handler returned a [`Fault`](crate::reply::Fault), or it panicked. The report has the text; it is `None` only for a panic outside
    /// of the actor: in a task that the message was moved to, or one that the handler has caught itself.
    #[error("{0} failed in its handler")]
    Failed(Asked, #[source] Option<FaultReport>),
    /// The message was dropped without an answer.
    #[error("{0} was dropped without an answer")]
    NoReply(Asked),
    /// The mailbox is full and its overflow policy does not wait.
    #[error("{0} was asked, but the mailbox is full")]
    Full(Asked),
    /// The broker refused the message.
    #[error("{0} was asked, but the broker refused the message")]
    Refused(Asked),
    /// There is no such actor.
    #[error("{0} was asked, but there is no such actor")]
    NotFound(Asked),
    /// The message was older than its TTL before it was handled.
    #[error("{0} expired before it was handled")]
    Expired(Asked),
    /// The actor asked itself: it would wait for its own answer.
    #[error("{0} was asked by itself: it would wait for its own answer")]
    SelfAsk(Asked),
    /// The ask is in a `pre_start` that the recipient waits for, directly or through other actors. The text is the circle.
    #[error("{0} was asked in a `pre_start` that its answer waits for: {1}")]
    StartCycle(Asked, Arc<str>),
    /// The recipient waits for the end of the actor that asks: before a restart, or because its start has failed, it stops its children.
    #[error("{0} was asked by an actor below it, whose end it waits for")]
    EndCycle(Asked),
    /// The actor was restarted before it came to this message, and does not keep its mailbox.
    #[error("{0} was asked, but the actor was restarted")]
    Restarted(Asked),
    /// The system is shutting down and accepts no more messages from outside.
    #[error("{0} was asked, but the system is shutting down")]
    ShuttingDown(Asked),
    /// The transport failed before it sent the message.
    #[error("{0} was asked, but the transport failed")]
    Transport(Asked),
    /// The transport failed after it had taken the message. The message may still be handled.
    #[error("{0} was lost by the transport")]
    Lost(Asked),
}

/// The recipient and the message of an ask, for its error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name of the actor's type.
    pub actor: &'static str,
    /// The address of the recipient.
    pub target: ActorAddress,
    /// The name of the message's type.
    pub message: &'static str,
    /// The time limit of the ask; `None` without one.
    pub timeout: Option<Duration>,
}

/// The reason of an end, behind the words that the actor has stopped.
struct Why<'a>(Option<&'a ExitReason>);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None | Some(ExitReason::Stopped) => Ok(()),
            Some(reason @ (ExitReason::Failed(_) | ExitReason::NoFactory(_))) => write!(f, ": it {reason}"),
            Some(reason) => write!(f, ": it was {reason}"),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` to `{}` {}", self.message, self.actor, self.target)
    }
}

impl AskError {
    /// The recipient and the message of the ask.
    #[must_use]
    pub fn asked(&self) -> &Asked {
        match self {
            AskError::Timeout(asked)
            | AskError::Stopped(asked, _)
            | AskError::Failed(asked, _)
            | AskError::NoReply(asked)
            | AskError::Full(asked)
            | AskError::Refused(asked)
            | AskError::NotFound(asked)
            | AskError::Expired(asked)
            | AskError::SelfAsk(asked)
            | AskError::StartCycle(asked, _)
            | AskError::EndCycle(asked)
            | AskError::Restarted(asked)
            | AskError::ShuttingDown(asked)
            | AskError::Transport(asked)
            | AskError::Lost(asked) => asked,
        }
    }

    /// Returns `true` if a later attempt can succeed: the mailbox was full, the actor was restarted, the time limit passed, or the
    /// transport failed. After [`Timeout`](Self::Timeout) and [`Lost`](Self::Lost) the message may have been handled, so a `match` that
    /// treats one of them in another way has it before the guard `if error.is_transient()`.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            AskError::Timeout(_)
                | AskError::Full(_)
                | AskError::Restarted(_)
                | AskError::Transport(_)
                | AskError::Lost(_)
        )
    }

    pub(crate) fn new(cause: Cause, asked: Asked) -> Self {
        match cause {
            Cause::NotFound | Cause::NoSubscriber => AskError::NotFound(asked),
            Cause::Stopped => AskError::Stopped(asked, None),
            Cause::Full => AskError::Full(asked),
            Cause::Timeout => AskError::Timeout(asked),
            Cause::Expired => AskError::Expired(asked),
            Cause::Refused => AskError::Refused(asked),
            Cause::ShuttingDown => AskError::ShuttingDown(asked),
            Cause::Restarted => AskError::Restarted(asked),
            Cause::Failed(report) => AskError::Failed(asked, report),
            Cause::NoReply => AskError::NoReply(asked),
            Cause::Transport => AskError::Transport(asked),
            Cause::Lost => AskError::Lost(asked),
        }
    }
}
