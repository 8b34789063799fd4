use crate::{
    envelope::Meta,
    sync::{GlobalGuard, GlobalMutex, PoisonError},
};
use std::{cell::RefCell, fmt, ops::Deref};

/// So many at a time go from a thread that has too many to one that has none.
const PACK: usize = 32;
/// So many packs are kept for that.
const PACKS: usize = 64;

/// What is known about a message, as it goes along with it: a pointer, because it is moved often.
///
/// Its memory is used again and again, also where one thread only sends and another one only handles: an allocator that has
/// to free what another thread has allocated costs more than the rest of the way.
#[doc(hidden)]
pub struct PooledMeta(Option<Blank>);

/// The memory of a meta.
struct Blank(Box<Meta>);

thread_local! {
    static SPARE: RefCell<Vec<Blank>> = const { RefCell::new(Vec::new()) };
}

static SHARED: GlobalMutex<Vec<Vec<Blank>>> = GlobalMutex::new(Vec::new());

impl PooledMeta {
    #[inline]
    pub(crate) fn new(meta: Meta) -> Self {
        PooledMeta(Some(match Blank::take() {
            Some(mut blank) => {
                *blank.0 = meta;
                blank
            }
            None => Blank(Box::new(meta)),
        }))
    }

    #[inline]
    pub(super) fn edit(&mut self) -> &mut Meta {
        match &mut self.0 {
            Some(blank) => &mut blank.0,
            None => unreachable!("{HELD}"),
        }
    }
}

const HELD: &str = "a meta has its memory until it is dropped";

impl Blank {
    /// `None` if there is none to be used again, or the thread is about to end.
    #[inline]
    fn take() -> Option<Self> {
        SPARE
            .try_with(|spare| {
                let blank = spare.borrow_mut().pop();
                blank.or_else(|| Blank::take_pack(spare))
            })
            .ok()?
    }

    #[cold]
    fn take_pack(spare: &RefCell<Vec<Blank>>) -> Option<Self> {
        let pack = shared().pop()?;
        let mut spare = spare.borrow_mut();
        *spare = pack;
        spare.pop()
    }

    #[inline]
    fn give_back(self) {
        // A thread that is about to end frees it.
        let _ = SPARE.try_with(|spare| {
            let mut spare = spare.borrow_mut();
            spare.push(self);
            if spare.len() >= 2 * PACK {
                Blank::give_pack(&mut spare);
            }
        });
    }

    #[cold]
    fn give_pack(spare: &mut Vec<Blank>) {
        let pack = spare.split_off(spare.len() - PACK);
        let mut shared = shared();
        if shared.len() < PACKS {
            shared.push(pack);
        }
    }
}

/// Its lock is never held while anything else runs, so nothing can poison it.
fn shared() -> GlobalGuard<'static, Vec<Vec<Blank>>> {
    SHARED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Deref for PooledMeta {
    type Target = Meta;

    #[inline]
    fn deref(&self) -> &Meta {
        match &self.0 {
            Some(blank) => &blank.0,
            None => unreachable!("{HELD}"),
        }
    }
}

impl Clone for PooledMeta {
    fn clone(&self) -> Self {
        PooledMeta::new(Meta::clone(self))
    }
}

impl Drop for PooledMeta {
    #[inline]
    fn drop(&mut self) {
        if let Some(blank) = self.0.take() {
            blank.give_back();
        }
    }
}

impl fmt::Debug for PooledMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Meta::fmt(self, f)
    }
}
