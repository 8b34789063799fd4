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
use smallvec::SmallVec;

/// The number of copies of an event that need no allocation.
const COPIES: usize = 16;

impl<A: Actor> TypeState<A> {
    /// For generated code: pushes one event to each live actor of this type. It never waits.
    ///
    /// `accept` copies the event, which is user code. All copies are made before the first push, so that the actors of this type get
    /// the event all or, if a copy fails, none; and they are made while the list of members is not locked.
    #[doc(hidden)]
    #[inline]
    pub fn offer(&self, fan: &mut FanOut, mut accept: impl FnMut() -> Option<A::Message>) {
        let live = self.members.live();
        if live == 0 {
            return;
        }
        let mut first = accept();
        if first.is_none() {
            return; // the actor does not subscribe to this event
        }
        let pushed = if live == 1 {
            self.push_copies(fan, 1, || first.take())
        } else {
            let mut copies = SmallVec::<[A::Message; COPIES]>::new();
            copies.extend((0..live).map(|nth| {
                let copy = if nth == 0 { first.take() } else { accept() };
                copy.expect("the actor subscribes to the event")
            }));
            let mut copies = copies.drain(..);
            self.push_copies(fan, live, || copies.next())
        };
        if let Err(members) = pushed {
            self.offer_to_more(fan, members, first, &mut accept);
        }
    }

    /// Makes the copies again: more actors were spawned meanwhile, and none has the event yet. `first` is a copy that is left.
    #[cold]
    fn offer_to_more(
        &self,
        fan: &mut FanOut,
        mut members: usize,
        first: Option<A::Message>,
        accept: &mut dyn FnMut() -> Option<A::Message>,
    ) {
        let mut copies: Vec<_> = first.into_iter().collect();
        loop {
            while copies.len() < members {
                let Some(copy) = accept() else { return };
                copies.push(copy);
            }
            let Err(more) = self.push_copies(fan, copies.len(), || copies.pop()) else { return };
            members = more;
        }
    }

    /// Pushes a copy to each actor. `Err` with their number, and no push, if there are more than `copies`.
    #[inline]
    fn push_copies(
        &self,
        fan: &mut FanOut,
        copies: usize,
        mut next: impl FnMut() -> Option<A::Message>,
    ) -> Result<(), usize> {
        self.members.visit(copies, |cell| {
            let Some(message) = next() else { return };
            let tag = fan.tag(&self.metadata, cell.id);
            match cell.mailbox.offer(Queued { message, tag }) {
                Ok(_) => fan.delivered(),
                Err(error) => not_delivered(fan, cell, error),
            }
        })
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
