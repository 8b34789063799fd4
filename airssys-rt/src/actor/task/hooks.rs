//! The parts of a task that depend on no actor type: the hooks `pre_start` and `post_stop`, guarded and with a time limit.

use crate::{
    actor::{
        shared::{AnyCell, AnySystem, StartingActor, stop_children},
        task::{GuardedCell, GuardedHook, Interrupt, StartFailure, Unkillable},
    },
    reply::{Fault, FaultReport},
    rt::{self, BoxFuture},
    sync::Arc,
};
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

/// Gives the mailbox the waker of the task.
pub(super) async fn set_waker(cell: &dyn GuardedCell) {
    poll_fn(|cx| {
        cell.set_waker(Some(cx.waker()));
        Poll::Ready(())
    })
    .await;
}

/// Runs a `pre_start` within `limit`. A kill ends it.
pub(super) async fn pre_start(
    start: BoxFuture<'_, Result<(), Fault>>,
    cell: &dyn GuardedCell,
    limit: Duration,
) -> Result<(), StartFailure> {
    let started = rt::timeout(limit, async {
        let mut start = pin!(GuardedHook::new(start, cell));
        let started = poll_fn(|cx| {
            cell.set_waker(Some(cx.waker()));
            let _starting = StartingActor::enter(cell.identity());
            start.as_mut().poll(cx)
        })
        .await;
        cell.set_waker(None); // from now on the actor's task sets its own waker
        started
    });
    match started.await {
        Some(Ok(Ok(()))) => Ok(()),
        Some(Ok(Err(fault)) | Err(Interrupt::Panicked(fault))) => Err(StartFailure::Failed(fault.report())),
        Some(Err(Interrupt::Killed)) => Err(StartFailure::Killed),
        None => Err(StartFailure::Timeout(limit)),
    }
}

/// Stops the children, then runs a `post_stop` within its time limit. A failure there only changes the report.
pub(super) async fn post_stop(
    parent: &Arc<dyn AnyCell>,
    system: &dyn AnySystem,
    stop: BoxFuture<'_, Result<(), Fault>>,
    cell: &dyn GuardedCell,
    limit: Duration,
) -> Option<FaultReport> {
    stop_children(&**parent, limit, system).await;
    let fault = match rt::timeout(limit, GuardedHook::new(stop, &Unkillable(cell))).await {
        Some(Ok(Ok(()))) => return None,
        Some(Ok(Err(fault)) | Err(Interrupt::Panicked(fault))) => fault,
        Some(Err(Interrupt::Killed)) | None => {
            system.record_overdue(parent);
            Fault::new(format!("`post_stop` was not done within {limit:?}"))
        }
    };
    Some(fault.report())
}
