//! `MailboxPolicy` and `Overflow`: the capacity of a mailbox, and what happens to a message when it is full.

/// What happens to a message that is sent to a full mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overflow {
    /// The sender waits for capacity. No other sender or actor is delayed.
    #[default]
    Block,
    /// The new message is dropped and counted as dead. The sender gets `Ok(Sent::Dropped)`.
    Drop,
    /// The sender gets the message back at once, in the error.
    Error,
}

/// The capacity of a mailbox, and what happens when it is full.
///
/// ```
/// use airssys_rt::mailbox::{Overflow, MailboxPolicy};
///
/// let policy = MailboxPolicy::bounded(64).with_overflow(Overflow::Drop);
/// assert_eq!(policy.capacity(), Some(64));
/// assert_eq!(MailboxPolicy::unbounded().capacity(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxPolicy {
    capacity: u32,
    overflow: Overflow,
}

/// An invalid mailbox capacity: it must not be 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mailbox holds at least one message: its capacity cannot be 0")]
pub struct ZeroCapacity;

/// The policy of an actor that declares none, in a system that configures none: 1,000 messages and [`Overflow::Block`].
impl Default for MailboxPolicy {
    fn default() -> Self {
        MailboxPolicy::bounded(1000)
    }
}

impl MailboxPolicy {
    /// Creates a policy for at most `capacity` messages. Messages that the actor has taken and not yet handled count.
    ///
    /// # Panics
    ///
    /// If `capacity` is 0; in a `const`, and so in `#[actor(mailbox(..))]`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn bounded(capacity: u32) -> Self {
        assert!(capacity > 0, "a mailbox holds at least one message: its capacity cannot be 0");
        MailboxPolicy { capacity, overflow: Overflow::Block }
    }

    /// Creates a policy without a limit: only memory limits the number of messages. It is never the default.
    #[must_use]
    pub const fn unbounded() -> Self {
        MailboxPolicy { capacity: u32::MAX, overflow: Overflow::Block }
    }

    /// Sets what happens when the mailbox is full. It has no effect on an unbounded mailbox.
    #[must_use]
    pub const fn with_overflow(mut self, overflow: Overflow) -> Self {
        self.overflow = overflow;
        self
    }

    /// Sets the capacity.
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

    /// The largest number of messages; `None` without a limit.
    #[must_use]
    pub const fn capacity(&self) -> Option<u32> {
        if self.capacity == u32::MAX { None } else { Some(self.capacity) }
    }

    /// What happens when the mailbox is full.
    #[must_use]
    pub const fn overflow(&self) -> Overflow {
        self.overflow
    }

    pub(crate) const fn limit(&self) -> u32 {
        self.capacity
    }
}
