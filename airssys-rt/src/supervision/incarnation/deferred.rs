//! The effects that wait until the incarnation is unlocked, because they may run user code: replies, drops.

use crate::{
    actor::{AnyCell, AnySystem, LifecycleEvent, give_up, stop_each},
    rt,
    supervision::{
        ControlError, SuperviseError, SupervisorCell,
        incarnation::child_entry::ChildEntry,
        input::{Reply, StartReply},
        siblings::AnyRef,
    },
    sync::Arc,
};

/// Effects that wait until the incarnation is unlocked, because they may run user code.
#[derive(Default)]
pub(in crate::supervision) struct Deferred {
    /// Whether the supervisor has started, once that is known.
    pub(in crate::supervision) started: Option<Result<(), SuperviseError>>,
    pub(super) answers: Vec<(Reply, Result<(), ControlError>)>,
    pub(super) start_answers: Vec<(StartReply, Result<Option<AnyRef>, ControlError>)>,
    pub(super) events: Vec<LifecycleEvent>,
    /// Actors that did not stop in time.
    pub(super) aborted: Vec<Arc<dyn AnyCell>>,
    /// Actors that were killed and have not ended. Their ends are not awaited.
    pub(super) given_up: Vec<Arc<dyn AnyCell>>,
    /// Children that were removed.
    pub(super) removed: Vec<ChildEntry>,
}

impl Deferred {
    /// Carries the effects out. Returns why the supervisor did not start, if it did not.
    pub(in crate::supervision) fn finish(
        self,
        system: &Arc<dyn AnySystem>,
        supervisor: &SupervisorCell,
    ) -> Option<SuperviseError> {
        self.events.iter().for_each(|event| system.lifecycle_event(event));
        supervisor.add_aborted(self.aborted);
        let orphans: Vec<_> = self.given_up.iter().flat_map(|cell| give_up(cell, &**system)).collect();
        if !orphans.is_empty() {
            let runtime = system.runtime().clone();
            let system = system.clone();
            runtime.spawn(Box::pin(async move { stop_each(orphans, system.stop_timeout(), &*system).await }));
        }
        rt::catch(|| drop(self.removed));
        for (reply, answer) in self.answers {
            reply.send(answer);
        }
        for (reply, answer) in self.start_answers {
            reply.send(answer);
        }
        self.started.and_then(Result::err)
    }
}
