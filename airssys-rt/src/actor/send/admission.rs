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

/// What a mailbox does with one message.
pub(crate) enum Admitted<T> {
    /// The message is in the mailbox.
    Accepted,
    /// The message is in the mailbox, and the sender yields: a sender that never finds the mailbox full must still yield now and
    /// then.
    AcceptedYield,
    /// The mailbox is full, and the sender waits for capacity with the message.
    Wait(T),
    /// The mailbox does not accept the message.
    Refused(Undeliverable, T),
}

impl<A: Actor> Cell<A> {
    /// Pushes a message, and decides what happens if the mailbox is full: wait, drop or give back. `wait` is asked only then.
    #[inline(always)]
    pub(crate) fn admit(
        &self,
        queued: Queued<A::Message>,
        wait: impl FnOnce() -> WaitPolicy,
    ) -> Admitted<Queued<A::Message>> {
        match self.mailbox.try_push(queued) {
            Ok(queued) if queued & 63 == 63 => Admitted::AcceptedYield,
            Ok(_) => Admitted::Accepted,
            Err(error) => self.not_accepted(error, wait()),
        }
    }

    /// As [`admit`](Self::admit), for the copy of an event: a sender with many subscribers does not spin for one lock.
    #[inline]
    pub(crate) fn admit_event(
        &self,
        queued: Queued<A::Message>,
        wait: impl FnOnce() -> WaitPolicy,
    ) -> Admitted<Queued<A::Message>> {
        match self.mailbox.offer(queued) {
            Ok(_) => Admitted::Accepted,
            Err(error) => self.not_accepted(error, wait()),
        }
    }

    #[cold]
    #[inline(never)]
    fn not_accepted(
        &self,
        error: PushError<Queued<A::Message>>,
        wait: WaitPolicy,
    ) -> Admitted<Queued<A::Message>> {
        let queued = match error {
            PushError::Closed(queued) => return Admitted::Refused(Undeliverable::Stopped, queued),
            PushError::Full(queued) => queued,
        };
        match self.mailbox.overflow() {
            Overflow::Block if !matches!(wait, WaitPolicy::Never) => Admitted::Wait(queued),
            Overflow::Block | Overflow::Error => Admitted::Refused(Undeliverable::Full, queued),
            Overflow::Drop => Admitted::Refused(Undeliverable::Dropped, queued),
        }
    }
}
