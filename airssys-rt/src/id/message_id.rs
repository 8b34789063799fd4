//! `MessageId`, the id of one message, and `CorrelationId`, the id of a conversation (causal chain).

use std::{fmt, num::NonZeroU64};

/// The id of one message of one system. A message gets an id when it is observed; a plain tell has none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct MessageId(NonZeroU64);

impl MessageId {
    /// Creates the id of a message. `number` counts from 0.
    pub(crate) fn nth(number: u64) -> Self {
        MessageId(NonZeroU64::MIN.saturating_add(number))
    }

    /// The id as a number, for logs and tables.
    #[must_use]
    pub fn as_u64(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageId({self})")
    }
}

/// The id of a conversation: all messages that one message has caused have the same.
///
/// An answer belongs to the conversation of its request, and a message that a handler sends to that of the message it handles.
/// The id is opaque. If a hook sets one, it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct CorrelationId(NonZeroU64);

impl CorrelationId {
    /// Creates an id from a number of the caller's; `None` for 0.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        NonZeroU64::new(number).map(CorrelationId)
    }

    /// The id as a number, for logs and tables.
    #[must_use]
    pub fn as_u64(self) -> u64 {
        self.0.get()
    }
}

/// The first message of a conversation gives it its id.
impl From<MessageId> for CorrelationId {
    fn from(id: MessageId) -> Self {
        CorrelationId(id.0)
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CorrelationId({self})")
    }
}
