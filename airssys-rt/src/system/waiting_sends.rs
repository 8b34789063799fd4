//! The observed messages whose senders wait, for a broker or for capacity: decides whether a dropped send is cancelled.

use crate::{id::MessageId, sync::Mutex};
use std::collections::HashSet;

/// The observed messages that no mailbox has accepted yet and whose senders wait.
///
/// A mailbox may accept a message at the moment at which its sender drops the send. The first of the two removes the message from
/// this set, so it is either delivered or cancelled.
#[derive(Default)]
pub(crate) struct WaitingSends(Mutex<HashSet<MessageId>>);

impl WaitingSends {
    pub(crate) fn insert(&self, message: MessageId) {
        self.0.lock().insert(message);
    }

    /// Removes a message. Returns whether it was there: no mailbox has accepted it, and its sender has not dropped the send.
    pub(crate) fn remove(&self, message: MessageId) -> bool {
        self.0.lock().remove(&message)
    }
}
