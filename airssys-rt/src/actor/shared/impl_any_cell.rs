//! The impl of `AnyCell` for `Cell`: stop, kill, watch and lifecycle without the type of the actor.

use crate::{
    actor::{
        declare::Actor,
        shared::{About, ActorKey, AnyCell, Cell, ChildFailed, Exit, ExitReason, Lifecycle, Watcher},
    },
    id::ActorId,
    rt::{Instant, Runtime},
    sync::Arc,
};
use std::task::{Context, Poll};

impl<A: Actor> AnyCell for Cell<A> {
    fn as_any_cell(&self) -> &dyn AnyCell {
        self
    }

    fn into_any_cell(self: Arc<Self>) -> Arc<dyn AnyCell> {
        self
    }

    fn id(&self) -> ActorId {
        self.id
    }

    fn identity(&self) -> usize {
        Cell::identity(self)
    }

    fn key(&self) -> ActorKey {
        self.kind.key(self.id)
    }

    fn actor(&self) -> &'static str {
        A::NAME
    }

    fn name(&self) -> Option<&Arc<str>> {
        Cell::name(self)
    }

    fn start_number(&self) -> u64 {
        self.about().start_number
    }

    fn progress(&self) -> (u64, u64) {
        self.mailbox.progress()
    }

    fn lifecycle(&self) -> Lifecycle {
        Cell::lifecycle(self)
    }

    fn set_restart_due(&self, due: Instant) {
        self.about().set_restart_due(due);
    }

    fn restart_due(&self) -> Option<Instant> {
        self.about().restart_due()
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

    fn set_last_incarnation(&self) {
        self.mailbox.set_last_incarnation();
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
        self.about().has_ended()
    }

    fn end_reason(&self) -> Option<ExitReason> {
        self.about().end_reason().or_else(|| self.mailbox.is_stopped().then(|| self.stop_reason()))
    }

    fn is_supervised(&self) -> bool {
        self.mailbox.is_supervised()
    }

    fn runtime(&self) -> Option<Runtime> {
        Some(self.kind.host()?.runtime().clone())
    }

    fn parent(&self) -> Option<Arc<dyn AnyCell>> {
        Cell::parent(self)
    }

    fn about(&self) -> &About {
        Cell::about(self)
    }

    fn child_failed(&self, child: ChildFailed) {
        self.about().child_failed(child);
        self.mailbox.child_failed();
    }

    fn add_watcher(&self, watcher: Watcher) {
        self.about().add_watcher(self, watcher);
    }

    fn remove_watcher(&self, by: usize) {
        self.about().remove_watcher(by);
    }

    fn wake(&self) {
        self.mailbox.wake();
    }
}
