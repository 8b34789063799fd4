//! `Sending`: one send with its recipient, the part that the futures of a tell and of an ask have in common.

use crate::{
    actor::{
        declare::Actor,
        shared::{
            Abandoned, ActorRef, AnyCell, CurrentActor, Delivery, Endpoint, ExitReason, Outgoing, SendError,
            SendOrigin, SendProgress, SendStep, Sent,
        },
    },
    id::ActorId,
    rt::{Instant, Runtime},
};
use std::{
    mem,
    task::{Context, Poll},
    time::Duration,
};

/// One send, to its recipient. Dropping it before it is over ends it.
pub(crate) struct Sending<'t, A: Actor> {
    to: &'t dyn Endpoint<A>,
    delivery: Delivery<A>,
}

impl<'t, A: Actor> Sending<'t, A> {
    #[inline]
    pub(crate) fn new(to: &'t ActorRef<A>, message: A::Message, origin: SendOrigin, request: bool) -> Self {
        let outgoing = Some(Outgoing::new(message, origin, request));
        Sending { to: to.endpoint(), delivery: Delivery { outgoing, step: SendStep::First } }
    }

    pub(crate) fn set_end(&mut self, end: Instant) {
        if let Some(outgoing) = &mut self.delivery.outgoing {
            outgoing.options.get_or_insert_default().end = Some(end);
        }
    }

    pub(crate) fn set_ttl(&mut self, ttl: Duration) {
        if let Some(outgoing) = &mut self.delivery.outgoing {
            outgoing.options.get_or_insert_default().ttl = Some(ttl);
        }
    }

    /// The id of the recipient.
    pub(crate) fn recipient(&self) -> ActorId {
        self.to.id()
    }

    /// Whether code of the recipient itself polls this send.
    #[inline]
    pub(crate) fn is_to_itself(&self) -> bool {
        CurrentActor::is(std::ptr::from_ref(self.to).addr())
    }

    /// What an ask waits for.
    pub(crate) fn target(&self) -> &dyn AnyCell {
        self.to.as_any_cell()
    }

    pub(crate) fn ask_timeout(&self) -> Duration {
        self.to.ask_timeout()
    }

    /// Why the recipient has ended, if it has and that is known.
    #[cold]
    pub(crate) fn end_reason(&self) -> Option<ExitReason> {
        self.to.end_reason()
    }

    /// The runtime of the recipient's system. `None`: the system has gone.
    #[cold]
    pub(crate) fn runtime(&self) -> Option<Runtime> {
        self.to.runtime()
    }

    #[inline(always)]
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Sent, SendError<A::Message>>> {
        match self.to.poll_send(&mut self.delivery, cx) {
            SendProgress::Queued => Poll::Ready(Ok(Sent::Queued)),
            SendProgress::Pending => Poll::Pending,
            SendProgress::Dropped => Poll::Ready(Ok(Sent::Dropped)),
            SendProgress::Rejected => Poll::Ready(Err(self.take_error())),
        }
    }

    #[cold]
    fn take_error(&mut self) -> SendError<A::Message> {
        let Delivery { outgoing, step } = &mut self.delivery;
        match mem::replace(step, SendStep::First) {
            SendStep::Rejected(error) => {
                error.and_then(|()| outgoing.take().map(|outgoing| outgoing.message))
            }
            _ => SendError::Lost,
        }
    }

    /// Abandons the send, wherever the message is.
    pub(crate) fn abandon(&mut self) -> Abandoned<A::Message> {
        self.to.abandon(&mut self.delivery)
    }
}

impl<A: Actor> Drop for Sending<'_, A> {
    #[inline]
    fn drop(&mut self) {
        if matches!(self.delivery.step, SendStep::Blocked { .. }) {
            drop(self.to.abandon(&mut self.delivery));
        }
    }
}
