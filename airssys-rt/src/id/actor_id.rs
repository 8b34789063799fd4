//! `ActorId`: the id of one actor, its type, slot and generation in 8 bytes, never used twice.

use std::{fmt, num::NonZeroU64};

const SLOT_BITS: u32 = 24;
const KIND_BITS: u32 = 12;
const GENERATION_BITS: u32 = 64 - SLOT_BITS - KIND_BITS;

/// The id of one actor of one system, unique for the lifetime of the system.
///
/// An id is never used twice. It consists of the actor's type (its position in `actors(..)`), the slot of the actor in the
/// registry, and a generation that grows each time the slot is used again. So an old id reaches no actor, and never a
/// different one. Ids of different systems are not comparable.
///
/// It is printed as `type.slot.generation`, for example `2.17.1`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct ActorId(NonZeroU64);

impl ActorId {
    /// The largest number of live actors of one type.
    pub(crate) const MAX_SLOTS: u32 = 1 << SLOT_BITS;
    /// The largest number of actor types in one system. One number is reserved for values that only look like an id.
    pub(crate) const MAX_KINDS: usize = (1 << KIND_BITS) - 1;
    /// The last generation of a slot; a slot that has reached it is not used again.
    pub(crate) const MAX_GENERATION: u32 = ((1u64 << GENERATION_BITS) - 1) as u32;

    /// Creates an id. `generation` counts from 1.
    pub(crate) fn new(kind: usize, slot: u32, generation: u32) -> Self {
        debug_assert!(
            kind <= Self::MAX_KINDS && slot < Self::MAX_SLOTS && generation <= Self::MAX_GENERATION
        );
        let bits = (u64::from(generation) << (SLOT_BITS + KIND_BITS))
            | ((kind as u64) << SLOT_BITS)
            | u64::from(slot);
        ActorId(NonZeroU64::new(bits).expect("a generation counts from 1"))
    }

    pub(crate) fn kind(self) -> usize {
        Self::kind_of(self.0.get())
    }

    /// The kind in the bits of an id.
    #[inline]
    pub(crate) fn kind_of(bits: u64) -> usize {
        (bits >> SLOT_BITS) as usize & ((1 << KIND_BITS) - 1)
    }

    pub(crate) fn slot(self) -> u32 {
        self.0.get() as u32 & (Self::MAX_SLOTS - 1)
    }

    pub(crate) fn generation(self) -> u32 {
        (self.0.get() >> (SLOT_BITS + KIND_BITS)) as u32
    }

    /// The id as a number, for logs and tables.
    #[must_use]
    pub fn as_u64(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.kind(), self.slot(), self.generation())
    }
}

impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_parts() {
        let corners =
            [(0, 0, 1), (ActorId::MAX_KINDS - 1, ActorId::MAX_SLOTS - 1, ActorId::MAX_GENERATION), (5, 7, 9)];
        for (kind, slot, generation) in corners {
            let id = ActorId::new(kind, slot, generation);
            assert_eq!((id.kind(), id.slot(), id.generation()), (kind, slot, generation));
        }
    }

    #[test]
    fn an_option_is_no_larger_than_an_id() {
        assert_eq!(size_of::<Option<ActorId>>(), 8);
    }
}
