//! A delivery that waits for mailbox capacity: a push, the metadata that is removed if the delivery is dropped, and its observers.

use crate::{
    actor::{
        declare::Actor,
        shared::{About, Cell, Host, Queued},
    },
    broker::Undeliverable,
    envelope::WaitPolicy,
    id::MessageId,
    mailbox::{AcceptNotice, Push, PushEnd},
    reply::Cause,
    rt,
    sync::{Arc, AtomicUsize, Relaxed, Weak},
};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// A push that waits for capacity. If it is dropped, it removes the message's metadata as well.
pub(crate) struct Waiting<'a, A: Actor> {
    cell: &'a Cell<A>,
    push: Push<'a, Queued<A::Message>, About>,
    observers: Observers<A>,
    given_up: GivenUp,
}

/// What becomes of a message whose sender gives the wait up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenUp {
    /// It is dropped: the code that dropped its send knows.
    Dropped,
    /// It is a dead letter: it is an event of an actor, which was ended after its message, or whose event could not be copied further.
    DeadLetter,
}

/// What is told if the wait is dropped after the mailbox has accepted the message, and before it was polled again.
enum Observers<A: Actor> {
    None,
    /// The system, whose mailbox reports the delivery.
    OfMessage(Weak<dyn Host<A>>, MessageId),
    /// The fan-out, which reports the delivery: it counts the copies that a mailbox has.
    OfEvent(Arc<AtomicUsize>),
}

/// A message whose wait for capacity has not begun. If it is dropped, it removes the message's metadata as well.
pub(crate) struct Unpushed<A: Actor> {
    cell: Arc<Cell<A>>,
    queued: Option<Queued<A::Message>>,
    given_up: GivenUp,
}

impl<A: Actor> Unpushed<A> {
    pub(super) fn new(cell: Arc<Cell<A>>, queued: Queued<A::Message>, given_up: GivenUp) -> Self {
        Unpushed { cell, queued: Some(queued), given_up }
    }

    /// Takes the message, for its push.
    pub(super) fn begin(mut self) -> (Arc<Cell<A>>, Queued<A::Message>) {
        (self.cell.clone(), self.queued.take().expect("only this takes it"))
    }
}

impl<A: Actor> Drop for Unpushed<A> {
    fn drop(&mut self) {
        if let Some(queued) = self.queued.take() {
            give_up(&self.cell, queued, self.given_up);
        }
    }
}

/// Ends a message whose sender has given the wait up. Its drop is user code: the other waits of an event end as well.
fn give_up<A: Actor>(cell: &Cell<A>, queued: Queued<A::Message>, given_up: GivenUp) {
    match given_up {
        GivenUp::Dropped => {
            drop(cell.kind.metadata.remove(queued.tag));
            rt::catch_drop(queued);
        }
        GivenUp::DeadLetter => {
            rt::catch(|| cell.kind.dead_letter_undelivered(Cause::Stopped, queued, Some(cell.id)));
        }
    }
}

impl<'a, A: Actor> Waiting<'a, A> {
    /// The push of a message. The mailbox reports its delivery where it accepts it: the sender may be gone by then, or may not be
    /// polled for long.
    pub(super) fn of_message(cell: &'a Cell<A>, queued: Queued<A::Message>) -> Self {
        let (mut observers, mut notice) = (Observers::None, None);
        if let Some(meta) = cell.kind.metadata.copy(queued.tag) {
            // Weak: a message that is parked does not keep its system.
            let host = cell.kind.weak_host();
            observers = Observers::OfMessage(host.clone(), meta.id());
            notice = Some(Box::new(move || {
                if let Some(host) = host.upgrade() {
                    host.report_accepted(&meta, 1);
                }
            }) as AcceptNotice);
        }
        let push = Push::new(&cell.mailbox, queued, notice);
        Waiting { cell, push, observers, given_up: GivenUp::Dropped }
    }

    /// The push of the copy of an event. `accepted_unseen`: the counter of the fan-out, if the event is observed.
    pub(super) fn of_event(
        cell: &'a Cell<A>,
        queued: Queued<A::Message>,
        accepted_unseen: Option<Arc<AtomicUsize>>,
        given_up: GivenUp,
    ) -> Self {
        let observers = accepted_unseen.map_or(Observers::None, Observers::OfEvent);
        Waiting { cell, push: Push::new(&cell.mailbox, queued, None), observers, given_up }
    }

    /// Waits as long as the sender's wait policy allows.
    pub(super) async fn within(
        mut self,
        wait: WaitPolicy,
    ) -> Result<(), (Undeliverable, Queued<A::Message>)> {
        let pushed = match wait {
            WaitPolicy::Never => None,
            WaitPolicy::Forever => Some((&mut self).await),
            WaitPolicy::Until(end) => {
                let host = self.cell.kind.host();
                let pushed = rt::timeout_at(end, &mut self);
                // The sender may be on a thread without a runtime.
                match host {
                    Some(host) => host.runtime().run(pushed).await,
                    None => pushed.await,
                }
            }
        };
        match pushed {
            Some(pushed) => pushed.map_err(|queued| (Undeliverable::Stopped, queued)),
            None => match self.push.end() {
                PushEnd::TakenBack(queued) => Err((Undeliverable::Timeout, queued)),
                PushEnd::Accepted | PushEnd::Over => Ok(()),
            },
        }
    }
}

impl<A: Actor> Observers<A> {
    #[cold]
    fn accepted_unseen(&self) {
        match self {
            Observers::None => {}
            // The mailbox makes its call after it has accepted the message: perhaps on another thread, and not yet.
            Observers::OfMessage(host, message) => {
                if let Some(host) = host.upgrade() {
                    host.record_accepted(*message);
                }
            }
            // Relaxed: the fan-out reads it after it has dropped each wait.
            Observers::OfEvent(accepted) => {
                accepted.fetch_add(1, Relaxed);
            }
        }
    }
}

impl<A: Actor> Future for Waiting<'_, A> {
    type Output = Result<(), Queued<A::Message>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.push).poll(cx)
    }
}

impl<A: Actor> Drop for Waiting<'_, A> {
    fn drop(&mut self) {
        match self.push.end() {
            PushEnd::TakenBack(queued) => give_up(self.cell, queued, self.given_up),
            PushEnd::Accepted => self.observers.accepted_unseen(),
            PushEnd::Over => {}
        }
    }
}
