//! Supervision: who is started again, when, and when that is given up.
//!
//! A supervisor is a task of its own, and so is each of its children. What it decides is a plan, which is a function of what
//! happened and of the time; the incarnation does it. A child keeps its address and its mailbox for as long as it has a
//! supervisor: between two incarnations its task waits for an order.

mod cell;
mod draft;
mod error;
mod factory;
mod incarnation;
mod info;
mod intensity;
mod link;
mod plan;
mod run;
mod siblings;
mod spec;

pub use error::{ControlError, Escalated, SpecError, SuperviseError};
pub use info::{ChildInfo, ChildState};
pub use intensity::{Intensity, IntensityError, Verdict};
pub use siblings::Siblings;
pub use spec::{AutoShutdown, Child, Makes, Restart, Shutdown, Strategy};

pub(crate) use cell::{Blueprint, Member, SupervisorCell};
pub(crate) use draft::Draft;
pub(crate) use factory::Spec;
pub(crate) use run::root;
