//! The admission of a message to a mailbox: if it is full, decides between wait, drop and give back.

use crate::{
    actor::{
        declare::Actor,
        shared::{Cell, CurrentActor, actor_waits, end_waits, start_waits},
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
    /// Decides what happens to a message that the mailbox did not accept: wait, drop or give back. An actor does not wait for itself, nor for
    /// an actor that waits for it.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_admitted(&self, reason: NotAccepted, wait: WaitPolicy) -> NotAdmitted {
        if reason == NotAccepted::Closed {
            return NotAdmitted::Refused(Undeliverable::Stopped);
        }
        match self.mailbox.overflow() {
            Overflow::Block if !matches!(wait, WaitPolicy::Never) && !self.waits_for_sender() => {
                NotAdmitted::Wait
            }
            Overflow::Block | Overflow::Error => NotAdmitted::Refused(Undeliverable::Full),
            Overflow::Drop => NotAdmitted::Refused(Undeliverable::Dropped),
        }
    }

    /// Whether the actor handles no message before the actor whose code runs goes on: it is that actor, or waits for its start or end.
    pub(crate) fn waits_for_sender(&self) -> bool {
        CurrentActor::is(self.identity())
            || (actor_waits::is_any()
                && (end_waits::waits_for_current(self) || start_waits::circle_of_starts(self).is_some()))
    }
}
