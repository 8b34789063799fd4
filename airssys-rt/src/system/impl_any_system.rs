//! The impl of `AnySystem` for the core of a system: runtime, time limits and lifecycle events.

use crate::{
    actor::{AnyCell, AnySystem, LifecycleEvent},
    broker::{MessageBroker, Outcome},
    envelope::Meta,
    id::{ActorId, MessageId},
    reply::FaultReport,
    rt::Runtime,
    sync::{Arc, Relaxed},
    system::{Core, System, shutdown},
};
use std::time::Duration;

impl<S: System, B: MessageBroker<S::Message>> AnySystem for Core<S, B> {
    fn as_any_system(&self) -> &dyn AnySystem {
        self
    }

    fn into_any_system(self: Arc<Self>) -> Arc<dyn AnySystem> {
        self
    }

    fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    fn next_start_number(&self) -> u64 {
        Core::next_start_number(self)
    }

    fn jitter_seed(&self) -> u64 {
        self.jitter_seed
    }

    fn spawn_timeout(&self) -> Duration {
        self.config.spawn_timeout
    }

    fn stop_timeout(&self) -> Duration {
        self.config.stop_timeout
    }

    fn observes_lifecycle(&self) -> bool {
        // Relaxed: a new subscriber may miss events of that moment.
        self.lifecycle_observed.load(Relaxed)
    }

    fn lifecycle_event(&self, event: &LifecycleEvent) {
        self.lifecycle_events.offer(event);
    }

    fn record_overdue(&self, child: &Arc<dyn AnyCell>) {
        if self.ending.has_begun() {
            self.ending.overdue.lock().push(child.clone());
        }
    }

    fn release_name(&self, name: &str, id: ActorId) {
        self.names.release(name, id);
    }

    fn report_accepted(&self, meta: &Meta, receivers: usize) {
        self.waiting_sends.remove(meta.id());
        self.settled(meta, Outcome::Delivered { receivers });
    }

    fn report_interrupted(&self, meta: &Meta, receivers: usize) {
        self.report_accepted(meta, receivers);
        self.interrupted_events.insert(meta.id(), receivers);
    }

    fn record_accepted(&self, message: MessageId) {
        self.waiting_sends.remove(message);
    }

    fn fail(&self, cause: FaultReport) {
        shutdown::fail(self, cause);
    }
}
