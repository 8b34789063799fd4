//! The task of an actor: spawn, the run loop, restarts, and the threads of actors that block.
//!
//! [`Task`] runs one incarnation. `incarnations` runs one after the other, as an [`IncarnationController`] directs.

mod blocking_pool;
mod catch;
mod controller;
mod incarnations;
mod pool_owner;
mod run;
mod spawn;
mod spawn_error;
mod spawn_plan;
mod spawner;
mod task_state;

pub use blocking_pool::{BlockingPool, BlockingPoolError};
pub use spawn::Spawn;
pub use spawn_error::SpawnError;

pub(crate) use blocking_pool::Placement;
pub(crate) use catch::{Guarded, Interrupt};
pub(crate) use controller::{
    Directive, IncarnationController, IncarnationEnd, IncarnationEvent, PendingDirective, RestartRequest,
    StartFailure,
};
pub(crate) use incarnations::{IncarnationFactory, spawn_restartable, spawn_supervised};
pub(crate) use run::Task;
pub(crate) use spawn_plan::{ActorSource, SpawnOptions, SpawnPlan, SpawnResult, SpawnStart};
pub(crate) use spawner::{Spawner, spawner, spawner_of};
pub(crate) use task_state::TaskState;
