//! Spawning: the builder of an actor, the threads on which its task runs, and the error of a spawn.

mod blocking_pool;
mod builder;
mod spawn_error;
mod spawn_plan;
mod spawner;
mod start_list;
mod starting;

pub use blocking_pool::{BlockingPool, BlockingPoolError};
pub use builder::Spawn;
pub use spawn_error::SpawnError;
pub use spawn_plan::ActorSource;

pub(crate) use blocking_pool::Placement;
pub(crate) use spawn_plan::{SpawnOptions, SpawnPlan, SpawnResult, SpawnStart};
pub(crate) use spawner::{Spawner, spawner_of};
use start_list::AnyStart;
pub(crate) use start_list::StartList;
use starting::Starting;
