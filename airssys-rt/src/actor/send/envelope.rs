use crate::{
    actor::{
        declare::Actor,
        send::Waiting,
        shared::{Cell, Queued, TypeState},
    },
    broker::{MaybeReady, Obstacle, Published, Undelivered},
    envelope::{Envelope, PooledMeta, WaitPolicy},
    id::ActorId,
    mailbox::{Overflow, PushError},
    rt,
};

impl<A: Actor> TypeState<A> {
    /// For generated code: delivers what came through the broker. `wrap` makes a message of the system of it.
    #[doc(hidden)]
    pub fn deliver<M: Send + 'static>(
        &self,
        meta: PooledMeta,
        message: A::Message,
        wrap: fn(A::Message) -> M,
    ) -> MaybeReady<Result<Published, Undelivered<M>>> {
        match meta.recipient().and_then(|id| self.members.find(id)) {
            Some(cell) => self.deliver_to(&cell, meta, message, wrap),
            None => {
                let known = meta.recipient().is_some_and(|id| self.members.was_issued(id));
                let obstacle = match () {
                    () if meta.is_expired() => Obstacle::Expired,
                    () if known => Obstacle::Stopped,
                    () => Obstacle::NoRecipient,
                };
                MaybeReady::Ready(Err(Undelivered::new(obstacle, Envelope::from_parts(meta, wrap(message)))))
            }
        }
    }

    /// The same, to an actor that is known already.
    #[inline]
    pub(crate) fn deliver_to<M: Send + 'static>(
        &self,
        cell: &Cell<A>,
        meta: PooledMeta,
        message: A::Message,
        wrap: fn(A::Message) -> M,
    ) -> MaybeReady<Result<Published, Undelivered<M>>> {
        if meta.is_expired() {
            let envelope = Envelope::from_parts(meta, wrap(message));
            return MaybeReady::Ready(Err(Undelivered::new(Obstacle::Expired, envelope)));
        }
        let wait = meta.wait();
        let queued = Queued { message, tag: self.metadata.insert(meta) };
        let (obstacle, queued) = match cell.mailbox.try_push(queued) {
            // As on the direct way: who never finds the mailbox full must still give way now and then.
            Ok(queued) if queued & 63 == 63 => {
                return MaybeReady::later(async {
                    rt::consume_budget().await;
                    Ok(Published::to(1))
                });
            }
            Ok(_) => return MaybeReady::Ready(Ok(Published::to(1))),
            Err(PushError::Closed(queued)) => (Obstacle::Stopped, queued),
            Err(PushError::Full(queued)) => match cell.mailbox.overflow() {
                Overflow::Block => return self.deliver_late(cell.id, queued, wait, wrap),
                Overflow::Drop => (Obstacle::Dropped, queued),
                Overflow::Error => (Obstacle::Full, queued),
            },
        };
        MaybeReady::Ready(Err(self.undelivered(obstacle, queued, wrap)))
    }

    #[cold]
    fn deliver_late<M: Send + 'static>(
        &self,
        id: ActorId,
        queued: Queued<A::Message>,
        wait: WaitPolicy,
        wrap: fn(A::Message) -> M,
    ) -> MaybeReady<Result<Published, Undelivered<M>>> {
        let Some(cell) = self.members.find(id) else {
            return MaybeReady::Ready(Err(self.undelivered(Obstacle::Stopped, queued, wrap)));
        };
        MaybeReady::later(async move {
            match Waiting::new(&cell, queued).within(wait).await {
                Ok(()) => Ok(Published::to(1)),
                Err((obstacle, queued)) => Err(cell.kind.undelivered(obstacle, queued, wrap)),
            }
        })
    }

    #[cold]
    fn undelivered<M>(
        &self,
        obstacle: Obstacle,
        queued: Queued<A::Message>,
        wrap: fn(A::Message) -> M,
    ) -> Undelivered<M> {
        let meta = self.metadata.remove(queued.tag).expect("it was tagged a moment ago");
        Undelivered::new(obstacle, Envelope::from_parts(meta, wrap(queued.message)))
    }
}
