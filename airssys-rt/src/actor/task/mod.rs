//! The task of an actor: spawn, the run loop, restarts, and the threads of actors that block.

mod blocking_pool;
mod catch;
mod incarnations;
mod pool_owner;
mod run;
mod spawn;
mod spawn_error;
mod spawner;
mod task_state;

pub use blocking_pool::{BlockingPool, BlockingPoolError};
pub use spawn::Spawn;
pub use spawn_error::SpawnError;

pub(crate) use blocking_pool::Placement;
pub(crate) use catch::{Guarded, Interrupt};
pub(crate) use incarnations::{Keeper, News, Notice, Order, Renewal, keep, launch};
pub(crate) use run::{Ended, StartFailure, Task, Wish};
pub(crate) use spawn::{ActorSource, SpawnOptions, SpawnPlan, SpawnResult, SpawnStart};
pub(crate) use spawner::{Spawner, spawner, spawner_of};
pub(crate) use task_state::TaskState;
