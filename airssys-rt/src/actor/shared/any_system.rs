//! The trait `AnySystem`: the part of a system that needs no actor type, such as the runtime and time limits.

use crate::{
    actor::shared::{AnyCell, LifecycleEvent},
    envelope::Meta,
    id::{ActorId, MessageId},
    reply::FaultReport,
    rt::Runtime,
    sync::Arc,
};
use std::time::Duration;

/// The part of a system that is independent of actor types. Supervisors use it.
pub(crate) trait AnySystem: Send + Sync {
    /// The system without an actor type. Rust before 1.86 does not convert `dyn Host<A>` into it.
    fn as_any_system(&self) -> &dyn AnySystem;

    /// As [`as_any_system`](Self::as_any_system).
    fn into_any_system(self: Arc<Self>) -> Arc<dyn AnySystem>;

    fn runtime(&self) -> &Runtime;

    /// A number for the next actor or supervisor, in the order in which they start.
    fn next_start_number(&self) -> u64;

    /// The seed of all random delays.
    fn jitter_seed(&self) -> u64;

    fn spawn_timeout(&self) -> Duration;

    fn stop_timeout(&self) -> Duration;

    /// Whether lifecycle events have subscribers.
    fn observes_lifecycle(&self) -> bool;

    /// Emits a lifecycle event to the subscribers.
    fn lifecycle_event(&self, event: &LifecycleEvent);

    /// Records that an actor has exceeded the limit that its parent gives it. A shutdown names it.
    fn record_overdue(&self, child: &Arc<dyn AnyCell>);

    /// Frees a name, if that actor has it: an actor that was given up may never end.
    fn release_name(&self, name: &str, id: ActorId);

    /// Reports that so many mailboxes have accepted an observed message whose sender waits. Its send is not cancelled any more.
    fn report_accepted(&self, meta: &Meta, receivers: usize);

    /// As `report_accepted`, of an event whose fan-out has failed: the code that has begun it does not report it.
    fn report_interrupted(&self, meta: &Meta, receivers: usize);

    /// Records that a mailbox has accepted an observed message, which it reports itself. Its send is not cancelled any more.
    fn record_accepted(&self, message: MessageId);

    /// Stops the system because a root supervisor gave up; `cause` becomes the cause of its end.
    fn fail(&self, cause: FaultReport);
}
