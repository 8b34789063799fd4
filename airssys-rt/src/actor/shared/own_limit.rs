//! `OwnLimit`: the time limit of an actor that ends, without the time that it waits for its children.

use crate::{
    actor::shared::{AnyCell, Watcher},
    rt::{self, Instant},
};
use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
    time::Duration,
};

/// The time limit of an actor that ends, from the moment when it was told to. The time that the actor waits for the end of its
/// children does not count: each of them has its own limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnLimit {
    begun: Instant,
    /// The time that the actor had waited for children before.
    waited: Duration,
    limit: Duration,
}

impl OwnLimit {
    pub(crate) fn begin(cell: &dyn AnyCell, limit: Duration) -> Self {
        OwnLimit { begun: rt::now(), waited: cell.about().children_wait().until_now(), limit }
    }

    /// The time that is left. `None`: the actor waits for its children.
    pub(crate) fn left(&self, cell: &dyn AnyCell) -> Option<Duration> {
        let waited = cell.about().children_wait().ended()?.saturating_sub(self.waited);
        let own = rt::now().duration_since(self.begun).saturating_sub(waited);
        Some(self.limit.saturating_sub(own))
    }

    /// Waits for the end of the actor. `false`: it has exceeded the limit.
    pub(crate) async fn ended(self, cell: &dyn AnyCell) -> bool {
        // Not as a stopper, which is told of the end of an incarnation.
        let (sender, ended) = oneshot::async_channel();
        cell.add_watcher(Watcher::Outside(sender));
        let mut ended = pin!(ended);
        loop {
            match self.left(cell) {
                Some(left) => {
                    if rt::timeout(left, ended.as_mut()).await.is_some() {
                        return true;
                    }
                    if self.left(cell).is_some_and(|left| left.is_zero()) {
                        return false;
                    }
                }
                None if ended_or_waits_no_more(ended.as_mut(), cell).await => return true,
                None => {}
            }
        }
    }
}

/// Waits until the actor has ended, or does not wait for its children any more. Returns whether it has ended.
async fn ended_or_waits_no_more(mut ended: Pin<&mut impl Future>, cell: &dyn AnyCell) -> bool {
    let (sender, waits_no_more) = oneshot::async_channel();
    cell.about().notify_children_ended(Box::new(move || drop(sender.send(()))));
    let mut waits_no_more = pin!(waits_no_more);
    poll_fn(|cx| {
        if ended.as_mut().poll(cx).is_ready() {
            return Poll::Ready(true);
        }
        waits_no_more.as_mut().poll(cx).map(|_| false)
    })
    .await
}

/// Waits for the end of an actor that was told to end. `false`: it has exceeded `limit`.
pub(crate) async fn end_within(cell: &dyn AnyCell, limit: Duration) -> bool {
    OwnLimit::begin(cell, limit).ended(cell).await
}
