//! The trait `Spawner`: the part of a system that spawns actors of one type.

use crate::{
    actor::{
        declare::Actor,
        shared::Host,
        spawn::{SpawnPlan, SpawnStart},
    },
    sync::Arc,
};
use std::any::TypeId;

/// The part of a system that spawns actors of type `A`.
pub(crate) trait Spawner<A: Actor>: Host<A> {
    /// Spawns an actor.
    fn begin(self: Arc<Self>, plan: SpawnPlan<A>) -> SpawnStart<A>;
}

/// The part of the system behind `host` that spawns actors of type `T`. `None`: the system does not host that type.
pub(crate) fn spawner_of<A: Actor, T: Actor>(host: &dyn Host<A>) -> Option<Arc<dyn Spawner<T>>> {
    host.spawner_of(TypeId::of::<T>())?.downcast().ok().map(|spawner| *spawner)
}
