//! The push of one event into the mailbox of each live actor of a type: a part of the fan-out to subscribers.

use crate::{
    actor::{
        declare::Actor,
        send::{NotAdmitted, Waiting},
        shared::{Cell, FanOut, Queued, TypeState},
    },
    envelope::WaitPolicy,
    mailbox::PushError,
    reply::Cause,
    rt::BoxFuture,
    sync::Arc,
};

impl<A: Actor> TypeState<A> {
    /// For generated code: pushes one event to each live actor of this type. It never waits; the list of members is locked
    /// meanwhile.
    #[doc(hidden)]
    #[inline]
    pub fn offer(&self, fan: &mut FanOut, mut accept: impl FnMut() -> Option<A::Message>) {
        self.members.for_each(|cell| {
            let Some(message) = accept() else { return false };
            let tag = fan.tag(&self.metadata, cell.id);
            match cell.mailbox.offer(Queued { message, tag }) {
                Ok(_) => fan.delivered(),
                Err(error) => not_delivered(fan, cell, error),
            }
            true
        });
    }
}

#[cold]
fn not_delivered<A: Actor>(fan: &mut FanOut, cell: &Arc<Cell<A>>, error: PushError<Queued<A::Message>>) {
    // An actor that subscribes to its own event would wait for itself.
    let own = fan.sender() == Some(cell.id);
    let PushError { reason, item } = error;
    match cell.not_admitted(reason, if own { WaitPolicy::Never } else { WaitPolicy::Forever }) {
        NotAdmitted::Wait => wait_for_capacity(fan, cell, item),
        NotAdmitted::Refused(reason) => fan.dead(cell, reason.cause(), item),
    }
}

fn wait_for_capacity<A: Actor>(fan: &mut FanOut, cell: &Arc<Cell<A>>, queued: Queued<A::Message>) {
    let (cell, accepted_unseen) = (cell.clone(), fan.accepted_unseen(|| cell.kind.weak_host()));
    let late: BoxFuture<'static, bool> = Box::pin(async move {
        match Waiting::of_event(&cell, queued, accepted_unseen).await {
            Ok(()) => true,
            Err(queued) => {
                cell.kind.dead_letter_undelivered(Cause::Stopped, queued, Some(cell.id));
                false
            }
        }
    });
    fan.later(late);
}
