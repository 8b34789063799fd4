use crate::{
    actor::{Actor, ActorRef},
    sync::{Arc, RwLock},
};
use std::{any::Any, collections::HashMap, fmt};

/// The children of one supervisor, as a factory sees them: those that were started before it.
#[derive(Default)]
pub struct Siblings(RwLock<HashMap<Arc<str>, Arc<dyn Any + Send + Sync>>>);

impl Siblings {
    /// The address of a child. It stays valid when that is restarted.
    ///
    /// # Panics
    ///
    /// If there is no such child, or it is no `A`. In a factory that is a failed start, which names the reason.
    #[must_use]
    #[track_caller]
    pub fn actor<A: Actor>(&self, id: &str) -> ActorRef<A> {
        self.find(id).unwrap_or_else(|| panic!("no `{}` was started before as child `{id}`", A::NAME))
    }

    /// The address of a child, if there is such a child and it is an `A`.
    #[must_use]
    pub fn find<A: Actor>(&self, id: &str) -> Option<ActorRef<A>> {
        self.0.read().get(id)?.downcast_ref::<ActorRef<A>>().cloned()
    }

    pub(super) fn enter<A: Actor>(&self, id: Arc<str>, actor: ActorRef<A>) {
        let before = self.0.write().insert(id, Arc::new(actor));
        drop(before); // not under the lock: perhaps the last reference to it
    }

    pub(super) fn leave(&self, id: &str) {
        let before = self.0.write().remove(id);
        drop(before);
    }
}

impl fmt::Debug for Siblings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.read().keys()).finish()
    }
}
