//! `SupervisorRef`: starts, stops, restarts and deletes children; and how a system starts a supervisor.

use crate::{
    actor::{Actor, ActorRef, SpawnError, StartWaiter},
    broker::MessageBroker,
    supervision::{
        Child, ChildInfo, ControlError, SuperviseError, SupervisorCell, SupervisorSpec, spawn_root,
    },
    supervisor::{DynamicRef, DynamicSupervisor, Supervisor, dynamic_supervisor},
    sync::{Arc, Weak},
    system::{ActorSystem, Core, HostedBy, System},
};
use std::{any::TypeId, fmt};

/// The registry of a system, with any broker.
trait SystemRegistry<S: System>: Send + Sync {
    fn registry(&self) -> &S::Registry;
}

impl<S: System, B: MessageBroker<S::Message>> SystemRegistry<S> for Core<S, B> {
    fn registry(&self) -> &S::Registry {
        &self.registry
    }
}

/// A reference to a running supervisor. Clones refer to the same one; dropping all of them does not stop it.
///
/// The supervisor handles requests in its own task, also while children start, stop or wait for a restart. Only a child that
/// is started in a group (one for all, rest for one) waits for the children before it, including their backoff: it may need
/// them.
///
/// ```
/// use airssys_rt::{prelude::*, supervisor::ChildState};
/// # #[message] pub struct Check;
/// # #[derive(Default)] pub struct Pump;
/// # #[actor] impl Pump { #[handler] fn check(&mut self, _: Check) {} }
/// # #[actor_system(actors(Pump))] pub struct Plant;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let plant = ActorSystem::<Plant>::start(SystemConfig::default()).await?;
/// let tree = Supervisor::one_for_one("pumps").child(Child::new("first", |_| Pump::default()));
/// let pumps: SupervisorRef<Plant> = plant.supervise(tree).await?;
/// let first: ActorRef<Pump> = pumps.actor("first").expect("it has started");
/// let second = pumps.start(Child::new("second", |_| Pump::default())).await?;
/// assert!(first.is_alive() && second.is_alive());
///
/// pumps.stop("first").await?; // it stays in the list
/// let states: Vec<_> = pumps.children().into_iter().map(|child| (child.id.to_string(), child.state)).collect();
/// assert!(matches!(&states[0], (id, ChildState::Stopped) if id == "first"), "{states:?}");
/// pumps.restart("first").await?;
/// pumps.shutdown().await; // the youngest child first
/// assert!(pumps.has_ended());
/// # Ok(()) }
/// ```
pub struct SupervisorRef<S: System> {
    supervisor: SupervisorCell,
    registry: Weak<dyn SystemRegistry<S>>,
}

impl<S: System> SupervisorRef<S> {
    /// Returns the address of a child, which stays valid over restarts. `None` if there is no such child, it is not an `A`, or
    /// it has not been started.
    #[must_use]
    pub fn actor<A: Actor>(&self, id: &str) -> Option<ActorRef<A>> {
        self.supervisor.siblings().find(id)
    }

    /// Returns the child with this name, if it is a supervisor.
    #[must_use]
    pub fn supervisor(&self, name: &str) -> Option<SupervisorRef<S>> {
        let supervisor = self.supervisor.child_supervisor(name)?;
        Some(SupervisorRef { supervisor, registry: self.registry.clone() })
    }

    /// Returns the child with this name, if it is a dynamic supervisor of this type.
    #[must_use]
    pub fn dynamic<A: HostedBy<S>>(&self, name: &str) -> Option<DynamicRef<A>> {
        let supervisor = self
            .supervisor
            .child_supervisor(name)
            .filter(|supervisor| supervisor.is_dynamic_of(TypeId::of::<A>()))?;
        Some(DynamicRef::new(supervisor, A::kind(self.registry.upgrade()?.registry()).weak_host()))
    }

    /// Starts a child, which comes after all others. Its address stays valid over restarts.
    ///
    /// # Errors
    ///
    /// If there is a child with this id, the child does not start, its factory returns `None`, another request stops it before
    /// it has started, or the supervisor is shutting down. A child that does not start is not added, as in OTP; its id and its name are
    /// free when this returns.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child starts even if the future is dropped.
    pub async fn start<A: HostedBy<S>>(&self, child: Child<A>) -> Result<ActorRef<A>, ControlError> {
        let host = self.registry.upgrade().map(|system| A::kind(system.registry()).weak_host());
        dynamic_supervisor::start(&self.supervisor, child, host.ok_or(ControlError::ShuttingDown)?).await
    }

    /// Stops a child. It is not restarted automatically, and the stop does not count as a restart. The spec is kept, unless the
    /// child is temporary. Stopping a stopped child does nothing.
    ///
    /// # Errors
    ///
    /// If there is no such child, it was killed and has not ended ([`Stuck`](ControlError::Stuck)), or code of the child itself, or of an
    /// actor below it, calls this ([`SelfStop`](ControlError::SelfStop)).
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child stops even if the future is dropped.
    pub async fn stop(&self, id: &str) -> Result<(), ControlError> {
        self.supervisor.stop(id.into()).await
    }

    /// Starts a child that does not run. It gets a new address, which [`actor`](Self::actor) returns. A child that is
    /// [stuck](ChildInfo::stuck) is started as well, beside the actor that blocks its thread.
    ///
    /// # Errors
    ///
    /// If there is no such child, it runs, it does not start, or another request stops it before it has started.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child starts even if the future is dropped.
    pub async fn restart(&self, id: &str) -> Result<(), ControlError> {
        self.supervisor.restart(id.into()).await
    }

    /// Removes a child that does not run, with its spec.
    ///
    /// # Errors
    ///
    /// If there is no such child, or it runs.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child is removed even if the future is dropped.
    pub async fn delete(&self, id: &str) -> Result<(), ControlError> {
        self.supervisor.delete(id.into()).await
    }

    /// Returns a snapshot of its children, in the order in which they are started.
    #[must_use]
    pub fn children(&self) -> Vec<ChildInfo> {
        self.supervisor.children()
    }

    /// Stops the supervisor with all its descendants, the last child first, each completely before the next, and waits for that.
    /// For the supervisor above this is a normal end: a permanent supervisor is started again.
    ///
    /// # Panics
    ///
    /// If code of an actor below the supervisor awaits it: it would wait for its own end.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the supervisor stops even if the future is dropped.
    pub async fn shutdown(&self) {
        self.supervisor.shut_down().await;
    }

    /// Whether the supervisor has ended and is not started again.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.supervisor.has_ended()
    }

    /// Waits until the supervisor has ended and is not started again.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: it has no side effects.
    pub async fn ended(&self) {
        self.supervisor.ended().await;
    }
}

/// Starting supervisors.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Starts a supervisor with all its descendants and waits until all run.
    ///
    /// If it gives up later, the system stops with that as the cause, unless it is [`isolated`](Supervisor::isolated).
    ///
    /// # Errors
    ///
    /// If the spec is invalid, or a child does not start. Nothing is left then: children that had started were stopped again,
    /// the last one first.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, children that had started are stopped again.
    pub async fn supervise(&self, tree: Supervisor<S>) -> Result<SupervisorRef<S>, SuperviseError> {
        let core = self.shared();
        let mut spec = tree.into_spec(&core.registry)?;
        // Lives as long as this future: the caller waits for the `pre_start` of each child.
        let waiter = StartWaiter::current();
        if let Some(waiter) = waiter.as_ref().map(Arc::downgrade) {
            spec.set_waiter(&waiter);
        }
        let supervisor = start_root(core, spec).await?;
        let registry: Arc<dyn SystemRegistry<S>> = core.clone();
        Ok(SupervisorRef { supervisor, registry: Arc::downgrade(&registry) })
    }

    /// Starts a dynamic supervisor, as [`supervise`](Self::supervise) starts another one.
    ///
    /// # Errors
    ///
    /// See [`supervise`](Self::supervise).
    ///
    /// # Cancel safety
    ///
    /// As for [`supervise`](Self::supervise).
    pub async fn supervise_dynamic<A: HostedBy<S>>(
        &self,
        supervisor: DynamicSupervisor<A>,
    ) -> Result<DynamicRef<A>, SuperviseError> {
        let core = self.shared();
        let supervisor = start_root(core, supervisor.into_settings().into_spec(Vec::new())?).await?;
        Ok(DynamicRef::new(supervisor, A::kind(&core.registry).weak_host()))
    }
}

/// Starts a root supervisor, which the system keeps while it runs.
async fn start_root<S: System, B: MessageBroker<S::Message>>(
    core: &Arc<Core<S, B>>,
    spec: SupervisorSpec,
) -> Result<SupervisorCell, SuperviseError> {
    /// Stops the supervisor if the caller drops the future.
    struct CloseOnDrop(Option<SupervisorCell>);
    impl Drop for CloseOnDrop {
        fn drop(&mut self) {
            self.0.iter().for_each(SupervisorCell::close);
        }
    }
    let (supervisor, started) = spawn_root(Arc::new(spec), core.clone());
    let ended: Vec<_> = {
        let mut roots = core.roots.lock();
        // At powers of two: each time would be slow with many.
        let checks = roots.len().is_power_of_two();
        let mut ended = Vec::new();
        if checks {
            (ended, *roots) = std::mem::take(&mut *roots).into_iter().partition(SupervisorCell::has_ended);
        }
        roots.push(supervisor.clone());
        ended
    };
    drop(ended); // not under the lock: the factories of their children may own anything
    let mut guard = CloseOnDrop(Some(supervisor));
    // In this order: a shutdown that begins meanwhile is either observed here, or finds the root.
    if core.ending.has_begun() {
        return Err(SuperviseError::ShuttingDown);
    }
    let started = started.await.unwrap_or(Err(SuperviseError::RuntimeEnded));
    let supervisor = guard.0.take().ok_or(SuperviseError::ShuttingDown)?;
    if started.is_err() {
        supervisor.ended().await; // the error arrives shortly before the end
    }
    match started {
        Ok(()) => Ok(supervisor),
        // A shutdown that begins meanwhile stops or kills the child.
        Err(SuperviseError::Child { cause: SpawnError::Killed { .. }, .. }) if core.ending.has_begun() => {
            Err(SuperviseError::ShuttingDown)
        }
        Err(error) => Err(error),
    }
}

impl<S: System> Clone for SupervisorRef<S> {
    fn clone(&self) -> Self {
        SupervisorRef { supervisor: self.supervisor.clone(), registry: self.registry.clone() }
    }
}

impl<S: System> fmt::Debug for SupervisorRef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SupervisorRef({})", self.supervisor.name())
    }
}
