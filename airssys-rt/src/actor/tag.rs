use crate::{envelope::Meta, id::ActorId, sync::Mutex};
use slab::Slab;

const SLOT_BITS: u32 = ActorId::MAX_SLOTS.trailing_zeros();

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
}

/// Where the rest is kept: for each message of one kind of actor that is in a mailbox and can be seen.
#[derive(Default)]
pub(crate) struct Tags(Mutex<Slab<Box<Meta>>>);

impl Tags {
    pub(crate) fn enter(&self, meta: Meta) -> Tag {
        let entry = self.0.lock().insert(Box::new(meta));
        // All the bits beside those of the kind are the number of the entry.
        let (slot, generation) = (entry as u32 & (ActorId::MAX_SLOTS - 1), (entry >> SLOT_BITS) as u32 + 1);
        Tag(Some(ActorId::new(ActorId::MAX_KINDS, slot, generation)))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.lock().len()
    }

    pub(crate) fn leave(&self, tag: Tag) -> Option<Box<Meta>> {
        let id = tag.0.filter(|_| tag.is_entry())?;
        let entry = ((id.generation() as usize - 1) << SLOT_BITS) | id.slot() as usize;
        self.0.lock().try_remove(entry)
    }
}
