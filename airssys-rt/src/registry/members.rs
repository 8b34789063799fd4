//! The live actors of one type, by id: slots with generations, so that an old id finds no actor.

use crate::{
    id::ActorId,
    sync::{Arc, AtomicUsize, Relaxed, RwLock},
};

/// The live actors of one type, found by their id without hashing.
pub(crate) struct Members<C> {
    kind: usize,
    /// The number of members. Written under the lock. Relaxed: a thread that was informed of a member reads it by coherence.
    live: AtomicUsize,
    slab: RwLock<Slab<C>>,
}

struct Slab<C> {
    slots: Vec<Slot<C>>,
    free: Vec<u32>,
}

struct Slot<C> {
    member: Option<Arc<C>>,
    generation: u32,
}

impl<C> Members<C> {
    pub(crate) fn new(kind: usize) -> Self {
        Members {
            kind,
            live: AtomicUsize::new(0),
            slab: RwLock::new(Slab { slots: Vec::new(), free: Vec::new() }),
        }
    }

    /// Puts the result of `make` into a free slot. `None` if all slots are taken.
    pub(crate) fn insert(&self, make: impl FnOnce(ActorId) -> C) -> Option<Arc<C>> {
        let mut slab = self.slab.write();
        let at = slab.free_slot()?;
        let slot = &mut slab.slots[at as usize];
        slot.generation += 1;
        let member = Arc::new(make(ActorId::new(self.kind, at, slot.generation)));
        slot.member = Some(member.clone());
        self.live.fetch_add(1, Relaxed);
        Some(member)
    }

    /// Removes the member with this id, and frees its slot.
    ///
    /// `before_release` runs under the lock, so no reader counts what it moves from the member to a total twice or not at all.
    pub(crate) fn remove(&self, id: ActorId, before_release: impl FnOnce()) {
        let mut slab = self.slab.write();
        let slot = &mut slab.slots[id.slot() as usize];
        if slot.generation != id.generation() {
            return;
        }
        // Only once: a slot that is freed twice would be given to two actors.
        let Some(member) = slot.member.take() else { return };
        before_release();
        self.live.fetch_sub(1, Relaxed);
        if slot.generation < ActorId::MAX_GENERATION {
            slab.free.push(id.slot());
        }
        drop(slab);
        drop(member); // perhaps the last reference, and then it runs user code
    }

    /// The member with this id, if it is alive.
    pub(crate) fn find(&self, id: ActorId) -> Option<Arc<C>> {
        if id.kind() != self.kind {
            return None;
        }
        let slab = self.slab.read_recursive();
        let slot = slab.slots.get(id.slot() as usize)?;
        if slot.generation == id.generation() { slot.member.clone() } else { None }
    }

    /// Whether there ever was a member with this id.
    pub(crate) fn was_issued(&self, id: ActorId) -> bool {
        let slab = self.slab.read_recursive();
        let slot = slab.slots.get(id.slot() as usize);
        id.kind() == self.kind && slot.is_some_and(|slot| id.generation() <= slot.generation)
    }

    /// Calls `read` with each member, and then once with `None`. No member is inserted or removed meanwhile.
    pub(crate) fn with_members(&self, read: &mut dyn FnMut(Option<&Arc<C>>)) {
        let slab = self.slab.read_recursive();
        for slot in &slab.slots {
            if slot.member.is_some() {
                read(slot.member.as_ref());
            }
        }
        read(None);
    }

    /// The number of members.
    #[inline]
    pub(crate) fn live(&self) -> usize {
        self.live.load(Relaxed)
    }

    /// Calls `visit` for each member from the slot `from` on until it returns `false`, and returns the slot of that member. `slots`
    /// limits the slots, and is lowered to their number. No member is inserted or removed during the call, so `visit` must not run
    /// user code.
    #[inline]
    pub(crate) fn visit(
        &self,
        from: usize,
        slots: &mut usize,
        mut visit: impl FnMut(&Arc<C>) -> bool,
    ) -> Option<usize> {
        let slab = self.slab.read_recursive();
        *slots = slab.slots.len().min(*slots);
        for (at, slot) in slab.slots[from..*slots].iter().enumerate() {
            if let Some(member) = &slot.member
                && !visit(member)
            {
                return Some(from + at);
            }
        }
        None
    }
}

impl<C> Slab<C> {
    fn free_slot(&mut self) -> Option<u32> {
        if let Some(at) = self.free.pop() {
            return Some(at);
        }
        let at = u32::try_from(self.slots.len()).ok().filter(|at| *at < ActorId::MAX_SLOTS)?;
        self.slots.push(Slot { member: None, generation: 0 });
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_id_finds_no_member() {
        let members = Members::new(3);
        let first = members.insert(|id| id).expect("a slot is free");
        members.remove(*first, || {});
        let second = members.insert(|id| id).expect("a slot is free");
        assert_eq!((first.slot(), first.kind()), (second.slot(), 3));
        assert_ne!(first, second);
        assert!(members.find(*first).is_none());
        assert_eq!(members.find(*second), Some(second));
    }

    #[test]
    fn a_slot_is_not_used_again_after_its_last_generation() {
        let members = Members::new(0);
        let first = *members.insert(|id| id).expect("a slot is free");
        members.slab.write().slots[0].generation = ActorId::MAX_GENERATION;
        members.remove(ActorId::new(0, first.slot(), ActorId::MAX_GENERATION), || {});
        assert_eq!(members.insert(|id| id).expect("a slot is free").slot(), 1);
    }
}
