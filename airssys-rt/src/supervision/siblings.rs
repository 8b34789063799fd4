//! `Siblings`: the addresses of the children of a supervisor that were started before, for a factory.

use crate::{
    actor::{Actor, ActorRef},
    sync::{Arc, RwLock},
};
use std::{any::Any, collections::HashMap, fmt};

/// An `ActorRef` of a type that only its receiver knows.
pub(super) type AnyRef = Arc<dyn Any + Send + Sync>;

/// The children of one supervisor that were started before: the argument of a factory.
#[derive(Default)]
pub struct Siblings(RwLock<HashMap<Arc<str>, AnyRef>>);

impl Siblings {
    /// Returns the address of a child. It stays valid over restarts.
    ///
    /// # Panics
    ///
    /// If there is no such child, or it is not an `A`. In a factory the panic is a failed start with this reason.
    #[must_use]
    #[track_caller]
    pub fn actor<A: Actor>(&self, id: &str) -> ActorRef<A> {
        self.find(id).unwrap_or_else(|| panic!("no child `{id}` of type `{}` was started before", A::NAME))
    }

    /// Returns the address of a child. `None` if there is no such child, or it is not an `A`.
    #[must_use]
    pub fn find<A: Actor>(&self, id: &str) -> Option<ActorRef<A>> {
        self.0.read().get(id)?.downcast_ref::<ActorRef<A>>().cloned()
    }

    /// The reference of a child, of any type.
    pub(super) fn any(&self, id: &str) -> Option<AnyRef> {
        self.0.read().get(id).cloned()
    }

    pub(super) fn insert<A: Actor>(&self, id: Arc<str>, actor: ActorRef<A>) {
        let before = self.0.write().insert(id, Arc::new(actor));
        drop(before); // not under the lock: this may be the last reference
    }

    pub(super) fn remove(&self, id: &str) {
        let before = self.0.write().remove(id);
        drop(before);
    }
}

impl fmt::Debug for Siblings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.read().keys()).finish()
    }
}
