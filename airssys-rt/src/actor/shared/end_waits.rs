//! Finds a send to an actor that waits for the end of the sender: an actor that stops its children handles no message before they have
//! ended, and before a restart its mailbox accepts messages meanwhile.

use crate::actor::shared::{AnyCell, CurrentActor, actor_waits::ActorWait};

/// An actor waits for the end of its children, as long as this exists.
pub(super) struct EndWait<'a> {
    parent: &'a dyn AnyCell,
    _wait: ActorWait,
}

impl<'a> EndWait<'a> {
    pub(super) fn begin(parent: &'a dyn AnyCell) -> Self {
        parent.about().begin_children_wait();
        EndWait { parent, _wait: ActorWait::begin() }
    }
}

impl Drop for EndWait<'_> {
    fn drop(&mut self) {
        self.parent.about().end_children_wait();
    }
}

/// Whether `target` waits for the end of the actor whose code runs, and its mailbox is open.
#[cold]
pub(crate) fn waits_for_current(target: &dyn AnyCell) -> bool {
    let current = CurrentActor::identity();
    current != 0 && target.about().children_wait().goes_on() && target.is_open() && is_below(target, current)
}

/// Whether the actor with this identity is a descendant of `parent`. A loop, because a family may be deeper than the stack.
fn is_below(parent: &dyn AnyCell, identity: usize) -> bool {
    let mut rest = parent.about().children();
    while let Some(child) = rest.pop() {
        if child.identity() == identity {
            return true;
        }
        rest.extend(child.about().children());
    }
    false
}
