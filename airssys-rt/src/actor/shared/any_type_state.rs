//! The trait `AnyTypeState`: the shared state of actors of any type, for what a system does to all its actors.

use crate::{
    actor::{
        declare::Actor,
        shared::{AnyCell, TypeState},
    },
    observe::Counters,
    sync::Arc,
};
use std::any::{Any, TypeId};

/// The shared state of actors of any type, for what a system does to all of them. Cold.
#[doc(hidden)]
#[allow(private_interfaces)] // made and used by the crate; generated code only passes it on
pub trait AnyTypeState {
    /// The part of the system that spawns actors of the type `actor`, if this is the state of that type.
    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>>;
    fn set_via_broker(&self, armed: bool);
    fn close(&self);
    fn cells(&self) -> Vec<Arc<dyn AnyCell>>;
    fn counters(&self) -> Counters;
    fn accepted(&self) -> u64;
    fn undelivered(&self) -> u64;
    /// About how many entries the metadata table has.
    fn kept(&self) -> usize;
}

#[allow(private_interfaces)]
impl<A: Actor> AnyTypeState for TypeState<A> {
    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>> {
        if actor != TypeId::of::<A>() {
            return None;
        }
        Some(Box::new(self.host()?.spawner()))
    }

    fn set_via_broker(&self, armed: bool) {
        TypeState::set_via_broker(self, armed);
    }

    fn close(&self) {
        TypeState::close(self);
    }

    fn cells(&self) -> Vec<Arc<dyn AnyCell>> {
        let mut cells: Vec<Arc<dyn AnyCell>> = Vec::new();
        self.members.with_members(&mut |cell| {
            if let Some(cell) = cell {
                cells.push(cell.clone());
            }
        });
        cells
    }

    fn counters(&self) -> Counters {
        TypeState::counters(self)
    }

    fn accepted(&self) -> u64 {
        TypeState::accepted(self)
    }

    fn undelivered(&self) -> u64 {
        self.totals.undelivered()
    }

    fn kept(&self) -> usize {
        self.metadata.len()
    }
}
