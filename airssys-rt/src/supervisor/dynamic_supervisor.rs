use crate::{
    actor::{Actor, ActorRef, Host},
    supervision::{Child, ChildInfo, ControlError, Draft, Makes, Strategy, SupervisorCell},
    sync::{Arc, AtomicU64, Relaxed, Weak},
};
use std::{any::TypeId, fmt, marker::PhantomData, time::Duration};

/// A supervisor of many children of one kind, which are started when they are needed and are not related: when one fails,
/// it alone is restarted. They are stopped all at once.
///
/// A restart of the supervisor itself begins without children: what was started by hand has to be started again by hand.
#[must_use = "a spec does nothing until a system has it"]
pub struct DynamicSupervisor<A: Actor> {
    draft: Draft,
    kind: PhantomData<fn() -> A>,
}

impl<A: Actor> DynamicSupervisor<A> {
    /// Without children yet.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        DynamicSupervisor {
            draft: Draft::new(name.into(), Strategy::OneForOne, Some(TypeId::of::<A>())),
            kind: PhantomData,
        }
    }

    /// Grants at most `max` restarts within any `period`, over all its children.
    pub fn restarts(mut self, max: u32, period: Duration) -> Self {
        self.draft.restarts = (max, period);
        self
    }

    /// With nobody above it: when it gives up, only it has ended, and the system goes on.
    pub fn isolated(mut self) -> Self {
        self.draft.isolated = true;
        self
    }

    pub(super) fn draft(self) -> Draft {
        self.draft
    }
}

impl<A: Actor> fmt::Debug for DynamicSupervisor<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DynamicSupervisor({} of {})", self.draft.name, A::NAME)
    }
}

/// A running supervisor of many children of one kind. Clones lead to the same one.
pub struct DynamicRef<A: Actor> {
    supervisor: SupervisorCell,
    host: Weak<dyn Host<A>>,
    started: Arc<AtomicU64>,
}

impl<A: Actor + Send> DynamicRef<A> {
    pub(super) fn new(supervisor: SupervisorCell, host: Weak<dyn Host<A>>) -> Self {
        DynamicRef { supervisor, host, started: Arc::default() }
    }

    /// Starts one more child: permanent, without a backoff, known by a number.
    ///
    /// # Errors
    ///
    /// See [`start_child`](Self::start_child).
    pub async fn start<M: Makes<Actor = A>>(
        &self,
        mut factory: impl FnMut() -> M + Send + 'static,
    ) -> Result<ActorRef<A>, ControlError> {
        let id = format!("#{}", self.started.fetch_add(1, Relaxed) + 1);
        self.start_child(Child::new(id, move |_| factory())).await
    }

    /// Starts one more child. Its address stays valid when it is restarted.
    ///
    /// # Errors
    ///
    /// If there is a child with its id, it does not start, it is not wanted now, or the supervisor is shutting down.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child starts whether or not somebody waits.
    pub async fn start_child(&self, child: Child<A>) -> Result<ActorRef<A>, ControlError> {
        start(&self.supervisor, child, self.host.clone()).await
    }

    /// Stops a child and forgets it.
    ///
    /// # Errors
    ///
    /// If it is no child of this one, or not any more.
    pub async fn stop(&self, child: &ActorRef<A>) -> Result<(), ControlError> {
        let id = self.children().into_iter().find(|info| info.actor_id == Some(child.id()));
        let id = id.ok_or_else(|| ControlError::NotFound(child.to_string().into()))?.id;
        self.supervisor.stop(id.clone()).await?;
        match self.supervisor.delete(id).await {
            Err(ControlError::NotFound(_)) => Ok(()), // a temporary one has forgotten itself
            other => other,
        }
    }

    /// What it knows of its children, at this moment.
    #[must_use]
    pub fn children(&self) -> Vec<ChildInfo> {
        self.supervisor.children()
    }

    /// Stops it with all its children. Ready when that is done.
    ///
    /// # Cancel safety
    ///
    /// Once polled, it stops whether or not somebody waits.
    pub async fn shutdown(&self) {
        self.supervisor.shut_down().await;
    }
}

/// Starts a child and takes its address.
pub(super) async fn start<A: Actor + Send>(
    supervisor: &SupervisorCell,
    child: Child<A>,
    host: Weak<dyn Host<A>>,
) -> Result<ActorRef<A>, ControlError> {
    let spec = child.bind(host);
    let id = spec.id();
    supervisor.start(spec).await?;
    supervisor.siblings().find(&id).ok_or(ControlError::ShuttingDown) // it has ended since
}

impl<A: Actor> Clone for DynamicRef<A> {
    fn clone(&self) -> Self {
        DynamicRef {
            supervisor: self.supervisor.clone(),
            host: self.host.clone(),
            started: self.started.clone(),
        }
    }
}

impl<A: Actor> fmt::Debug for DynamicRef<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DynamicRef({})", self.supervisor.name())
    }
}
