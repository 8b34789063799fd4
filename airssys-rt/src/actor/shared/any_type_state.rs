use crate::{
    actor::{
        declare::Actor,
        shared::{AnyCell, Kind},
    },
    observe::Counters,
    sync::Arc,
};
use std::any::{Any, TypeId};

/// A kind of any type, for what a system does to all of them. Cold.
#[doc(hidden)]
#[allow(private_interfaces)] // made and used by the crate; generated code only passes it on
pub trait AnyKind {
    /// The part of the system that spawns actors of the type `actor`, if this is the state of that type.
    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>>;
    fn arm(&self, armed: bool);
    fn close(&self);
    fn cells(&self) -> Vec<Arc<dyn AnyCell>>;
    fn counters(&self) -> Counters;
    fn accepted(&self) -> u64;
    /// About how many messages something is kept beside their mailbox.
    fn kept(&self) -> usize;
}

#[allow(private_interfaces)]
impl<A: Actor> AnyKind for Kind<A> {
    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>> {
        if actor != TypeId::of::<A>() {
            return None;
        }
        Some(self.host()?.spawner())
    }

    fn arm(&self, armed: bool) {
        Kind::arm(self, armed);
    }

    fn close(&self) {
        Kind::close(self);
    }

    fn cells(&self) -> Vec<Arc<dyn AnyCell>> {
        let mut cells: Vec<Arc<dyn AnyCell>> = Vec::new();
        self.members.visit(|cell| {
            cells.push(cell.clone());
            true
        });
        cells
    }

    fn counters(&self) -> Counters {
        Kind::counters(self)
    }

    fn accepted(&self) -> u64 {
        Kind::accepted(self)
    }

    fn kept(&self) -> usize {
        self.tags.len()
    }
}
