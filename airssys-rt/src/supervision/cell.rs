use crate::{
    actor::AnyCell,
    supervision::{
        AutoShutdown, ChildInfo, ControlError, Intensity, Siblings, Strategy,
        factory::{Body, Spec},
        incarnation::Incarnation,
        link::Report,
    },
    sync::{Arc, Mutex, mpsc, watch},
};
use std::{any::TypeId, mem};

/// How a supervisor is made, as often as necessary.
pub(crate) struct Blueprint {
    pub(super) name: Arc<str>,
    pub(super) strategy: Strategy,
    pub(super) intensity: Intensity,
    pub(super) auto: AutoShutdown,
    /// Has many children of this kind, which come and go: they are stopped all at once.
    pub(super) dynamic: Option<TypeId>,
    /// If it has nobody above it and gives up, the system goes on.
    pub(super) isolated: bool,
    pub(super) specs: Vec<Arc<Spec>>,
}

/// A supervisor as everybody else sees it. The system has those that nobody is above, so it must not keep the system.
#[derive(Clone)]
pub(crate) struct SupervisorCell(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) blueprint: Arc<Blueprint>,
    pub(super) start_number: u64,
    pub(super) siblings: Arc<Siblings>,
    pub(super) inputs: mpsc::UnboundedSender<Input>,
    /// Who is in it, while it runs.
    pub(super) incarnation: Mutex<Option<Incarnation>>,
    /// Who had to be killed in its end, or before and has not ended since.
    pub(super) aborted: Mutex<Vec<Arc<dyn AnyCell>>>,
    pub(super) ended: watch::Sender<Ended>,
}

/// What of a supervisor has ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ended {
    /// How many of its incarnations.
    pub(super) lives: u32,
    pub(super) for_good: bool,
}

/// What a supervisor reacts to.
pub(super) enum Input {
    Report(Report),
    Command(Command),
    /// Everybody is to be stopped, if it is still this incarnation.
    Close(u32),
    /// Everybody is to be killed, if it is still this incarnation.
    Abort(u32),
}

/// The only incarnation of a supervisor that nobody supervises.
pub(super) const ONLY: u32 = 1;

pub(super) type Reply = oneshot::Sender<Result<(), ControlError>>;

pub(super) enum Command {
    Start(Arc<Spec>, Reply),
    Stop(Arc<str>, Reply),
    Restart(Arc<str>, Reply),
    Delete(Arc<str>, Reply),
}

impl SupervisorCell {
    pub(super) fn new(
        blueprint: Arc<Blueprint>,
        start_number: u64,
    ) -> (Self, mpsc::UnboundedReceiver<Input>) {
        let (inputs, received) = mpsc::unbounded_channel();
        let inner = Inner {
            blueprint,
            start_number,
            siblings: Arc::default(),
            inputs,
            incarnation: Mutex::new(None),
            aborted: Mutex::default(),
            ended: watch::Sender::new(Ended::default()),
        };
        (SupervisorCell(Arc::new(inner)), received)
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.0.blueprint.name
    }

    pub(crate) fn strategy(&self) -> Strategy {
        self.0.blueprint.strategy
    }

    pub(crate) fn is_of_many(&self, actor: TypeId) -> bool {
        self.0.blueprint.dynamic == Some(actor)
    }

    pub(crate) fn start_number(&self) -> u64 {
        self.0.start_number
    }

    pub(crate) fn siblings(&self) -> &Siblings {
        &self.0.siblings
    }

    /// For one that nobody supervises.
    pub(crate) fn close(&self) {
        self.close_life(ONLY);
    }

    pub(super) fn close_life(&self, life: u32) {
        let _ = self.0.inputs.send(Input::Close(life)); // one that has ended is closed
    }

    /// Closes it, and is ready when all its children have ended. One that does not run has nothing to close.
    pub(crate) async fn shut_down(&self) {
        let life = self.0.incarnation.lock().as_ref().map(|incarnation| incarnation.life);
        if let Some(life) = life {
            self.close_life(life);
            let mut ended = self.0.ended.subscribe();
            let _ = ended.wait_for(|ended| ended.for_good || ended.lives >= life).await; // the sender is in the supervisor
        }
    }

    /// For one that nobody supervises.
    pub(crate) fn abort(&self) {
        self.abort_life(ONLY);
    }

    pub(super) fn abort_life(&self, life: u32) {
        let _ = self.0.inputs.send(Input::Abort(life));
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.0.ended.borrow().for_good
    }

    /// Ready when it has ended for good.
    pub(crate) async fn ended(&self) {
        let mut ended = self.0.ended.subscribe();
        let _ = ended.wait_for(|ended| ended.for_good).await; // the sender is in the supervisor, and the supervisor is here
    }

    /// Who had to be killed because it did not stop in time, here or below.
    pub(crate) fn take_aborted(&self) -> Vec<Arc<dyn AnyCell>> {
        mem::take(&mut *self.0.aborted.lock())
    }

    /// Whoever of these has ended by now is nobody's business any more.
    pub(crate) fn forget_aborted(&self) {
        let mut aborted = self.0.aborted.lock();
        let (ended, left) = mem::take(&mut *aborted).into_iter().partition(|cell| cell.has_ended());
        *aborted = left;
        drop(aborted);
        drop::<Vec<Arc<dyn AnyCell>>>(ended); // not under the lock: perhaps the last references to them
    }

    pub(crate) fn children(&self) -> Vec<ChildInfo> {
        self.0.incarnation.lock().as_ref().map(Incarnation::children).unwrap_or_default()
    }

    /// Its children with what there is of them: an actor or a supervisor.
    pub(crate) fn hierarchy(&self) -> Vec<(ChildInfo, Option<Member>)> {
        let incarnation = self.0.incarnation.lock();
        let hierarchy = incarnation.as_ref().map(Incarnation::hierarchy).unwrap_or_default();
        hierarchy.into_iter().map(|(info, body)| (info, body.map(Member::from))).collect()
    }

    /// The supervisor below that has this id.
    pub(crate) fn nested(&self, id: &str) -> Option<SupervisorCell> {
        match self.0.incarnation.lock().as_ref()?.body(id)? {
            Body::Supervisor(supervisor) => Some(supervisor),
            Body::Actor(_) => None,
        }
    }

    pub(crate) async fn start(&self, mut spec: Spec) -> Result<(), ControlError> {
        spec.check(self.name())?;
        spec.settings.by_hand = true;
        self.command(|reply| Command::Start(Arc::new(spec), reply)).await
    }

    pub(crate) async fn stop(&self, id: Arc<str>) -> Result<(), ControlError> {
        self.command(|reply| Command::Stop(id, reply)).await
    }

    pub(crate) async fn restart(&self, id: Arc<str>) -> Result<(), ControlError> {
        self.command(|reply| Command::Restart(id, reply)).await
    }

    pub(crate) async fn delete(&self, id: Arc<str>) -> Result<(), ControlError> {
        self.command(|reply| Command::Delete(id, reply)).await
    }

    async fn command(&self, command: impl FnOnce(Reply) -> Command) -> Result<(), ControlError> {
        let (reply, answer) = oneshot::async_channel();
        let _ = self.0.inputs.send(Input::Command(command(reply)));
        answer.await.unwrap_or(Err(ControlError::ShuttingDown)) // one that has gone answers nobody
    }
}

/// A child, as the tree of a system shows it.
pub(crate) enum Member {
    Actor(Arc<dyn AnyCell>),
    Supervisor(SupervisorCell),
}

impl From<Body> for Member {
    fn from(body: Body) -> Self {
        match body {
            Body::Actor(cell) => Member::Actor(cell),
            Body::Supervisor(supervisor) => Member::Supervisor(supervisor),
        }
    }
}
