use crate::{
    envelope::PooledMeta,
    id::ActorId,
    sync::{Mutex, MutexGuard},
};
use slab::Slab;
use std::collections::VecDeque;

const SLOT_BITS: u32 = ActorId::MAX_SLOTS.trailing_zeros();

/// Over so many shelves the table of a kind is spread, so that its actors seldom wait for one another.
const SHARDS: usize = 8;

/// So many entries an actor takes at once. Taken one by one, sender and actor would fight over the lock; all at once, the
/// sender would wait for long.
const AHEAD: usize = 32;

/// What a message in a mailbox says about itself, in 8 bytes: who sent it, or, for one that somebody can see, where the
/// rest is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag(Option<ActorId>);

impl Tag {
    #[inline]
    pub(crate) fn of_sender(sender: Option<ActorId>) -> Self {
        Tag(sender)
    }

    /// Whether there is more to it than a sender.
    #[inline]
    pub(crate) fn is_entry(self) -> bool {
        self.0.is_some_and(|id| id.kind() == ActorId::MAX_KINDS)
    }

    /// The sender of a message that nobody sees.
    #[inline]
    pub(crate) fn sender(self) -> Option<ActorId> {
        self.0
    }

    fn of_entry(entry: usize) -> Self {
        // All the bits beside those of the kind are the number of the entry.
        let (slot, generation) = (entry as u32 & (ActorId::MAX_SLOTS - 1), (entry >> SLOT_BITS) as u32 + 1);
        Tag(Some(ActorId::new(ActorId::MAX_KINDS, slot, generation)))
    }

    fn entry(self) -> Option<usize> {
        let id = self.0.filter(|_| self.is_entry())?;
        Some(((id.generation() as usize - 1) << SLOT_BITS) | id.slot() as usize)
    }
}

/// Where the rest is kept: for each message of one kind of actor that is in a mailbox and can be seen.
#[derive(Default)]
pub(crate) struct MetadataTable([Shard; SHARDS]);

/// Alone on its cache lines.
#[derive(Default)]
#[repr(align(128))]
struct Shard(Mutex<Slab<PooledMeta>>);

impl MetadataTable {
    /// All that goes to one actor is on one shard.
    #[inline]
    pub(crate) fn insert(&self, meta: PooledMeta) -> Tag {
        let shard = meta.recipient().map_or(0, |recipient| recipient.slot() as usize % SHARDS);
        let entry = self.0[shard].0.lock().insert(meta);
        Tag::of_entry(entry * SHARDS + shard)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|shard| shard.0.lock().len()).sum()
    }

    pub(crate) fn remove(&self, tag: Tag) -> Option<PooledMeta> {
        let entry = tag.entry()?;
        self.shard(entry).try_remove(entry / SHARDS)
    }

    /// The entry of `tag`, and into `ahead` those of some that `follow`, in their order. All are of one actor.
    pub(crate) fn remove_batch(
        &self,
        tag: Tag,
        follow: impl ExactSizeIterator<Item = Tag>,
        ahead: &mut VecDeque<PooledMeta>,
    ) -> Option<PooledMeta> {
        let first = tag.entry()?;
        ahead.reserve(follow.len().min(AHEAD));
        let mut shard = self.shard(first);
        for entry in follow.take(AHEAD).filter_map(Tag::entry) {
            // One that is elsewhere ends it: what is in `ahead` has no gaps.
            let here = entry % SHARDS == first % SHARDS;
            let Some(meta) = here.then(|| shard.try_remove(entry / SHARDS)).flatten() else { break };
            ahead.push_back(meta);
        }
        shard.try_remove(first / SHARDS)
    }

    fn shard(&self, entry: usize) -> MutexGuard<'_, Slab<PooledMeta>> {
        self.0[entry % SHARDS].0.lock()
    }
}
