use crate::{
    actor::{AnyCell, AnySystem, LifeEvent},
    rt,
    supervision::{ControlError, SuperviseError, cell::Reply, incarnation::Kid},
    sync::{Arc, Mutex},
};

/// What is done when the incarnation is not locked any more, because it may run code of the user's.
#[derive(Default)]
pub(in crate::supervision) struct After {
    pub(in crate::supervision) opened: Option<Result<(), SuperviseError>>,
    pub(super) answers: Vec<(Reply, Result<(), ControlError>)>,
    pub(super) events: Vec<LifeEvent>,
    /// Who had to be killed.
    pub(super) aborted: Vec<Arc<dyn AnyCell>>,
    /// Specs that are gone.
    pub(super) rubbish: Vec<Kid>,
}

impl After {
    /// Returns why the supervisor did not start, if it did not.
    pub(in crate::supervision) fn finish(
        self,
        system: &dyn AnySystem,
        aborted: &Mutex<Vec<Arc<dyn AnyCell>>>,
    ) -> Option<SuperviseError> {
        self.events.iter().for_each(|event| system.lived(event));
        if !self.aborted.is_empty() {
            aborted.lock().extend(self.aborted);
        }
        rt::catch(|| drop(self.rubbish));
        for (reply, answer) in self.answers {
            let _ = reply.send(answer); // whoever has gone does not want to know
        }
        self.opened.and_then(Result::err)
    }
}
