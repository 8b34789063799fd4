//! Supervision: which child is started again, when, and when the supervisor gives up.
//!
//! A [`Supervisor`] is a task of its own, and so is each of its children. A child keeps its address and its mailbox for as
//! long as it has a supervisor; a restart gives it a fresh state.

mod dynamic_supervisor;
#[allow(clippy::module_inception)]
mod supervisor;
mod supervisor_ref;

pub use crate::supervision::{
    AutoShutdown, Child, ChildInfo, ChildState, ControlError, Escalated, Intensity, IntensityError, Makes,
    Restart, Shutdown, Siblings, SpecError, Strategy, SuperviseError, Verdict,
};
pub use dynamic_supervisor::{DynamicRef, DynamicSupervisor};
pub use supervisor::Supervisor;
pub use supervisor_ref::SupervisorRef;
