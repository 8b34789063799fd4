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

/// A sparse set: slots are found by number, and the members are dense, so that a walk over them does not depend on how many there
/// ever were.
struct Slab<C> {
    slots: Vec<Slot>,
    /// In no order: the last one takes the place of one that is removed.
    members: Vec<Member<C>>,
    free: Vec<u32>,
}

/// 8 bytes, which stay when the member is gone.
struct Slot {
    generation: u32,
    /// The position of the member. In a free slot it means nothing: the member at that position, if there is one, has another id.
    at: u32,
}

struct Member<C> {
    member: Arc<C>,
    id: ActorId,
}

/// Space for this many members is never freed.
const KEPT: usize = 64;

impl<C> Members<C> {
    pub(crate) fn new(kind: usize) -> Self {
        Members {
            kind,
            live: AtomicUsize::new(0),
            slab: RwLock::new(Slab { slots: Vec::new(), members: Vec::new(), free: Vec::new() }),
        }
    }

    /// Puts the result of `make` into a free slot. `None` if all slots are taken.
    pub(crate) fn insert(&self, make: impl FnOnce(ActorId) -> C) -> Option<Arc<C>> {
        let mut slab = self.slab.write();
        let number = slab.free_slot()?;
        let at = slab.members.len() as u32; // less than `MAX_SLOTS`
        let slot = &mut slab.slots[number as usize];
        slot.generation += 1;
        slot.at = at;
        let id = ActorId::new(self.kind, number, slot.generation);
        let member = Arc::new(make(id));
        slab.members.push(Member { member: member.clone(), id });
        self.live.fetch_add(1, Relaxed);
        Some(member)
    }

    /// Removes the member with this id, and frees its slot.
    ///
    /// `before_release` runs under the lock, so no reader counts what it moves from the member to a total twice or not at all.
    pub(crate) fn remove(&self, id: ActorId, before_release: impl FnOnce()) {
        let mut slab = self.slab.write();
        // Only once: a slot that is freed twice would be given to two actors.
        let Some((at, _)) = slab.position(id) else { return };
        before_release();
        self.live.fetch_sub(1, Relaxed);
        let removed = slab.take(at, id);
        drop(slab);
        drop(removed); // perhaps the last reference, and then it runs user code
    }

    /// The member with this id, if it is alive.
    pub(crate) fn find(&self, id: ActorId) -> Option<Arc<C>> {
        let slab = self.slab.read_recursive();
        let (_, member) = slab.position(id)?;
        Some(member.clone())
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
        slab.members.iter().for_each(|entry| read(Some(&entry.member)));
        read(None);
    }

    /// The number of members.
    #[inline]
    pub(crate) fn live(&self) -> usize {
        self.live.load(Relaxed)
    }

    /// Calls `visit` for each member. `Err` with their number, and no call, if there are more than `most`. No member is inserted or
    /// removed during the calls, so `visit` must not run user code.
    #[inline]
    pub(crate) fn visit(&self, most: usize, mut visit: impl FnMut(&Arc<C>)) -> Result<(), usize> {
        let slab = self.slab.read_recursive();
        if slab.members.len() > most {
            return Err(slab.members.len());
        }
        for entry in &slab.members {
            visit(&entry.member);
        }
        Ok(())
    }
}

impl<C> Slab<C> {
    /// The member with this id and its position, if it is alive.
    #[inline]
    fn position(&self, id: ActorId) -> Option<(usize, &Arc<C>)> {
        let at = self.slots.get(id.slot() as usize)?.at as usize;
        let entry = self.members.get(at)?;
        (entry.id == id).then_some((at, &entry.member))
    }

    /// Takes a free slot. `None` if there is none.
    fn free_slot(&mut self) -> Option<u32> {
        if let Some(number) = self.free.pop() {
            return Some(number);
        }
        let number = u32::try_from(self.slots.len()).ok().filter(|number| *number < ActorId::MAX_SLOTS)?;
        self.slots.push(Slot { generation: 0, at: 0 });
        Some(number)
    }

    /// Takes the member with this id out of its position, and frees its slot unless that has had its last generation.
    fn take(&mut self, at: usize, id: ActorId) -> Arc<C> {
        let removed = self.members.swap_remove(at);
        if let Some(moved) = self.members.get(at) {
            self.slots[moved.id.slot() as usize].at = at as u32; // as the old position, less than `MAX_SLOTS`
        }
        // From time to time: the peak must not stay, and a shrink at each removal would be slow.
        if self.members.capacity() > KEPT && self.members.len() < self.members.capacity() / 4 {
            self.members.shrink_to(KEPT.max(self.members.len() * 2));
        }
        if id.generation() < ActorId::MAX_GENERATION {
            self.free.push(id.slot());
        }
        removed.member
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
