//! The admission of a message to a mailbox: if it is full, decides between wait, drop and give back.

use crate::{
    actor::{
        declare::Actor,
        shared::{Cell, CurrentActor},
    },
    broker::Undeliverable,
    envelope::WaitPolicy,
    mailbox::{NotAccepted, Overflow},
};

/// What happens to a message that the mailbox did not accept at once.
pub(crate) enum NotAdmitted {
    /// The mailbox is full, and the sender waits for capacity with the message.
    Wait,
    /// The mailbox does not accept the message.
    Refused(Undeliverable),
}

/// Whether a sender yields after it has pushed as the `queued`th message: a sender that never finds the mailbox full must still yield
/// now and then.
#[inline(always)]
pub(crate) fn yields(queued: usize) -> bool {
    queued & 63 == 63
}

impl<A: Actor> Cell<A> {
    /// Decides what happens to a message that the mailbox did not accept: wait, drop or give back. An actor does not wait for itself.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_admitted(&self, reason: NotAccepted, wait: WaitPolicy) -> NotAdmitted {
        if reason == NotAccepted::Closed {
            return NotAdmitted::Refused(Undeliverable::Stopped);
        }
        match self.mailbox.overflow() {
            Overflow::Block if !matches!(wait, WaitPolicy::Never) && !CurrentActor::is(self.identity()) => {
                NotAdmitted::Wait
            }
            Overflow::Block | Overflow::Error => NotAdmitted::Refused(Undeliverable::Full),
            Overflow::Drop => NotAdmitted::Refused(Undeliverable::Dropped),
        }
    }
}
