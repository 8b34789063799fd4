//! The trait `AnySystem`: the part of a system that needs no actor type, such as the runtime and time limits.

use crate::{actor::shared::LifecycleEvent, reply::FaultReport, rt::Runtime};
use std::time::Duration;

/// The part of a system that is independent of actor types. Supervisors use it.
pub(crate) trait AnySystem: Send + Sync {
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

    /// Stops the system because a root supervisor gave up; `cause` becomes the cause of its end.
    fn fail(&self, cause: FaultReport);
}
