//! The impl of `AnyCell` for `Cell`: stop, kill, watch and lifecycle without the type of the actor.

use crate::{
    actor::{
        declare::Actor,
        shared::{ActorState, AnyCell, Cell, ChildFailed, Exit, Lifecycle, Watcher},
    },
    id::ActorId,
    sync::Arc,
};
use std::{
    mem,
    task::{Context, Poll},
};

impl<A: Actor> AnyCell for Cell<A> {
    fn id(&self) -> ActorId {
        self.id
    }

    fn identity(&self) -> usize {
        Cell::identity(self)
    }

    fn actor(&self) -> &'static str {
        A::NAME
    }

    fn name(&self) -> Option<&Arc<str>> {
        Cell::name(self)
    }

    fn start_number(&self) -> u64 {
        self.mailbox.owner_data.start_number
    }

    fn progress(&self) -> (u64, u64) {
        self.mailbox.progress()
    }

    fn lifecycle(&self) -> Lifecycle {
        Cell::lifecycle(self)
    }

    fn poll_idle(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.mailbox.poll_idle(cx)
    }

    fn is_open(&self) -> bool {
        self.mailbox.is_open()
    }

    fn stop(&self) {
        self.mailbox.stop();
    }

    fn drain(&self) {
        self.mailbox.close();
    }

    fn shut_down(&self) {
        self.mailbox.shut_down();
    }

    fn kill(&self) {
        self.mailbox.kill();
    }

    fn exit(&self) -> oneshot::AsyncReceiver<Exit> {
        let (sender, receiver) = oneshot::async_channel();
        self.add_watcher(Watcher::Stopper(sender));
        receiver
    }

    fn has_ended(&self) -> bool {
        self.status().lifecycle.has_ended()
    }

    fn is_supervised(&self) -> bool {
        self.mailbox.is_supervised()
    }

    fn parent(&self) -> Option<Arc<dyn AnyCell>> {
        Cell::parent(self)
    }

    fn add_child(&self, child: Arc<dyn AnyCell>) -> bool {
        use ActorState::{Failed, Stopped, Stopping};
        let mut status = self.status();
        let over = matches!(status.lifecycle.state(), Stopping | Stopped | Failed);
        !over && status.relations().hierarchy.add_child(child)
    }

    fn remove_child(&self, child: usize) {
        self.with_hierarchy(|hierarchy| hierarchy.remove_child(child));
    }

    fn child_failed(&self, child: ChildFailed) {
        self.with_hierarchy(|hierarchy| hierarchy.child_failed(child));
        self.mailbox.child_failed();
    }

    fn add_watcher(&self, watcher: Watcher) {
        let exit = {
            let mut status = self.status();
            match status.exit() {
                None => {
                    let relations = status.relations();
                    // From time to time: watchers that are gone need not be told. To check at each addition would be slow
                    // with many.
                    if relations.watchers.len().is_power_of_two() {
                        relations.watchers.retain(|other| !other.has_gone());
                    }
                    relations.watchers.push(watcher);
                    return;
                }
                Some(exit) => exit,
            }
        };
        watcher.tell(self.terminated(&exit), &exit);
    }

    fn remove_watcher(&self, by: usize) {
        let mut status = self.status();
        let Some(relations) = status.relations.as_deref_mut() else { return };
        let (gone, left) = mem::take(&mut relations.watchers).into_iter().partition(|other| other.is(by));
        relations.watchers = left;
        drop(status);
        drop::<Vec<Watcher>>(gone);
    }
}
