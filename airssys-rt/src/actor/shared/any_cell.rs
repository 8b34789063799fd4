//! The trait `AnyCell`: the cell of an actor of any type, for supervisors, parents, watchers and the system.

use crate::{
    actor::shared::{About, ActorKey, ChildFailed, Exit, ExitReason, Lifecycle, Watcher},
    id::ActorId,
    rt::{Instant, Runtime},
    sync::Arc,
};
use std::task::{Context, Poll};

/// The cell of an actor of any type, for code that does not depend on the type. Cold.
pub(crate) trait AnyCell: Send + Sync {
    /// The cell without the type of its actor. Rust before 1.86 does not convert `dyn Endpoint<A>` into it.
    fn as_any_cell(&self) -> &dyn AnyCell;
    /// As [`as_any_cell`](Self::as_any_cell).
    fn into_any_cell(self: Arc<Self>) -> Arc<dyn AnyCell>;
    fn id(&self) -> ActorId;
    /// Distinguishes the cell from all others that exist now.
    fn identity(&self) -> usize;
    /// Distinguishes the actor from all others, also after its end.
    fn key(&self) -> ActorKey;
    fn actor(&self) -> &'static str;
    fn name(&self) -> Option<&Arc<str>>;
    fn start_number(&self) -> u64;
    /// How many messages its mailbox has accepted, and how many of them are done.
    fn progress(&self) -> (u64, u64);
    fn lifecycle(&self) -> Lifecycle;
    /// Its supervisor starts the next incarnation at that time, at the earliest.
    fn set_restart_due(&self, due: Instant);
    /// When the next incarnation starts, at the earliest, if the actor waits for that.
    fn restart_due(&self) -> Option<Instant>;
    fn poll_idle(&self, cx: &mut Context<'_>) -> Poll<()>;
    /// Whether its mailbox accepts messages.
    fn is_open(&self) -> bool;
    /// Ends the actor after the current message.
    fn stop(&self);
    /// Ends the actor after what is queued.
    fn drain(&self);
    /// As `stop`, because the system stops.
    fn shut_down(&self);
    /// No incarnation follows: from the next signal on, the mailbox of a supervised actor accepts nothing more.
    fn set_last_incarnation(&self);
    fn kill(&self);
    fn exit(&self) -> oneshot::AsyncReceiver<Exit>;
    fn has_ended(&self) -> bool;
    /// Why the actor has ended, or is ending, if that is known.
    fn end_reason(&self) -> Option<ExitReason>;
    /// Whether a supervisor decides about its restarts.
    fn is_supervised(&self) -> bool;
    /// The runtime of its system. `None`: the system has gone.
    fn runtime(&self) -> Option<Runtime>;
    /// Its parent, if that is an actor.
    fn parent(&self) -> Option<Arc<dyn AnyCell>>;
    /// Parent, children, watchers and the like, whose methods do not depend on the type of the actor.
    fn about(&self) -> &About;
    /// Makes this actor fail because a child has failed.
    fn child_failed(&self, child: ChildFailed);
    /// Tells `watcher` when the actor has ended, at once if it has.
    fn add_watcher(&self, watcher: Watcher);
    /// Wakes its task, which then polls what it waits for.
    fn wake(&self);
    /// Reverts the watch of the actor with that identity.
    fn remove_watcher(&self, by: usize);
}
