use std::{fmt, num::NonZeroU64};

/// Names one message of one system. Given when somebody can see the message; a bare tell has none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(NonZeroU64);

impl MessageId {
    /// `number` counts from 0.
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

/// Ties messages together that belong to one affair: an answer to its request, and what a handler sends to the
/// message that it handles. Opaque; one that a hook sets is kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CorrelationId(NonZeroU64);

impl CorrelationId {
    /// From a number of your own; `None` for 0.
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

/// The first message of an affair gives it its name.
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
