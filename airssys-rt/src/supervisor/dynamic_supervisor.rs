//! `DynamicSupervisor`: a supervisor of children of one type that are added at run time; its reference.

use crate::{
    actor::{Actor, ActorRef, CurrentActor, Host},
    supervision::{Child, ChildInfo, ControlError, Makes, Strategy, SupervisorCell, SupervisorSettings},
    sync::{Arc, Weak},
};
use std::{any::TypeId, fmt, marker::PhantomData, time::Duration};

/// The spec of a supervisor whose children have one type and are added at run time.
///
/// The children are independent: when one fails, only that one is restarted. They are stopped all at once.
///
/// The supervisor forgets a child that is not started again, and its id is free: a child that has finished, was stopped, did not start,
/// or whose factory returned `None`. A transient or temporary child is a job that leaves nothing when it is done.
///
/// A restart of the supervisor itself begins without children: a caller has to start them again.
///
/// ```
/// use airssys_rt::{prelude::*, supervisor::DynamicSupervisor};
/// use std::time::Duration;
///
/// #[message(reply = String)]
/// pub struct Greet;
///
/// pub struct Session { user: String }
///
/// #[actor]
/// impl Session {
///     #[handler]
///     fn greet(&self, _: Greet) -> String { format!("hello {}", self.user) }
/// }
///
/// #[actor_system(actors(Session))]
/// pub struct Site;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let site = ActorSystem::<Site>::start(SystemConfig::default()).await?;
/// let spec = DynamicSupervisor::new("sessions").restarts(10, Duration::from_secs(1));
/// let sessions = site.supervise_dynamic(spec).await?;
/// let ada: ActorRef<Session> = sessions.start(|| Session { user: "Ada".into() }).await?;
/// assert_eq!(site.ask(&ada, Greet).await?, "hello Ada");
///
/// // A job: it is forgotten when it has ended, with or without a failure.
/// let job = Child::new("job", |_| Session { user: "Bob".into() }).temporary();
/// let bob = sessions.start_child(job).await?;
/// assert_eq!(sessions.children().len(), 2);
/// sessions.stop(&bob).await?;
/// assert_eq!(sessions.children().len(), 1);
/// # site.shutdown().await?;
/// # Ok(()) }
/// ```
#[must_use = "a supervisor spec does nothing until a system has it"]
pub struct DynamicSupervisor<A: Actor> {
    settings: SupervisorSettings,
    actor: PhantomData<fn() -> A>,
}

impl<A: Actor> DynamicSupervisor<A> {
    /// Creates the spec of a dynamic supervisor.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        DynamicSupervisor {
            settings: SupervisorSettings::new(name.into(), Strategy::OneForOne, Some(TypeId::of::<A>())),
            actor: PhantomData,
        }
    }

    /// Grants at most `max` restarts within any `period`, over all its children.
    pub fn restarts(mut self, max: u32, period: Duration) -> Self {
        self.settings.restarts = (max, period);
        self
    }

    /// As a root: when it gives up, only it ends, and the system continues.
    pub fn isolated(mut self) -> Self {
        self.settings.isolated = true;
        self
    }

    pub(super) fn into_settings(self) -> SupervisorSettings {
        self.settings
    }
}

impl<A: Actor> fmt::Debug for DynamicSupervisor<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DynamicSupervisor({} of {})", self.settings.name, A::NAME)
    }
}

/// A reference to a running dynamic supervisor. Clones refer to the same one.
pub struct DynamicRef<A: Actor> {
    supervisor: SupervisorCell,
    host: Weak<dyn Host<A>>,
}

impl<A: Actor + Send> DynamicRef<A> {
    pub(super) fn new(supervisor: SupervisorCell, host: Weak<dyn Host<A>>) -> Self {
        DynamicRef { supervisor, host }
    }

    /// Starts a permanent child without a backoff. Its id is a number that the supervisor chooses: `#1`, `#2` and so on, without those
    /// that are taken.
    ///
    /// # Errors
    ///
    /// See [`start_child`](Self::start_child).
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child starts even if the future is dropped.
    pub async fn start<M: Makes<Actor = A>>(
        &self,
        factory: impl FnMut() -> M + Send + 'static,
    ) -> Result<ActorRef<A>, ControlError> {
        self.start_child(Child::numbered(factory)).await
    }

    /// Starts a child. Its address stays valid over restarts.
    ///
    /// # Errors
    ///
    /// If there is a child with this id, the child does not start, its factory returns `None`, or the supervisor is shutting
    /// down.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child starts even if the future is dropped.
    pub async fn start_child(&self, child: Child<A>) -> Result<ActorRef<A>, ControlError> {
        start(&self.supervisor, child, self.host.clone()).await
    }

    /// Stops a child and forgets it. Its id is free afterwards.
    ///
    /// # Errors
    ///
    /// If it is not, or no longer, a child of this supervisor, the supervisor is shutting down, or code of the child itself calls this
    /// ([`SelfStop`](ControlError::SelfStop)). [`Stuck`](ControlError::Stuck): the child is forgotten, but was killed and has not ended.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the child is stopped and forgotten even if the future is dropped.
    pub async fn stop(&self, child: &ActorRef<A>) -> Result<(), ControlError> {
        if CurrentActor::is(child.identity()) {
            return Err(ControlError::SelfStop(child.to_string().into()));
        }
        let stopped = self.supervisor.stop_actor(child.endpoint().key()).await;
        stopped.map_err(|error| match error {
            ControlError::NotFound(_) => ControlError::NotFound(child.to_string().into()),
            other => other,
        })
    }

    /// Returns a snapshot of its children.
    #[must_use]
    pub fn children(&self) -> Vec<ChildInfo> {
        self.supervisor.children()
    }

    /// Stops the supervisor with all its children and waits until they have ended.
    ///
    /// # Panics
    ///
    /// If code of one of its children awaits it: it would wait for its own end.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the supervisor stops even if the future is dropped.
    pub async fn shutdown(&self) {
        self.supervisor.shut_down().await;
    }
}

/// Starts a child and returns its address.
pub(super) async fn start<A: Actor + Send>(
    supervisor: &SupervisorCell,
    child: Child<A>,
    host: Weak<dyn Host<A>>,
) -> Result<ActorRef<A>, ControlError> {
    let started = supervisor.start(child.bind(host)).await?;
    // The reference is that of this start: by now the child may have ended, and another one may have its id.
    let actor = started.as_deref().and_then(|started| started.downcast_ref::<ActorRef<A>>());
    actor.cloned().ok_or(ControlError::ShuttingDown)
}

impl<A: Actor> Clone for DynamicRef<A> {
    fn clone(&self) -> Self {
        DynamicRef { supervisor: self.supervisor.clone(), host: self.host.clone() }
    }
}

impl<A: Actor> fmt::Debug for DynamicRef<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DynamicRef({})", self.supervisor.name())
    }
}
