//! A delivery that waits for mailbox capacity: a push, and the metadata that is removed if the delivery is dropped.

use crate::{
    actor::{
        declare::Actor,
        shared::{About, Cell, Queued},
    },
    broker::Undeliverable,
    envelope::WaitPolicy,
    mailbox::Push,
    rt,
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
}

impl<'a, A: Actor> Waiting<'a, A> {
    pub(crate) fn new(cell: &'a Cell<A>, queued: Queued<A::Message>) -> Self {
        Waiting { cell, push: Push::new(&cell.mailbox, queued) }
    }

    /// Waits as long as the sender's wait policy allows.
    pub(super) async fn within(
        mut self,
        wait: WaitPolicy,
    ) -> Result<(), (Undeliverable, Queued<A::Message>)> {
        let pushed = match wait {
            WaitPolicy::Never => None,
            WaitPolicy::Forever => Some((&mut self).await),
            WaitPolicy::Until(end) => rt::timeout_at(end, &mut self).await,
        };
        match pushed {
            Some(pushed) => pushed.map_err(|queued| (Undeliverable::Stopped, queued)),
            None => self.push.take_back().map_or(Ok(()), |queued| Err((Undeliverable::Timeout, queued))),
        }
    }

    /// Ends the wait. Returns the message, unless the mailbox has accepted it.
    pub(crate) fn take_back(&mut self) -> Option<A::Message> {
        let queued = self.push.take_back()?;
        drop(self.cell.kind.metadata.remove(queued.tag));
        Some(queued.message)
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
        drop(self.take_back());
    }
}
