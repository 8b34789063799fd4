use crate::{
    actor::{Actor, ActorRef},
    broker::MessageBroker,
    supervision::{Blueprint, Child, ChildInfo, ControlError, SuperviseError, SupervisorCell, root},
    supervisor::{DynamicRef, DynamicSupervisor, Supervisor, dynamic_supervisor},
    sync::{Arc, Weak},
    system::{ActorSystem, Core, HostedBy, System},
};
use std::{any::TypeId, fmt};

/// Where the kinds of a system are, whatever its broker.
pub(super) trait Hosts<S: System>: Send + Sync {
    fn registry(&self) -> &S::Registry;
}

impl<S: System, B: MessageBroker<S::Message>> Hosts<S> for Core<S, B> {
    fn registry(&self) -> &S::Registry {
        &self.registry
    }
}

/// A running supervisor. Clones lead to the same one; dropping them all changes nothing.
///
/// What it is asked for it does in its own task; it answers at once even while children start, stop or wait to be
/// restarted. Only a child that is started by hand in a group (one for all, rest for one) waits for those before it, their
/// backoff as well: it may need them.
pub struct SupervisorRef<S: System> {
    supervisor: SupervisorCell,
    hosts: Weak<dyn Hosts<S>>,
}

impl<S: System> SupervisorRef<S> {
    /// The address of a child. It stays valid when that is restarted. `None` if there is no such child, it is no `A`, or it
    /// has not been started.
    #[must_use]
    pub fn actor<A: Actor>(&self, id: &str) -> Option<ActorRef<A>> {
        self.supervisor.siblings().find(id)
    }

    /// The supervisor below that has this name.
    #[must_use]
    pub fn supervisor(&self, name: &str) -> Option<SupervisorRef<S>> {
        let supervisor = self.supervisor.nested(name)?;
        Some(SupervisorRef { supervisor, hosts: self.hosts.clone() })
    }

    /// The supervisor of many below that has this name, if that is what it is.
    #[must_use]
    pub fn dynamic<A: HostedBy<S>>(&self, name: &str) -> Option<DynamicRef<A>> {
        let supervisor =
            self.supervisor.nested(name).filter(|supervisor| supervisor.is_of_many(TypeId::of::<A>()))?;
        Some(DynamicRef::new(supervisor, A::kind(self.hosts.upgrade()?.registry()).weak_host()))
    }

    /// Starts one more child, after all others. Its address stays valid when it is restarted.
    ///
    /// # Errors
    ///
    /// If there is a child with its id, it does not start, it is not wanted now, somebody else has it stopped before it has
    /// started, or the supervisor is shutting down.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child starts whether or not somebody waits.
    pub async fn start<A: HostedBy<S>>(&self, child: Child<A>) -> Result<ActorRef<A>, ControlError> {
        let host = self.hosts.upgrade().map(|hosts| A::kind(hosts.registry()).weak_host());
        dynamic_supervisor::start(&self.supervisor, child, host.ok_or(ControlError::ShuttingDown)?).await
    }

    /// Stops a child; it is not started again by itself, and costs no restart. Its spec is kept, unless it is temporary.
    /// Stopping twice is stopping once.
    ///
    /// # Errors
    ///
    /// If there is no such child.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child stops whether or not somebody waits.
    pub async fn stop(&self, id: &str) -> Result<(), ControlError> {
        self.supervisor.stop(id.into()).await
    }

    /// Starts a child again that does not run. Its address is a new one: [`actor`](Self::actor) has it.
    ///
    /// # Errors
    ///
    /// If there is no such child, it runs, it does not start, or somebody else has it stopped before it has started.
    pub async fn restart(&self, id: &str) -> Result<(), ControlError> {
        self.supervisor.restart(id.into()).await
    }

    /// Forgets a child that does not run.
    ///
    /// # Errors
    ///
    /// If there is no such child, or it runs.
    pub async fn delete(&self, id: &str) -> Result<(), ControlError> {
        self.supervisor.delete(id.into()).await
    }

    /// What it knows of its children at this moment, in the order in which they are started.
    #[must_use]
    pub fn children(&self) -> Vec<ChildInfo> {
        self.supervisor.children()
    }

    /// Stops it with everybody below, the last one first, each fully before the next. Ready when that is done. One that has
    /// another above it has ended normally then: a permanent one is started again.
    ///
    /// # Cancel safety
    ///
    /// Once polled, it stops whether or not somebody waits.
    pub async fn shutdown(&self) {
        self.supervisor.shut_down().await;
    }

    /// Whether it has ended for good.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.supervisor.has_ended()
    }

    /// Ready when it has ended for good.
    ///
    /// # Cancel safety
    ///
    /// It only observers.
    pub async fn ended(&self) {
        self.supervisor.ended().await;
    }
}

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Starts a supervisor with everybody below it. Ready when all run.
    ///
    /// When it gives up, the system stops and says why, unless it is [`isolated`](Supervisor::isolated).
    ///
    /// # Errors
    ///
    /// If the spec makes no sense, or a child does not start. Nothing of it is left then: what had been started was stopped
    /// again, the last one first.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, what was started is stopped again.
    pub async fn supervise(&self, tree: Supervisor<S>) -> Result<SupervisorRef<S>, SuperviseError> {
        let core = self.shared();
        let (draft, specs) = tree.into_parts(&core.registry)?;
        let supervisor = open(core, draft.root(specs)?).await?;
        let hosts: Arc<dyn Hosts<S>> = core.clone();
        Ok(SupervisorRef { supervisor, hosts: Arc::downgrade(&hosts) })
    }

    /// As [`supervise`](Self::supervise), for a supervisor of many children of one kind.
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn supervise_dynamic<A: HostedBy<S>>(
        &self,
        supervisor: DynamicSupervisor<A>,
    ) -> Result<DynamicRef<A>, SuperviseError> {
        let core = self.shared();
        let supervisor = open(core, supervisor.draft().root(Vec::new())?).await?;
        Ok(DynamicRef::new(supervisor, A::kind(&core.registry).weak_host()))
    }
}

/// Starts a root, and keeps it among those of the system for as long as it runs.
async fn open<S: System, B: MessageBroker<S::Message>>(
    core: &Arc<Core<S, B>>,
    blueprint: Blueprint,
) -> Result<SupervisorCell, SuperviseError> {
    /// Whoever does not wait any more does not want it.
    struct Opening(Option<SupervisorCell>);
    impl Drop for Opening {
        fn drop(&mut self) {
            self.0.iter().for_each(SupervisorCell::close);
        }
    }
    let (supervisor, opened) = root(Arc::new(blueprint), core.clone());
    {
        let mut roots = core.roots.lock();
        roots.retain(|root| !root.has_ended());
        roots.push(supervisor.clone());
    }
    let mut opening = Opening(Some(supervisor));
    // In this order: a shutdown that begins meanwhile either is seen here or sees the root.
    if core.ending.has_begun() {
        return Err(SuperviseError::ShuttingDown);
    }
    let opened = opened.await.unwrap_or(Err(SuperviseError::ShuttingDown));
    let supervisor = opening.0.take().ok_or(SuperviseError::ShuttingDown)?;
    if opened.is_err() {
        supervisor.ended().await; // it says so a moment before it has gone
    }
    opened.map(|()| supervisor)
}

impl<S: System> Clone for SupervisorRef<S> {
    fn clone(&self) -> Self {
        SupervisorRef { supervisor: self.supervisor.clone(), hosts: self.hosts.clone() }
    }
}

impl<S: System> fmt::Debug for SupervisorRef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SupervisorRef({})", self.supervisor.name())
    }
}
