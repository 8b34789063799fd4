//! The push of one event into the mailbox of each live actor of a type: a part of the fan-out to subscribers.

use crate::{
    actor::{
        declare::Actor,
        send::{GivenUp, NotAdmitted, Unpushed, Waiting},
        shared::{Cell, FanOut, Queued, TypeState},
    },
    envelope::WaitPolicy,
    mailbox::PushError,
    reply::Cause,
    rt::{self, BoxFuture},
    sync::Arc,
};
use smallvec::SmallVec;
use std::mem;

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
        let mut first = self.copy(fan, &mut accept);
        if first.is_none() {
            return; // the actor does not subscribe to this event
        }
        if live > 1 {
            return self.offer_to_many(fan, live, first, accept);
        }
        if let Err(members) = self.push_copies(fan, live, || first.take()) {
            return self.offer_to_more(fan, members, first.into_iter().collect(), &mut accept);
        }
        if first.is_some() {
            drop_unused(first);
        }
    }

    /// As `offer`, for more than one actor. `first` is the first copy.
    #[inline(never)]
    fn offer_to_many(
        &self,
        fan: &mut FanOut,
        live: usize,
        mut first: Option<A::Message>,
        mut accept: impl FnMut() -> Option<A::Message>,
    ) {
        let mut rest = SmallVec::<[A::Message; COPIES]>::new();
        rest.extend((1..live).map_while(|_| self.copy(fan, &mut accept)));
        let copies = 1 + rest.len();
        let mut rest = rest.drain(..);
        let pushed = self.push_copies(fan, copies, || rest.next().or_else(|| first.take()));
        if let Err(members) = pushed {
            return self.offer_to_more(fan, members, first.into_iter().chain(rest).collect(), &mut accept);
        }
        if first.is_some() {
            drop_unused(first.into_iter().chain(rest).collect::<Vec<_>>());
        }
    }

    /// Makes the copies again: more actors were spawned meanwhile, and none has the event yet. `copies` are left.
    #[cold]
    fn offer_to_more(
        &self,
        fan: &mut FanOut,
        mut members: usize,
        mut copies: Vec<A::Message>,
        mut accept: &mut dyn FnMut() -> Option<A::Message>,
    ) {
        loop {
            while copies.len() < members {
                let Some(copy) = self.copy(fan, &mut accept) else { return };
                copies.push(copy);
            }
            let Err(more) = self.push_copies(fan, copies.len(), || copies.pop()) else {
                return drop_unused(copies);
            };
            members = more;
        }
    }

    /// Copies the event. If the copy fails, the actors of other types that have the event already keep it, and its observers are told.
    #[inline(always)]
    fn copy(&self, fan: &mut FanOut, accept: &mut impl FnMut() -> Option<A::Message>) -> Option<A::Message> {
        let interrupts = Interrupts { kind: self, fan };
        let copy = accept();
        mem::forget(interrupts);
        copy
    }

    /// Pushes a copy to each actor. `Err` with their number, and no push, if there are more than `copies`.
    #[inline(always)]
    fn push_copies(
        &self,
        fan: &mut FanOut,
        copies: usize,
        mut next: impl FnMut() -> Option<A::Message>,
    ) -> Result<(), usize> {
        self.members.visit(copies, |cell| {
            let tag = fan.tag(&self.metadata, cell.id);
            let mut queued = || Queued { message: next().expect("there is a copy for each actor"), tag };
            match cell.mailbox.offer_with(&mut queued) {
                Ok(_) => fan.delivered(),
                Err(reason) => not_delivered(fan, cell, PushError { reason, item: queued() }),
            }
        })
    }
}

/// Ends a fan-out when it is dropped: a copy has failed.
struct Interrupts<'a, A: Actor> {
    kind: &'a TypeState<A>,
    fan: &'a mut FanOut,
}

impl<A: Actor> Drop for Interrupts<'_, A> {
    fn drop(&mut self) {
        self.fan.interrupted(|| self.kind.weak_host());
    }
}

/// Drops copies for actors that have gone meanwhile. A panic of their `Drop` would hide from the observers that others have the event.
#[cold]
fn drop_unused<T>(copies: T) {
    rt::catch_drop(copies);
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
    let accepted_unseen = fan.accepted_unseen(|| cell.kind.weak_host());
    // The code that publishes from outside knows that it has dropped the future. An actor has no such code.
    let given_up = if fan.sender().is_some() { GivenUp::DeadLetter } else { GivenUp::Dropped };
    let unpushed = Unpushed::new(cell.clone(), queued, given_up);
    let late: BoxFuture<'static, bool> = Box::pin(async move {
        let (cell, queued) = unpushed.begin();
        match Waiting::of_event(&cell, queued, accepted_unseen, given_up).await {
            Ok(()) => true,
            Err(queued) => {
                cell.kind.dead_letter_undelivered(Cause::Stopped, queued, Some(cell.id));
                false
            }
        }
    });
    fan.later(late);
}
