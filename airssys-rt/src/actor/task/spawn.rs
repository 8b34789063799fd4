use crate::{
    actor::{
        declare::{Actor, OnRestart},
        shared::{ActorRef, AnyCell},
        task::{BlockingPool, Placement, SpawnError, Spawner},
    },
    mailbox::{Overflow, Policy, ZeroCapacity},
    rt::BoxFuture,
    sync::Arc,
};
use std::{
    fmt,
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

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
#[must_use = "nothing is spawned until it is awaited"]
pub struct Spawn<A: Actor>(Step<A>);

enum Step<A: Actor> {
    New(SpawnPlan<A>),
    Starting(BoxFuture<'static, SpawnResult<A>>),
    Done,
}

/// What is known of an actor before it is spawned. Small: it is moved on the way of every spawn.
pub(crate) struct SpawnPlan<A: Actor> {
    /// Absent where nobody hosts its type.
    host: Option<Arc<dyn Spawner<A>>>,
    pub(crate) actor: ActorSource<A>,
    pub(crate) policy: Result<Policy, ZeroCapacity>,
    /// Absent from a plain spawn.
    pub(crate) options: Option<Box<SpawnOptions>>,
}

/// What else can be said of it.
#[derive(Default)]
pub(crate) struct SpawnOptions {
    pub(crate) on_restart: OnRestart,
    pub(crate) name: Option<Arc<str>>,
    /// What `pre_start` may take, if that is not what the system grants.
    pub(crate) timeout: Option<Duration>,
    pub(crate) parent: Option<Arc<dyn AnyCell>>,
    pub(crate) place: Placement,
}

/// The state of an actor that is to be.
pub(crate) enum ActorSource<A> {
    Value(A),
    /// By a factory, which can make it again.
    Factory(Box<dyn FnMut() -> Option<A> + Send>),
}

pub(crate) type SpawnResult<A> = Result<ActorRef<A>, SpawnError>;

/// Boxed only for an actor that has something to do in `pre_start`.
pub(crate) enum SpawnStart<A: Actor> {
    Ready(SpawnResult<A>),
    Pending(BoxFuture<'static, SpawnResult<A>>),
}

// No field is pinned.
impl<A: Actor> Unpin for Spawn<A> {}

impl<A: Actor> Spawn<A> {
    /// An actor that belongs to nobody.
    #[inline]
    pub(crate) fn new(host: Arc<dyn Spawner<A>>, actor: ActorSource<A>) -> Self {
        Spawn(Step::New(SpawnPlan::new(Some(host), actor)))
    }

    /// A child of `parent`. Without a host nobody hosts it.
    pub(crate) fn child(
        host: Option<Arc<dyn Spawner<A>>>,
        actor: ActorSource<A>,
        parent: Arc<dyn AnyCell>,
    ) -> Self {
        Spawn(Step::New(SpawnPlan::new(host, actor))).and(|options| options.parent = Some(parent))
    }

    /// Gives the actor a name, under which it can be looked up for as long as it lives. Names are unique in a
    /// system.
    pub fn named(self, name: impl Into<Arc<str>>) -> Self {
        self.and(|options| options.name = Some(name.into()))
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

    /// What becomes of its mailbox when it is restarted. It matters only to an actor that has a factory.
    pub fn on_restart(self, on_restart: OnRestart) -> Self {
        self.and(|options| options.on_restart = on_restart)
    }

    /// How long `pre_start` may take.
    pub fn timeout(self, limit: Duration) -> Self {
        self.and(|options| options.timeout = Some(limit))
    }

    /// It has a thread of its own, which has its name: it may block or compute there, and delays nobody but whoever waits for
    /// it. The thread ends with the actor; a restart keeps it.
    ///
    /// Handlers and hooks run on it, except for the first `pre_start`, which runs in the task that awaits. Timers and
    /// whatever else tokio has are those of the system's runtime. A handler that blocks cannot be ended from outside: a stop and a
    /// kill wait for it as long as they may, and a shutdown names it as stuck. If the runtime's clock is paused, it does
    /// not wait for what the thread does.
    pub fn on_thread(self) -> Self {
        self.and(|options| options.place = Placement::Thread)
    }

    /// It has its turns on the threads of `pool`, and shares them. Apart from that it is like
    /// [`on_thread`](Self::on_thread).
    pub fn on(self, pool: &BlockingPool) -> Self {
        self.and(|options| options.place = Placement::Pool(pool.clone()))
    }

    fn with(mut self, change: impl FnOnce(&mut SpawnPlan<A>)) -> Self {
        if let Step::New(plan) = &mut self.0 {
            change(plan);
        }
        self
    }

    #[cold]
    fn and(self, change: impl FnOnce(&mut SpawnOptions)) -> Self {
        self.with(|plan| change(plan.options.get_or_insert_default()))
    }
}

impl<A: Actor> SpawnPlan<A> {
    #[inline]
    fn new(host: Option<Arc<dyn Spawner<A>>>, actor: ActorSource<A>) -> Self {
        let mailbox = || host.as_ref().map(|host| host.kind().settings).unwrap_or_default().mailbox;
        let policy = Ok(A::MAILBOX.unwrap_or_else(mailbox));
        SpawnPlan { host, actor, policy, options: None }
    }

    fn begin(mut self) -> SpawnStart<A> {
        match self.host.take() {
            Some(host) => host.begin(self),
            None => SpawnStart::Ready(Err(SpawnError::NotHosted { actor: A::NAME })),
        }
    }
}

impl<A: Actor> Future for Spawn<A> {
    type Output = Result<ActorRef<A>, SpawnError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if matches!(this.0, Step::New(_))
            && let Step::New(plan) = mem::replace(&mut this.0, Step::Done)
        {
            match plan.begin() {
                SpawnStart::Ready(spawned) => return Poll::Ready(spawned),
                SpawnStart::Pending(starting) => this.0 = Step::Starting(starting),
            }
        }
        match &mut this.0 {
            Step::Starting(starting) => starting.as_mut().poll(cx),
            Step::New(_) | Step::Done => panic!("a spawn was polled after it was over"),
        }
    }
}

impl<A: Actor> fmt::Debug for Spawn<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spawn({})", A::NAME)
    }
}
