//! `DeadLetterRecord`: a message that was not handled.

use crate::{
    broker::dead_letters::{DeadLetter, Reason},
    id::{ActorId, MessageId},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One message that was not handled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeadLetterRecord {
    /// Why the message was not handled.
    pub reason: Reason,
    /// The message id.
    pub id: MessageId,
    /// The name of the recipient's actor type; `Event` for an event.
    pub receiver_type: String,
    /// The name of the message type.
    pub message_type: String,
    /// The actor that sent the message; `None` if it came from outside the actors.
    pub sender: Option<ActorId>,
    /// The recipient; `None` for an unknown name and for an event without subscribers.
    pub target: Option<ActorId>,
    /// When the message became a dead letter, on the wall clock.
    pub time: DateTime<Utc>,
}

impl From<&DeadLetter> for DeadLetterRecord {
    fn from(letter: &DeadLetter) -> Self {
        DeadLetterRecord {
            reason: letter.reason,
            id: letter.id,
            receiver_type: letter.receiver_type.to_owned(),
            message_type: letter.message_type.to_owned(),
            sender: letter.sender,
            target: letter.target,
            time: letter.time,
        }
    }
}
