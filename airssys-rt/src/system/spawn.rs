use crate::{
    actor::{Actor, ActorRef, StartFailure, Task},
    broker::MessageBroker,
    id::ActorId,
    mailbox::{Overflow, Policy, ZeroCapacity},
    reply::FaultReport,
    rt::{self, BoxFuture},
    sync::{Arc, Relaxed},
    system::{Core, HostedBy, System},
};
use std::{
    fmt,
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// Why an actor was not spawned. Nothing of it is left: no task, no name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpawnError {
    /// `pre_start` returned a fault.
    #[error("`pre_start` of `{actor}` failed")]
    Failed {
        /// The name of the actor's type.
        actor: &'static str,
        /// The fault.
        #[source]
        fault: FaultReport,
    },
    /// `pre_start` panicked.
    #[error("`pre_start` of `{actor}` panicked")]
    Panicked {
        /// The name of the actor's type.
        actor: &'static str,
        /// The panic's text.
        #[source]
        fault: FaultReport,
    },
    /// `pre_start` was not done in time.
    #[error("`pre_start` of `{actor}` was not done within {limit:?}")]
    Timeout {
        /// The name of the actor's type.
        actor: &'static str,
        /// The time limit.
        limit: Duration,
    },
    /// A live actor has this name.
    #[error("the name `{name}` belongs to actor {holder}")]
    NameTaken {
        /// The name.
        name: Arc<str>,
        /// Who has it.
        holder: ActorId,
    },
    /// A name was given that has no letter.
    #[error("the name of an actor cannot be empty")]
    EmptyName,
    /// The mailbox was to hold nothing.
    #[error(transparent)]
    ZeroCapacity(#[from] ZeroCapacity),
    /// There are as many actors as the configuration allows, or as many of this type as can be told apart.
    #[error("there is no room for one more actor of type `{actor}`")]
    TooMany {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// It was killed while `pre_start` ran.
    #[error("`{actor}` was killed before it had started")]
    Killed {
        /// The name of the actor's type.
        actor: &'static str,
    },
    /// The system is shutting down.
    #[error("the system is shutting down: it starts no more actors")]
    ShuttingDown,
}

impl SpawnError {
    /// Whether the same may work a little later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, SpawnError::Timeout { .. } | SpawnError::NameTaken { .. } | SpawnError::TooMany { .. })
    }

    /// Whether nothing will ever work in this system again.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(self, SpawnError::ShuttingDown)
    }
}

/// An actor that is to be. Set what it needs, then await it: the output is its [`ActorRef`].
///
/// `pre_start` runs in the task that awaits; messages that are sent to the actor meanwhile are kept.
///
/// # Errors
///
/// See [`SpawnError`].
///
/// # Cancel safety
///
/// Dropped before it is ready, nothing of the actor is left; never polled, nothing happened at all.
// What is known about `A` is carried as a function, not as a bound: a wrong actor is then one error.
#[must_use = "nothing is spawned until it is awaited"]
pub struct Spawn<A: Actor, S: System, B> {
    step: Step<A, S, B>,
    begin: fn(Plan<A, S, B>) -> Begun<A>,
}

enum Step<A: Actor, S: System, B> {
    New(Plan<A, S, B>),
    Starting(BoxFuture<'static, Spawned<A>>),
    Done,
}

struct Plan<A: Actor, S: System, B> {
    core: Arc<Core<S, B>>,
    actor: A,
    name: Option<Arc<str>>,
    policy: Result<Policy, ZeroCapacity>,
    timeout: Duration,
}

type Spawned<A> = Result<ActorRef<A>, SpawnError>;

/// Boxed only for an actor that has something to do in `pre_start`.
enum Begun<A: Actor> {
    Now(Spawned<A>),
    Soon(BoxFuture<'static, Spawned<A>>),
}

// No field is pinned.
impl<A: Actor, S: System, B> Unpin for Spawn<A, S, B> {}

impl<A: HostedBy<S>, S: System, B: MessageBroker<S::Message>> Spawn<A, S, B> {
    #[inline]
    pub(super) fn new(core: Arc<Core<S, B>>, actor: A) -> Self {
        let policy = Ok(A::MAILBOX.unwrap_or(core.config.mailbox));
        let timeout = core.config.spawn_timeout;
        Spawn { step: Step::New(Plan { core, actor, name: None, policy, timeout }), begin: Plan::begin }
    }
}

impl<A: Actor, S: System, B> Spawn<A, S, B> {
    /// Gives the actor a name, under which it can be looked up for as long as it lives. Names are unique in a
    /// system.
    pub fn named(self, name: impl Into<Arc<str>>) -> Self {
        self.with(|plan| plan.name = Some(name.into()))
    }

    /// How many messages its mailbox holds.
    pub fn capacity(self, capacity: u32) -> Self {
        self.with(|plan| plan.policy = plan.policy.and_then(|policy| policy.with_capacity(capacity)))
    }

    /// What happens when its mailbox is full.
    pub fn overflow(self, overflow: Overflow) -> Self {
        self.with(|plan| plan.policy = plan.policy.map(|policy| policy.with_overflow(overflow)))
    }

    /// Its mailbox holds whatever comes: memory is the limit.
    pub fn unbounded(self) -> Self {
        self.with(|plan| plan.policy = Ok(Policy::unbounded()))
    }

    /// How long `pre_start` may take.
    pub fn timeout(self, limit: Duration) -> Self {
        self.with(|plan| plan.timeout = limit)
    }

    fn with(mut self, change: impl FnOnce(&mut Plan<A, S, B>)) -> Self {
        if let Step::New(plan) = &mut self.step {
            change(plan);
        }
        self
    }
}

impl<A: HostedBy<S>, S: System, B: MessageBroker<S::Message>> Plan<A, S, B> {
    fn begin(self) -> Begun<A> {
        let core = self.core.clone();
        let timeout = self.timeout;
        match self.prepare() {
            Err(error) => Begun::Now(Err(error)),
            Ok(task) if A::STARTS => Begun::Soon(Box::pin(start(task, core, timeout))),
            Ok(task) => Begun::Now(Ok(task.launch(&core.runtime))),
        }
    }

    /// From here on the actor can be reached. The task leaves nothing behind when it is dropped.
    fn prepare(self) -> Result<Task<A>, SpawnError> {
        let Plan { core, actor, name, policy, .. } = self;
        if name.as_ref().is_some_and(|name| name.is_empty()) {
            return Err(SpawnError::EmptyName);
        }
        let policy = policy?;
        if !core.admit() {
            return Err(SpawnError::TooMany { actor: A::NAME });
        }
        let Some(cell) = A::kind(&core.registry).enter(core.next_birth(), name.clone(), policy) else {
            core.live.fetch_sub(1, Relaxed);
            return Err(SpawnError::TooMany { actor: A::NAME });
        };
        let id = cell.id;
        let task = Task::new(actor, cell, core.clone());
        // In this order: a shutdown that begins meanwhile either is seen here or sees the cell.
        if core.ending.has_begun() {
            return Err(SpawnError::ShuttingDown);
        }
        if let Some(name) = name {
            core.names.claim(&name, id).map_err(|holder| SpawnError::NameTaken { name, holder })?;
        }
        Ok(task)
    }
}

async fn start<A, S, B>(mut task: Task<A>, core: Arc<Core<S, B>>, limit: Duration) -> Spawned<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let actor = A::NAME;
    let failure = match rt::timeout(limit, task.open()).await {
        Some(Ok(())) => return Ok(task.launch(&core.runtime)),
        Some(Err(failure)) => failure,
        None => return Err(SpawnError::Timeout { actor, limit }),
    };
    Err(match failure {
        StartFailure::Failed(fault) if fault.is_panic() => SpawnError::Panicked { actor, fault },
        StartFailure::Failed(fault) => SpawnError::Failed { actor, fault },
        StartFailure::Killed if core.ending.has_begun() => SpawnError::ShuttingDown,
        StartFailure::Killed => SpawnError::Killed { actor },
    })
}

impl<A: Actor, S: System, B> Future for Spawn<A, S, B> {
    type Output = Result<ActorRef<A>, SpawnError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if matches!(this.step, Step::New(_))
            && let Step::New(plan) = mem::replace(&mut this.step, Step::Done)
        {
            match (this.begin)(plan) {
                Begun::Now(spawned) => return Poll::Ready(spawned),
                Begun::Soon(starting) => this.step = Step::Starting(starting),
            }
        }
        match &mut this.step {
            Step::Starting(starting) => starting.as_mut().poll(cx),
            Step::New(_) | Step::Done => panic!("a spawn was polled after it was over"),
        }
    }
}

impl<A: Actor, S: System, B> fmt::Debug for Spawn<A, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spawn({})", A::NAME)
    }
}
