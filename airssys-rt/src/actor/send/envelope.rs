//! The delivery of an envelope that comes back from the broker, into the mailbox of its recipient.

use crate::{
    actor::{
        declare::Actor,
        send::{GivenUp, NotAdmitted, Unpushed, Waiting, yields},
        shared::{Cell, Queued, TypeState},
    },
    broker::{MaybeReady, Published, Undeliverable, Undelivered},
    envelope::{Envelope, PooledMeta, WaitPolicy},
    id::ActorId,
};

/// The result of a delivery from the broker.
type DeliveryResult<M> = MaybeReady<Result<Published, Undelivered<M>>>;

impl<A: Actor> TypeState<A> {
    /// For generated code: delivers a message that came through the broker. `wrap` makes it a message of the system.
    #[doc(hidden)]
    pub fn deliver<M: Send + 'static>(
        &self,
        meta: PooledMeta,
        message: A::Message,
        wrap: fn(A::Message) -> M,
    ) -> DeliveryResult<M> {
        match meta.recipient().and_then(|id| self.members.find(id)) {
            Some(cell) => self.deliver_to(&cell, meta, message, wrap),
            None => {
                let was_issued = meta.recipient().is_some_and(|id| self.members.was_issued(id));
                let reason = match () {
                    () if meta.is_expired() => Undeliverable::Expired,
                    () if was_issued && self.is_closing() && meta.sender().is_none() => {
                        Undeliverable::ShuttingDown
                    }
                    () if was_issued => Undeliverable::Stopped,
                    () => Undeliverable::NotFound,
                };
                let envelope = Envelope::from_parts(meta, wrap(message));
                MaybeReady::Ready(Err(Undelivered::new(reason, envelope)))
            }
        }
    }

    /// As [`deliver`](Self::deliver), to an actor whose cell the caller has.
    #[inline]
    pub(crate) fn deliver_to<M: Send + 'static>(
        &self,
        cell: &Cell<A>,
        meta: PooledMeta,
        message: A::Message,
        wrap: fn(A::Message) -> M,
    ) -> DeliveryResult<M> {
        if meta.is_expired() {
            let envelope = Envelope::from_parts(meta, wrap(message));
            return MaybeReady::Ready(Err(Undelivered::new(Undeliverable::Expired, envelope)));
        }
        let wait = meta.wait();
        let queued = Queued { message, tag: self.metadata.insert(meta) };
        match cell.mailbox.try_push(queued) {
            Ok(queued) if yields(queued) => MaybeReady::Yield(Ok(Published::to(1))),
            Ok(_) => MaybeReady::Ready(Ok(Published::to(1))),
            Err(error) => match cell.not_admitted(error.reason, wait) {
                NotAdmitted::Wait => self.deliver_late(cell.id, error.item, wait, wrap),
                NotAdmitted::Refused(reason) => {
                    MaybeReady::Ready(Err(self.undelivered(reason, error.item, wrap)))
                }
            },
        }
    }

    #[cold]
    fn deliver_late<M: Send + 'static>(
        &self,
        id: ActorId,
        queued: Queued<A::Message>,
        wait: WaitPolicy,
        wrap: fn(A::Message) -> M,
    ) -> DeliveryResult<M> {
        let Some(cell) = self.members.find(id) else {
            return MaybeReady::Ready(Err(self.undelivered(Undeliverable::Stopped, queued, wrap)));
        };
        let unpushed = Unpushed::new(cell, queued, GivenUp::Dropped);
        MaybeReady::later(async move {
            let (cell, queued) = unpushed.begin();
            match Waiting::of_message(&cell, queued).within(wait).await {
                Ok(()) => Ok(Published::to(1)),
                Err((reason, queued)) => Err(cell.kind.undelivered(reason, queued, wrap)),
            }
        })
    }

    #[cold]
    fn undelivered<M>(
        &self,
        reason: Undeliverable,
        queued: Queued<A::Message>,
        wrap: fn(A::Message) -> M,
    ) -> Undelivered<M> {
        let meta = self.metadata.remove(queued.tag).expect("the caller has just inserted the metadata");
        Undelivered::new(reason, Envelope::from_parts(meta, wrap(queued.message)))
    }
}
