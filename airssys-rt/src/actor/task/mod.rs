//! The task of an actor: the run loop, the restarts, and the guard against panics and kills.
//!
//! [`Task`] runs one incarnation. `incarnations` runs one after the other, as an [`IncarnationController`] directs.

mod catch;
mod controller;
mod hooks;
mod incarnations;
mod pool_owner;
mod run;
mod task_host;
mod task_state;

pub(crate) use catch::{Guarded, GuardedCell, GuardedHook, Interrupt, Unkillable};
pub(crate) use controller::{
    Directive, IncarnationController, IncarnationEnd, IncarnationEvent, PendingDirective, RestartRequest,
    StartFailure,
};
pub(crate) use incarnations::{IncarnationFactory, spawn_restartable, spawn_supervised};
pub(crate) use run::Task;
pub(crate) use task_host::{TaskHost, task_host};
pub(crate) use task_state::TaskState;
