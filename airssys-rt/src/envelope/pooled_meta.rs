//! The pooled box of message metadata: memory that is reused, per thread and across threads.

use crate::{
    envelope::Meta,
    id::ActorId,
    observe::SenderSpan,
    sync::{GlobalGuard, GlobalMutex, PoisonError},
};
use std::{cell::RefCell, fmt, ops::Deref};

/// The number of boxes that move at once between the pool of a thread and the shared pool.
const BATCH: usize = 32;
/// The maximum number of batches in the shared pool.
const MAX_BATCHES: usize = 64;

/// The metadata of a message in a pooled box: a pointer, because it is moved often.
///
/// The boxes are reused. They are pooled per thread, and batches of them move through a shared pool, so that reuse also works
/// if one thread only sends and another one only handles: an allocator that frees memory of another thread costs more than the
/// rest of the path of a message.
#[doc(hidden)]
pub struct PooledMeta(Option<MetaBox>);

/// The memory of one [`Meta`].
struct MetaBox(Box<Pooled>);

struct Pooled {
    meta: Meta,
    /// Beside the metadata, not in it: metadata without a destructor is copied faster. `None` in the pools.
    sent_in: Option<SenderSpan>,
}

thread_local! {
    static LOCAL_POOL: RefCell<Vec<MetaBox>> = const { RefCell::new(Vec::new()) };
}

static SHARED_POOL: GlobalMutex<Vec<Vec<MetaBox>>> = GlobalMutex::new(Vec::new());

impl PooledMeta {
    #[inline(always)]
    pub(crate) fn new(meta: Meta) -> Self {
        PooledMeta(Some(match MetaBox::take() {
            Some(mut memory) => {
                memory.0.meta = meta;
                memory
            }
            None => MetaBox(Box::new(Pooled { meta, sent_in: None })),
        }))
    }

    /// The metadata of a message that is sent now, with the span of `tracing` in which it is sent, if spans of handlers are enabled.
    #[inline(always)]
    pub(crate) fn sent(meta: Meta) -> Self {
        let mut pooled = Self::new(meta);
        if let Some(span) = SenderSpan::current() {
            pooled.memory_mut().sent_in = Some(span);
        }
        pooled
    }

    /// The metadata of an event's copy for one subscriber.
    #[inline]
    pub(crate) fn with_recipient(&self, recipient: ActorId) -> Self {
        self.copy(Meta::clone(self).with_recipient(recipient))
    }

    /// The span in which the message was sent.
    pub(crate) fn sent_in(&self) -> Option<&SenderSpan> {
        self.memory().sent_in.as_ref()
    }

    /// `meta` with the span of this message.
    #[inline(always)]
    fn copy(&self, meta: Meta) -> Self {
        let mut copy = PooledMeta::new(meta);
        if let Some(span) = self.sent_in() {
            copy.memory_mut().sent_in = Some(span.clone());
        }
        copy
    }

    #[inline]
    fn memory(&self) -> &Pooled {
        match &self.0 {
            Some(memory) => &memory.0,
            None => unreachable!("{HELD}"),
        }
    }

    #[inline]
    fn memory_mut(&mut self) -> &mut Pooled {
        match &mut self.0 {
            Some(memory) => &mut memory.0,
            None => unreachable!("{HELD}"),
        }
    }

    #[inline]
    pub(super) fn edit(&mut self) -> &mut Meta {
        &mut self.memory_mut().meta
    }
}

const HELD: &str = "metadata has its memory until it is dropped";

impl MetaBox {
    /// Takes memory from the pools. `None` if both are empty, or the thread is about to end.
    #[inline]
    fn take() -> Option<Self> {
        LOCAL_POOL
            .try_with(|pool| {
                let memory = pool.borrow_mut().pop();
                memory.or_else(|| MetaBox::take_batch(pool))
            })
            .ok()?
    }

    #[cold]
    fn take_batch(pool: &RefCell<Vec<MetaBox>>) -> Option<Self> {
        let batch = shared_pool().pop()?;
        let mut pool = pool.borrow_mut();
        *pool = batch;
        pool.pop()
    }

    #[inline]
    fn recycle(self) {
        // If the thread is about to end, its pool is gone and the memory is freed.
        let _ = LOCAL_POOL.try_with(|pool| {
            let mut pool = pool.borrow_mut();
            pool.push(self);
            if pool.len() >= 2 * BATCH {
                MetaBox::give_batch(&mut pool);
            }
        });
    }

    #[cold]
    fn give_batch(pool: &mut Vec<MetaBox>) {
        let batch = pool.split_off(pool.len() - BATCH);
        let mut shared = shared_pool();
        if shared.len() < MAX_BATCHES {
            shared.push(batch);
        }
    }
}

/// The shared pool. No other code runs while its lock is held, so it cannot be poisoned.
fn shared_pool() -> GlobalGuard<'static, Vec<Vec<MetaBox>>> {
    SHARED_POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Deref for PooledMeta {
    type Target = Meta;

    #[inline]
    fn deref(&self) -> &Meta {
        &self.memory().meta
    }
}

impl Clone for PooledMeta {
    fn clone(&self) -> Self {
        self.copy(Meta::clone(self))
    }
}

impl Drop for PooledMeta {
    #[inline]
    fn drop(&mut self) {
        if let Some(mut memory) = self.0.take() {
            memory.0.sent_in = None; // so that the pool keeps no span open
            memory.recycle();
        }
    }
}

impl fmt::Debug for PooledMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Meta::fmt(self, f)
    }
}
