//! The cell of an actor as the owner of a task on a blocking pool: reports whether the actor is idle or ending.

use crate::{
    actor::{declare::Actor, shared::Cell},
    rt::Owner,
};
use std::task::Waker;

impl<A: Actor> Owner for Cell<A> {
    fn register_waker(&self, waker: &Waker) {
        self.mailbox.set_waker(Some(waker));
    }

    fn is_idle(&self) -> bool {
        self.mailbox.is_drained()
    }

    fn is_ending(&self, idle: bool) -> bool {
        self.mailbox.is_killed() || (idle && self.mailbox.is_stopped())
    }
}
