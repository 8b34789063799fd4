//! The cell of a supervisor: what its task, its parent, the system and references share; sends it commands.

use crate::{
    actor::{ActorKey, AnyCell, CurrentActor, StartWaiter},
    rt::{self, Watched},
    supervision::{
        ChildInfo, ControlError, Siblings, Strategy,
        input::{Command, Input, Reply},
        siblings::AnyRef,
        spec::{ChildSpec, SupervisorSpec},
    },
    sync::{Arc, Mutex, mpsc},
};
use std::{any::TypeId, mem};

/// A supervisor, as its task, its parent, the system and references hold it.
///
/// The system keeps the cells of root supervisors, so a cell must not keep the system.
#[derive(Clone)]
pub(crate) struct SupervisorCell(Arc<SupervisorState>);

struct SupervisorState {
    spec: Arc<SupervisorSpec>,
    start_number: u64,
    siblings: Arc<Siblings>,
    inputs: mpsc::UnboundedSender<Input>,
    incarnation: Arc<dyn IncarnationView>,
    /// Actors that did not stop in time and were killed, when the supervisor ended or before, and then have not ended since.
    aborted: Mutex<Vec<Arc<dyn AnyCell>>>,
    ended: Watched<EndedIncarnations>,
}

/// The children of the current incarnation of a supervisor.
pub(super) trait IncarnationView: Send + Sync {
    /// The number of the current incarnation. `None`: the supervisor does not run.
    fn number(&self) -> Option<u32>;
    fn children(&self) -> Vec<ChildInfo>;
    /// All children, with their handles if they have been started.
    fn child_handles(&self) -> Vec<(ChildInfo, Option<ChildHandle>)>;
    /// The child with this id, if it has been started.
    fn child_handle(&self, id: &str) -> Option<ChildHandle>;
}

/// A child that has been started.
#[derive(Clone)]
pub(crate) enum ChildHandle {
    Actor(Arc<dyn AnyCell>),
    Supervisor(SupervisorCell),
}

/// Which incarnations of a supervisor have ended.
#[derive(Debug, Clone, Copy, Default)]
struct EndedIncarnations {
    count: u32,
    /// Whether the supervisor has ended for good.
    for_good: bool,
}

/// The number of the only incarnation of a root supervisor.
pub(super) const ROOT_INCARNATION: u32 = 1;

impl ChildHandle {
    /// Tells the child to stop after its current message. `start`: the number of its last start, for a supervisor that
    /// receives the request late.
    pub(super) fn stop(&self, start: u32) {
        match self {
            ChildHandle::Actor(cell) => cell.shut_down(),
            ChildHandle::Supervisor(supervisor) => supervisor.close_incarnation(start),
        }
    }

    /// Whether the code of this actor, or of an actor below this supervisor, runs on this thread.
    fn runs_current_code(&self) -> bool {
        let mut handles = vec![self.clone()]; // a list: a tree may be deeper than the stack
        while let Some(handle) = handles.pop() {
            match handle {
                ChildHandle::Actor(cell) if CurrentActor::is(cell.identity()) => return true,
                ChildHandle::Actor(_) => {}
                ChildHandle::Supervisor(supervisor) => {
                    handles.extend(supervisor.child_handles().into_iter().filter_map(|(_, handle)| handle));
                }
            }
        }
        false
    }

    /// No incarnation of the child follows.
    pub(super) fn set_last_incarnation(&self) {
        match self {
            ChildHandle::Actor(cell) => cell.set_last_incarnation(),
            ChildHandle::Supervisor(_) => {} // it tells its children when it ends
        }
    }

    /// Kills the child. `start` as in [`stop`](Self::stop).
    pub(super) fn kill(&self, start: u32) {
        match self {
            ChildHandle::Actor(cell) => cell.kill(),
            ChildHandle::Supervisor(supervisor) => supervisor.abort_incarnation(start),
        }
    }
}

impl SupervisorCell {
    pub(super) fn new(
        spec: Arc<SupervisorSpec>,
        start_number: u64,
        incarnation: Arc<dyn IncarnationView>,
    ) -> (Self, mpsc::UnboundedReceiver<Input>) {
        let (inputs, received) = mpsc::unbounded_channel();
        let state = SupervisorState {
            spec,
            start_number,
            siblings: Arc::default(),
            inputs,
            incarnation,
            aborted: Mutex::default(),
            ended: Watched::default(),
        };
        (SupervisorCell(Arc::new(state)), received)
    }

    pub(super) fn spec(&self) -> &Arc<SupervisorSpec> {
        &self.0.spec
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.0.spec.name
    }

    pub(crate) fn strategy(&self) -> Strategy {
        self.0.spec.strategy
    }

    /// Whether it is a dynamic supervisor of that type of actor.
    pub(crate) fn is_dynamic_of(&self, actor: TypeId) -> bool {
        self.0.spec.dynamic == Some(actor)
    }

    pub(crate) fn start_number(&self) -> u64 {
        self.0.start_number
    }

    pub(crate) fn siblings(&self) -> &Arc<Siblings> {
        &self.0.siblings
    }

    pub(super) fn inputs(&self) -> &mpsc::UnboundedSender<Input> {
        &self.0.inputs
    }

    /// Stops a root supervisor with its children.
    pub(crate) fn close(&self) {
        self.close_incarnation(ROOT_INCARNATION);
    }

    fn close_incarnation(&self, number: u32) {
        let _ = self.0.inputs.send(Input::Close(number)); // a supervisor that has ended is closed
    }

    /// Stops the current incarnation and waits until all its children have ended. Does nothing if the supervisor does not
    /// run.
    ///
    /// # Panics
    ///
    /// If an actor below it awaits this in its own code.
    pub(crate) async fn shut_down(&self) {
        assert!(
            !ChildHandle::Supervisor(self.clone()).runs_current_code(),
            "an actor waits for the end of its supervisor `{}` in its own code",
            self.name()
        );
        if let Some(number) = self.0.incarnation.number() {
            self.close_incarnation(number);
            let has_ended = move |ended: &EndedIncarnations| ended.for_good || ended.count >= number;
            self.0.ended.wait_for(move |ended| has_ended(ended).then_some(())).await;
        }
    }

    /// Kills a root supervisor with its children.
    pub(crate) fn abort(&self) {
        self.abort_incarnation(ROOT_INCARNATION);
    }

    fn abort_incarnation(&self, number: u32) {
        let _ = self.0.inputs.send(Input::Abort(number));
    }

    /// Announces the end of an incarnation.
    pub(super) fn incarnation_ended(&self) {
        self.0.ended.modify(|ended| ended.count += 1);
    }

    /// Announces the end for good.
    pub(super) fn end(&self) {
        self.0.ended.modify(|ended| ended.for_good = true);
    }

    /// Whether it has ended for good.
    pub(crate) fn has_ended(&self) -> bool {
        self.0.ended.read(|ended| ended.for_good)
    }

    /// Waits until it has ended for good.
    pub(crate) async fn ended(&self) {
        self.0.ended.wait_for(|ended| ended.for_good.then_some(())).await;
    }

    /// Takes the actors that did not stop in time and were killed, here or in supervisors below.
    pub(crate) fn take_aborted(&self) -> Vec<Arc<dyn AnyCell>> {
        mem::take(&mut *self.0.aborted.lock())
    }

    pub(super) fn add_aborted(&self, aborted: Vec<Arc<dyn AnyCell>>) {
        if !aborted.is_empty() {
            self.0.aborted.lock().extend(aborted);
        }
    }

    /// Forgets killed actors that have ended by now.
    pub(crate) fn forget_aborted(&self) {
        let mut aborted = self.0.aborted.lock();
        let (ended, left) = mem::take(&mut *aborted).into_iter().partition(|cell| cell.has_ended());
        *aborted = left;
        drop(aborted);
        drop::<Vec<Arc<dyn AnyCell>>>(ended); // not under the lock: these may be the last references
    }

    pub(crate) fn children(&self) -> Vec<ChildInfo> {
        self.0.incarnation.children()
    }

    /// All children, with their handles if they have been started.
    pub(crate) fn child_handles(&self) -> Vec<(ChildInfo, Option<ChildHandle>)> {
        self.0.incarnation.child_handles()
    }

    /// The child with this id, if it is a supervisor that has been started.
    pub(crate) fn child_supervisor(&self, id: &str) -> Option<SupervisorCell> {
        match self.0.incarnation.child_handle(id)? {
            ChildHandle::Supervisor(supervisor) => Some(supervisor),
            ChildHandle::Actor(_) => None,
        }
    }

    /// Starts a child. Returns its reference if it is an actor.
    pub(crate) async fn start(&self, mut spec: ChildSpec) -> Result<Option<AnyRef>, ControlError> {
        spec.check(self.name())?;
        spec.settings.added_later = true;
        // Lives as long as this future: the caller waits for the `pre_start` of the child.
        let waiter = StartWaiter::current();
        if let Some(waiter) = waiter.as_ref().map(Arc::downgrade) {
            spec.set_waiter(&waiter);
        }
        self.command(|reply| Command::Start(Box::new(spec), reply)).await
    }

    pub(crate) async fn stop(&self, id: Arc<str>) -> Result<(), ControlError> {
        if self.0.incarnation.child_handle(&id).is_some_and(|child| child.runs_current_code()) {
            return Err(ControlError::SelfStop(id));
        }
        self.command(|reply| Command::Stop(id, reply)).await
    }

    /// Stops the child that is this actor.
    pub(crate) async fn stop_actor(&self, actor: ActorKey) -> Result<(), ControlError> {
        self.command(|reply| Command::StopActor(actor, reply)).await
    }

    pub(crate) async fn restart(&self, id: Arc<str>) -> Result<(), ControlError> {
        // Lives as long as this future: the caller waits for the `pre_start` of the child.
        let waiter = StartWaiter::current();
        let awaited = waiter.as_ref().map(Arc::downgrade);
        self.command(|reply| Command::Restart(id, awaited, reply)).await.map(|_| ())
    }

    pub(crate) async fn delete(&self, id: Arc<str>) -> Result<(), ControlError> {
        self.command(|reply| Command::Delete(id, reply)).await
    }

    async fn command<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, ControlError> {
        let (reply, answer) = rt::once();
        let _ = self.0.inputs.send(Input::Command(command(reply)));
        answer.await.unwrap_or(Err(ControlError::ShuttingDown)) // a supervisor that has ended drops the reply
    }
}
