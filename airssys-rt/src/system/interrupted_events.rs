//! The observed events whose fan-out has failed after some subscribers had the event: their delivery is reported already.

use crate::{id::MessageId, sync::Mutex};
use std::collections::HashMap;

/// The observed events whose fan-out has failed after some subscribers had the event, with the number of these. An event is here only
/// while the panic of its copy unwinds.
#[derive(Default)]
pub(crate) struct InterruptedEvents(Mutex<HashMap<MessageId, usize>>);

impl InterruptedEvents {
    pub(crate) fn insert(&self, event: MessageId, receivers: usize) {
        self.0.lock().insert(event, receivers);
    }

    /// Takes the number of subscribers that have the event.
    pub(crate) fn take(&self, event: MessageId) -> Option<usize> {
        self.0.lock().remove(&event)
    }
}
