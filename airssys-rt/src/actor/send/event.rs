use crate::{
    actor::{
        declare::Actor,
        send::Waiting,
        shared::{Cell, FanOut, Queued, TypeState},
    },
    broker::dead_letters::Reason,
    mailbox::{Overflow, PushError},
    rt::BoxFuture,
    sync::Arc,
};

impl<A: Actor> TypeState<A> {
    /// For generated code: one event to every live actor of this kind. Pushes only, nothing waits: the members stay
    /// locked for as long as that takes.
    #[doc(hidden)]
    #[inline]
    pub fn offer(&self, fan: &mut FanOut, mut accept: impl FnMut() -> Option<A::Message>) {
        self.members.for_each(|cell| {
            let Some(message) = accept() else { return false };
            let tag = fan.tag(&self.metadata, cell.id);
            match cell.mailbox.offer(Queued { message, tag }) {
                Ok(_) => fan.delivered(),
                Err(PushError::Closed(queued)) => fan.dead(cell, Reason::ActorStopped, queued),
                Err(PushError::Full(queued)) => overflow(fan, cell, queued),
            }
            true
        });
    }
}

#[cold]
fn overflow<A: Actor>(fan: &mut FanOut, cell: &Arc<Cell<A>>, queued: Queued<A::Message>) {
    // An actor that hears itself would wait for itself.
    if cell.mailbox.overflow() != Overflow::Block || fan.sender() == Some(cell.id) {
        return fan.dead(cell, Reason::MailboxFull, queued);
    }
    let cell = cell.clone();
    let late: BoxFuture<'static, bool> = Box::pin(async move {
        match Waiting::new(&cell, queued).await {
            Ok(()) => true,
            Err(queued) => {
                cell.kind.lose(Reason::ActorStopped, queued, Some(cell.id));
                false
            }
        }
    });
    fan.later(late);
}
