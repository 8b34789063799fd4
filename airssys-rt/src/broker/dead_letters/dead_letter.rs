//! `DeadLetter` and `Reason`: the record of a message that will not be handled, and why.

use crate::{
    id::{ActorId, MessageId},
    reply::Cause,
};
use chrono::{DateTime, Utc};
use std::fmt;

/// Why a message is a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Reason {
    /// No actor has that id or name.
    NotFound,
    /// The actor had stopped, or stopped while the message was in its mailbox.
    Stopped,
    /// The mailbox was full, and it drops what it cannot hold or the sender did not want the message back.
    Full,
    /// A hook or the broker refused the message.
    Refused,
    /// The message was older than its TTL.
    Expired,
    /// The handler returned a fault or panicked. Counted as failed, not as dead.
    Failed,
    /// No actor subscribes to the event. Only if the configuration asks for it.
    NoSubscriber,
    /// The answer came after the asker had stopped waiting. The message itself was handled.
    LateReply,
    /// The message waited for an actor that was restarted and does not keep its mailbox.
    Restarted,
    /// The system was shutting down.
    ShuttingDown,
    /// The transport failed and handed the message back, and the sender did not want it back.
    Transport,
    /// The transport failed and does not have the message any more.
    Lost,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Reason; 12] = [
        Reason::NotFound,
        Reason::Stopped,
        Reason::Full,
        Reason::Refused,
        Reason::Expired,
        Reason::Failed,
        Reason::NoSubscriber,
        Reason::LateReply,
        Reason::Restarted,
        Reason::ShuttingDown,
        Reason::Transport,
        Reason::Lost,
    ];
}

impl From<&Cause> for Reason {
    fn from(cause: &Cause) -> Self {
        match cause {
            Cause::NotFound => Reason::NotFound,
            // A slot that is dropped without an answer belongs to a message that its actor does not handle any more.
            Cause::Stopped | Cause::NoReply => Reason::Stopped,
            Cause::Full | Cause::Timeout => Reason::Full,
            Cause::Expired => Reason::Expired,
            Cause::Refused => Reason::Refused,
            Cause::ShuttingDown => Reason::ShuttingDown,
            Cause::Restarted => Reason::Restarted,
            Cause::Failed(_) => Reason::Failed,
            Cause::NoSubscriber => Reason::NoSubscriber,
            Cause::Transport => Reason::Transport,
            Cause::Lost => Reason::Lost,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::NotFound => "no such actor",
            Reason::Stopped => "the actor has stopped",
            Reason::Full => "the mailbox is full",
            Reason::Refused => "refused",
            Reason::Expired => "expired",
            Reason::Failed => "the handler failed",
            Reason::NoSubscriber => "no subscriber",
            Reason::LateReply => "the answer came too late",
            Reason::Restarted => "the actor was restarted",
            Reason::ShuttingDown => "the system was shutting down",
            Reason::Transport => "the transport failed",
            Reason::Lost => "lost by the transport",
        })
    }
}

/// The record of one message that will not be handled.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadLetter {
    /// Why the message was not handled.
    pub reason: Reason,
    /// The message id. A tell on the direct path has none until it becomes a dead letter.
    pub id: MessageId,
    /// The name of the recipient's actor type; `Event` for an event.
    pub receiver_type: &'static str,
    /// The name of the message type.
    pub message_type: &'static str,
    /// The actor that sent the message; `None` if it came from outside the actors.
    pub sender: Option<ActorId>,
    /// The recipient; `None` for an unknown name and for an event without subscribers.
    pub target: Option<ActorId>,
    /// When the message became a dead letter, on the wall clock.
    pub time: DateTime<Utc>,
}
