use crate::{actor::shared::LifeEvent, reply::FaultReport, rt::Runtime};
use std::time::Duration;

/// The system, as far as it does not depend on any type of actor: what supervisors need of it.
pub(crate) trait AnySystem: Send + Sync {
    fn runtime(&self) -> &Runtime;

    /// Counts actors and supervisors in the order in which they start.
    fn next_start_number(&self) -> u64;

    fn spawn_timeout(&self) -> Duration;

    fn stop_timeout(&self) -> Duration;

    /// Whether somebody wants to know of lives.
    fn sees_lives(&self) -> bool;

    fn lived(&self, event: &LifeEvent);

    /// A supervisor with nobody above it gave up: the system stops, and says why.
    fn fail(&self, cause: FaultReport);
}
