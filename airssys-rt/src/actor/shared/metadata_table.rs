//! The table of the metadata of observed messages in mailboxes, and the 8-byte tag that refers to an entry.

use crate::{
    envelope::PooledMeta,
    id::ActorId,
    sync::{Mutex, MutexGuard},
};
use slab::Slab;
use std::collections::VecDeque;

const SLOT_BITS: u32 = ActorId::MAX_SLOTS.trailing_zeros();

/// The table of one type of actor is spread over so many shards, so that actors seldom contend for a lock.
const SHARDS: usize = 8;

/// An actor removes so many entries at once. One by one, sender and actor would contend for the lock; all at once, the sender
/// would wait long.
const AHEAD: usize = 32;

/// The 8 bytes that a message in a mailbox has beside it: its sender, or, for a message with metadata, the entry in the
/// metadata table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag(Option<ActorId>);

impl Tag {
    #[inline]
    pub(crate) fn of_sender(sender: Option<ActorId>) -> Self {
        Tag(sender)
    }

    /// Whether it is an entry in the metadata table.
    #[inline]
    pub(crate) fn is_entry(self) -> bool {
        ActorId::kind_of(self.0.map_or(0, ActorId::as_u64)) == ActorId::MAX_KINDS // without a branch for `None`
    }

    /// The sender of a message without metadata.
    #[inline]
    pub(crate) fn sender(self) -> Option<ActorId> {
        self.0
    }

    fn of_entry(entry: usize) -> Self {
        // All bits besides those of the actor kind are the number of the entry.
        let (slot, generation) = (entry as u32 & (ActorId::MAX_SLOTS - 1), (entry >> SLOT_BITS) as u32 + 1);
        Tag(Some(ActorId::new(ActorId::MAX_KINDS, slot, generation)))
    }

    fn entry(self) -> Option<usize> {
        let id = self.0.filter(|_| self.is_entry())?;
        Some(((id.generation() as usize - 1) << SLOT_BITS) | id.slot() as usize)
    }
}

/// The metadata of the observed messages in the mailboxes of one type of actor.
#[derive(Default)]
pub(crate) struct MetadataTable([Shard; SHARDS]);

/// On cache lines of its own.
#[derive(Default)]
#[repr(align(128))]
struct Shard(Mutex<Slab<PooledMeta>>);

impl MetadataTable {
    /// All entries of one actor are in one shard.
    #[inline]
    pub(crate) fn insert(&self, meta: PooledMeta) -> Tag {
        let shard = meta.recipient().map_or(0, |recipient| recipient.slot() as usize % SHARDS);
        let entry = self.0[shard].0.lock().insert(meta);
        Tag::of_entry(entry * SHARDS + shard)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|shard| shard.0.lock().len()).sum()
    }

    /// Copies an entry.
    pub(crate) fn copy(&self, tag: Tag) -> Option<PooledMeta> {
        let entry = tag.entry()?;
        self.shard(entry).get(entry / SHARDS).cloned()
    }

    pub(crate) fn remove(&self, tag: Tag) -> Option<PooledMeta> {
        let entry = tag.entry()?;
        self.shard(entry).try_remove(entry / SHARDS)
    }

    /// Removes the entry of `tag`, and moves those of some of the `count` tags that follow into `ahead`, in their order.
    /// All belong to one actor.
    pub(crate) fn remove_batch(
        &self,
        tag: Tag,
        count: usize,
        follow: &dyn Fn(usize) -> Option<Tag>,
        ahead: &mut VecDeque<PooledMeta>,
    ) -> Option<PooledMeta> {
        let first = tag.entry()?;
        ahead.reserve(count.min(AHEAD));
        let mut shard = self.shard(first);
        for entry in (0..count.min(AHEAD)).filter_map(|at| follow(at)?.entry()) {
            // An entry of another shard ends the batch, so that `ahead` has no gaps.
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

#[cfg(all(test, not(any(airssys_loom, airssys_shuttle))))]
mod tests {
    use super::*;
    use crate::{
        envelope::{Meta, MetaFields},
        id::MessageId,
    };

    fn meta(number: u64, slot: u32) -> PooledMeta {
        let recipient = Some(ActorId::new(1, slot, 1));
        let fields = MetaFields { recipient, ..MetaFields::default() };
        PooledMeta::new(Meta::new(MessageId::nth(number), "Account", "Deposit", fields))
    }

    /// What is taken ahead is the metadata of the messages that follow, in their order and without a gap: it ends where an entry is in
    /// another shard, or is removed already. A message without metadata is no gap.
    #[test]
    fn what_is_taken_ahead_has_no_gap() {
        let table = MetadataTable::default();
        let insert = |number, slot| table.insert(meta(number, slot));
        let first = insert(0, 3);
        let other_shard = [insert(1, 3), Tag::of_sender(None), insert(2, 3), insert(3, 4), insert(4, 3)];
        let removed = [insert(5, 3), insert(6, 3), insert(7, 3)];
        drop(table.remove(removed[1]));
        for (tags, expected) in [(&other_shard[..], vec![1, 2]), (&removed[..], vec![5])] {
            let mut ahead = VecDeque::new();
            table.remove_batch(first, tags.len(), &|at| tags.get(at).copied(), &mut ahead);
            let numbers: Vec<_> = ahead.iter().map(|meta| meta.id()).collect();
            let expected: Vec<_> = expected.into_iter().map(MessageId::nth).collect();
            assert_eq!(numbers, expected);
        }
        assert_eq!(table.len(), 3, "3, 4 and 7 are left");
    }
}
