//! Supervisors: they start, stop and restart children by rules, and give up when a child fails too often.
//!
//! A [`Supervisor`] is a task, and so is each of its children. A child keeps its address and its mailbox while its supervisor
//! exists; a restart gives it a fresh state.
//!
//! | type | what it is |
//! |---|---|
//! | [`Supervisor`], [`Child`] | specs: builders for a tree |
//! | [`DynamicSupervisor`] | the spec of a supervisor whose children are all added at run time |
//! | [`SupervisorRef`], [`DynamicRef`] | references to running supervisors |
//! | [`Restart`], [`Strategy`], [`Shutdown`], [`AutoShutdown`], [`Intensity`] | the rules |
//! | [`ChildInfo`], [`Escalated`], [`ControlError`], [`SuperviseError`] | what a supervisor reports |

mod dynamic_supervisor;
mod supervisor;
mod supervisor_ref;

pub use crate::supervision::{
    AutoShutdown, Child, ChildInfo, ChildState, ControlError, Escalated, Intensity, IntensityError, Makes,
    Restart, RestartDecision, Shutdown, Siblings, SpecError, Strategy, SuperviseError,
};
pub use dynamic_supervisor::{DynamicRef, DynamicSupervisor};
pub use supervisor::Supervisor;
pub use supervisor_ref::SupervisorRef;
