use crate::{
    actor::{
        declare::Actor,
        shared::{Cell, Queued, Tag, Tags},
    },
    broker::{Published, Soon, Undelivered, dead_letters::Reason},
    envelope::{Meta, Slip},
    id::ActorId,
    rt::{self, BoxFuture},
    sync::Arc,
};
use std::{fmt, future::poll_fn, task::Poll};

/// One event on its way to everyone who subscribes to it: who has it, and who is full.
#[doc(hidden)]
pub struct FanOut {
    origin: Origin,
    receivers: usize,
    /// Absent if all who subscribe have it.
    rest: Option<Box<Rest>>,
}

#[derive(Default)]
struct Rest {
    /// Buries what somebody does not get.
    dead: Vec<Box<dyn FnOnce() + Send>>,
    /// Full mailboxes that let their senders wait.
    late: Vec<BoxFuture<'static, bool>>,
}

enum Origin {
    Sender(Option<ActorId>),
    /// Somebody sees the event: each subscriber's copy is tagged.
    Seen(Slip),
}

impl FanOut {
    #[doc(hidden)]
    #[must_use]
    pub fn new(meta: &Meta) -> Self {
        Self::of(Origin::Seen(Slip::new(meta.clone())))
    }

    pub(crate) fn from_sender(sender: Option<ActorId>) -> Self {
        Self::of(Origin::Sender(sender))
    }

    fn of(origin: Origin) -> Self {
        FanOut { origin, receivers: 0, rest: None }
    }

    #[inline]
    pub(crate) fn tag(&self, tags: &Tags, recipient: ActorId) -> Tag {
        match &self.origin {
            Origin::Sender(sender) => Tag::of_sender(*sender),
            Origin::Seen(meta) => tags.enter(Slip::new(Meta::clone(meta).to(recipient))),
        }
    }

    pub(crate) fn sender(&self) -> Option<ActorId> {
        match &self.origin {
            Origin::Sender(sender) => *sender,
            Origin::Seen(meta) => meta.sender(),
        }
    }

    #[inline]
    pub(crate) fn delivered(&mut self) {
        self.receivers += 1;
    }

    /// A subscriber that does not get it. Told later: the members of the kind are locked now.
    #[cold]
    pub(crate) fn dead<A: Actor>(&mut self, cell: &Arc<Cell<A>>, reason: Reason, queued: Queued<A::Message>) {
        let cell = cell.clone();
        self.rest
            .get_or_insert_default()
            .dead
            .push(Box::new(move || cell.kind.lose(reason, queued, Some(cell.id))));
    }

    pub(crate) fn later(&mut self, delivery: BoxFuture<'static, bool>) {
        self.rest.get_or_insert_default().late.push(delivery);
    }

    /// For generated code: whether nobody at all subscribes.
    #[doc(hidden)]
    #[must_use]
    pub fn is_unheard(&self) -> bool {
        self.receivers == 0 && self.rest.is_none()
    }

    /// Buries what is dead. `true` if nobody has to be waited for.
    #[inline]
    pub(crate) fn close(&mut self) -> bool {
        let Some(rest) = &mut self.rest else { return true };
        rest.dead.drain(..).for_each(rt::contain);
        rest.late.is_empty()
    }

    pub(crate) fn published(&self) -> Published {
        Published::to(self.receivers)
    }

    /// For generated code: whatever is left to do.
    #[doc(hidden)]
    pub fn deliver<M: 'static>(mut self) -> Soon<Result<Published, Undelivered<M>>> {
        if self.close() {
            return Soon::Now(Ok(self.published()));
        }
        Soon::later(async { Ok(self.finish().await) })
    }

    /// Waits for those that were full.
    pub(crate) async fn finish(mut self) -> Published {
        self.close();
        let Some(mut rest) = self.rest.take() else { return self.published() };
        // All at once: each waits in the line of its own mailbox, and none for another.
        poll_fn(|cx| {
            rest.late.retain_mut(|delivery| match delivery.as_mut().poll(cx) {
                Poll::Ready(delivered) => {
                    self.receivers += usize::from(delivered);
                    false
                }
                Poll::Pending => true,
            });
            if rest.late.is_empty() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        self.published()
    }
}

impl fmt::Debug for FanOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FanOut").field("receivers", &self.receivers).finish_non_exhaustive()
    }
}
