//! `MetaRecord`: the metadata of a message.

use crate::{
    envelope::Meta,
    id::{ActorId, CorrelationId, MessageId},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The metadata of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MetaRecord {
    /// The message id.
    pub id: MessageId,
    /// The conversation that it belongs to.
    pub correlation: CorrelationId,
    /// The actor that sent the message; `None` if it came from outside the actors.
    pub sender: Option<ActorId>,
    /// The actor that the message goes to; `None` for an event before it is copied for its subscribers.
    pub recipient: Option<ActorId>,
    /// The name of the recipient's actor type; `Event` for an event.
    pub receiver_type: String,
    /// The name of the message's or event's type.
    pub message_type: String,
    /// When the message was sent, on the wall clock.
    pub sent_at: DateTime<Utc>,
    /// The maximum age at which the message is handled. `None` without a limit.
    pub ttl: Option<Duration>,
    /// Whether it is an event.
    pub is_event: bool,
    /// Whether an asker waits for the answer.
    pub is_request: bool,
}

impl From<&Meta> for MetaRecord {
    fn from(meta: &Meta) -> Self {
        MetaRecord {
            id: meta.id(),
            correlation: meta.correlation(),
            sender: meta.sender(),
            recipient: meta.recipient(),
            receiver_type: meta.receiver_type().to_owned(),
            message_type: meta.message_type().to_owned(),
            sent_at: meta.sent_at(),
            ttl: meta.ttl(),
            is_event: meta.is_event(),
            is_request: meta.is_request(),
        }
    }
}
