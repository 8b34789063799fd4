/// What a full mailbox does with one message more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overflow {
    /// The sender waits for room, and only that sender.
    #[default]
    Block,
    /// The new message is dropped and counted as dead; the sender is told `Ok(Sent::Dropped)`.
    Drop,
    /// The sender has the message back at once, in the error.
    Error,
}

/// How much a mailbox holds, and what happens when it is full.
///
/// ```
/// use airssys_rt::mailbox::{Overflow, Policy};
///
/// let policy = Policy::bounded(64).with_overflow(Overflow::Drop);
/// assert_eq!(policy.capacity(), Some(64));
/// assert_eq!(Policy::unbounded().capacity(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    capacity: u32,
    overflow: Overflow,
}

/// A mailbox was to hold no message at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mailbox holds at least one message: its capacity cannot be 0")]
pub struct ZeroCapacity;

/// That of an actor and a system that say nothing: 1,000 messages, and [`Overflow::Block`].
impl Default for Policy {
    fn default() -> Self {
        Policy::bounded(1000)
    }
}

impl Policy {
    /// Holds at most `capacity` messages, those that the actor has taken and not yet handled among them.
    ///
    /// # Panics
    ///
    /// If `capacity` is 0; in a `const`, and so in `#[actor(mailbox(..))]`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn bounded(capacity: u32) -> Self {
        assert!(capacity > 0, "a mailbox holds at least one message: its capacity cannot be 0");
        Policy { capacity, overflow: Overflow::Block }
    }

    /// Holds whatever comes, so memory is the limit. Never the default.
    #[must_use]
    pub const fn unbounded() -> Self {
        Policy { capacity: u32::MAX, overflow: Overflow::Block }
    }

    /// The same, with another overflow policy. An unbounded mailbox never needs it.
    #[must_use]
    pub const fn with_overflow(mut self, overflow: Overflow) -> Self {
        self.overflow = overflow;
        self
    }

    /// The same, with another capacity.
    ///
    /// # Errors
    ///
    /// If `capacity` is 0.
    pub const fn with_capacity(mut self, capacity: u32) -> Result<Self, ZeroCapacity> {
        if capacity == 0 {
            return Err(ZeroCapacity);
        }
        self.capacity = capacity;
        Ok(self)
    }

    /// How many messages it holds at most; `None` without a limit.
    #[must_use]
    pub const fn capacity(&self) -> Option<u32> {
        if self.capacity == u32::MAX { None } else { Some(self.capacity) }
    }

    /// What happens when it is full.
    #[must_use]
    pub const fn overflow(&self) -> Overflow {
        self.overflow
    }

    pub(crate) const fn limit(&self) -> u32 {
        self.capacity
    }
}
