//! The number of actors of the process that wait for the start or for the end of another one. Only then can a send be on a circle with
//! such a wait.

use crate::sync::{GlobalAtomicU64, Relaxed};

/// Relaxed: an actor sees its own wait, and an actor that another one waits for is woken after the wait has begun.
static WAITS: GlobalAtomicU64 = GlobalAtomicU64::new(0);

/// An actor waits for the start or for the end of another one, as long as this exists.
pub(super) struct ActorWait(());

impl ActorWait {
    pub(super) fn begin() -> Self {
        WAITS.fetch_add(1, Relaxed);
        ActorWait(())
    }
}

impl Drop for ActorWait {
    fn drop(&mut self) {
        WAITS.fetch_sub(1, Relaxed);
    }
}

/// Whether an actor waits for the start or for the end of another one anywhere. A send that waits pays for one relaxed load.
#[inline]
pub(crate) fn is_any() -> bool {
    WAITS.load(Relaxed) != 0
}
