use crate::{broker::Published, envelope::Meta, id::ActorId, rt::BoxFuture};
use std::fmt;

/// One event on its way to everyone who subscribes to it: who has it, and who is full.
#[doc(hidden)]
pub struct FanOut {
    sender: Option<ActorId>,
    receivers: usize,
    /// Full mailboxes that let their senders wait.
    late: Vec<BoxFuture<'static, bool>>,
}

impl FanOut {
    #[doc(hidden)]
    #[must_use]
    pub fn new(meta: &Meta) -> Self {
        Self::from_sender(meta.sender)
    }

    pub(crate) fn from_sender(sender: Option<ActorId>) -> Self {
        FanOut { sender, receivers: 0, late: Vec::new() }
    }

    pub(crate) fn sender(&self) -> Option<ActorId> {
        self.sender
    }

    #[inline]
    pub(crate) fn delivered(&mut self) {
        self.receivers += 1;
    }

    pub(crate) fn later(&mut self, delivery: BoxFuture<'static, bool>) {
        self.late.push(delivery);
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.late.is_empty()
    }

    pub(crate) fn published(&self) -> Published {
        Published::to(self.receivers)
    }

    /// Waits for those that were full.
    #[doc(hidden)]
    pub async fn finish(mut self) -> Published {
        for delivery in std::mem::take(&mut self.late) {
            self.receivers += usize::from(delivery.await);
        }
        self.published()
    }
}

impl fmt::Debug for FanOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FanOut").field("receivers", &self.receivers).field("late", &self.late.len()).finish()
    }
}
