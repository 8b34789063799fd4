//! The admission of a message to a mailbox: if it is full, decides between wait, drop and give back.

use crate::{
    actor::{
        declare::Actor,
        shared::{Cell, Queued},
    },
    broker::Undeliverable,
    envelope::WaitPolicy,
    mailbox::{Overflow, PushError},
};

/// What happens to a message that the mailbox did not accept at once.
pub(crate) enum NotAdmitted<T> {
    /// The mailbox is full, and the sender waits for capacity with the message.
    Wait(T),
    /// The mailbox does not accept the message.
    Refused(Undeliverable, T),
}

/// Whether a sender yields after it has pushed as the `queued`th message: a sender that never finds the mailbox full must still yield
/// now and then.
#[inline(always)]
pub(crate) fn yields(queued: usize) -> bool {
    queued & 63 == 63
}

impl<A: Actor> Cell<A> {
    /// Decides what happens to a message that the mailbox did not accept: wait, drop or give back.
    // Not a function that pushes as well: its result would be written to memory for each message, which costs a tell 4 %.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_admitted(
        &self,
        error: PushError<Queued<A::Message>>,
        wait: WaitPolicy,
    ) -> NotAdmitted<Queued<A::Message>> {
        let queued = match error {
            PushError::Closed(queued) => return NotAdmitted::Refused(Undeliverable::Stopped, queued),
            PushError::Full(queued) => queued,
        };
        match self.mailbox.overflow() {
            Overflow::Block if !matches!(wait, WaitPolicy::Never) => NotAdmitted::Wait(queued),
            Overflow::Block | Overflow::Error => NotAdmitted::Refused(Undeliverable::Full, queued),
            Overflow::Drop => NotAdmitted::Refused(Undeliverable::Dropped, queued),
        }
    }
}
