//! `Spawn`, the builder and future of an actor: name, mailbox, time limit of `pre_start`, thread or pool.

use crate::{
    actor::{
        declare::{Actor, OnRestart},
        shared::{ActorRef, AnyCell},
        spawn::{
            ActorSource, BlockingPool, Placement, SpawnError, SpawnOptions, SpawnPlan, SpawnStart, Spawner,
            Starting,
        },
    },
    mailbox::{MailboxPolicy, Overflow},
    rt,
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

/// A builder for an actor: configure it, then await it. The output is its [`ActorRef`].
///
/// `pre_start` runs in the task that awaits. Messages that are sent to the actor meanwhile are queued. While a task waits until the
/// system is idle or has shut down, `pre_start` goes on in that task as well, also if the future is held and not polled.
///
/// # Errors
///
/// See [`SpawnError`].
///
/// # Cancel safety
///
/// If the future is dropped before it is ready, nothing of the actor is left. If it was never polled, nothing has happened.
#[must_use = "nothing is spawned until it is awaited"]
pub struct Spawn<A: Actor>(SpawnStep<A>);

enum SpawnStep<A: Actor> {
    /// Without a host, the system does not host this type.
    New(Option<Arc<dyn Spawner<A>>>, SpawnPlan<A>),
    Starting(Starting<A>),
    Done,
}

// No field is pinned.
impl<A: Actor> Unpin for Spawn<A> {}

impl<A: Actor> Spawn<A> {
    /// An actor without a parent.
    #[inline]
    pub(crate) fn new(host: Option<Arc<dyn Spawner<A>>>, actor: ActorSource<A>) -> Self {
        Self::on_host(host, actor)
    }

    /// A child of `parent`. `host` is `None` if the system behind the parent does not host this type.
    pub(crate) fn child(
        host: Option<Arc<dyn Spawner<A>>>,
        actor: ActorSource<A>,
        parent: Arc<dyn AnyCell>,
    ) -> Self {
        Self::on_host(host, actor).with_options(|options| options.parent = Some(parent))
    }

    #[inline]
    fn on_host(host: Option<Arc<dyn Spawner<A>>>, actor: ActorSource<A>) -> Self {
        let mailbox = || host.as_ref().map(|host| host.kind().settings).unwrap_or_default().mailbox;
        let policy = Ok(A::MAILBOX.unwrap_or_else(mailbox));
        Spawn(SpawnStep::New(host, SpawnPlan { actor, policy, options: None }))
    }

    /// Sets the name under which the actor can be looked up while it lives. Names are unique in a system.
    pub fn named(self, name: impl Into<Arc<str>>) -> Self {
        self.with_options(|options| options.name = Some(name.into()))
    }

    /// Sets the capacity of its mailbox.
    pub fn capacity(self, capacity: u32) -> Self {
        self.with_plan(|plan| plan.policy = plan.policy.and_then(|policy| policy.with_capacity(capacity)))
    }

    /// Sets what happens when its mailbox is full.
    pub fn overflow(self, overflow: Overflow) -> Self {
        self.with_plan(|plan| plan.policy = plan.policy.map(|policy| policy.with_overflow(overflow)))
    }

    /// Makes its mailbox unbounded: memory is the limit.
    pub fn unbounded(self) -> Self {
        self.with_plan(|plan| plan.policy = Ok(MailboxPolicy::unbounded()))
    }

    /// Sets what happens to its queued messages at a restart. Only an actor with a factory can be restarted.
    pub fn on_restart(self, on_restart: OnRestart) -> Self {
        self.with_options(|options| options.on_restart = on_restart)
    }

    /// Sets the time limit of `pre_start`.
    pub fn timeout(self, limit: Duration) -> Self {
        self.with_options(|options| options.timeout = Some(limit))
    }

    /// Runs the actor on a thread of its own, which has the actor's name. The actor may block or compute there; only callers
    /// that wait for it are delayed. The thread ends with the actor; a restart keeps it.
    ///
    /// Handlers and hooks run on the thread, except for the first `pre_start`, which runs in the task that awaits. Timers and
    /// other tokio resources are those of the system's runtime, which also hands an actor that waited for a message to its thread: code
    /// that blocks the only thread of the runtime delays the actor. A handler that blocks cannot be ended from outside: a stop and
    /// a kill wait for it within their time limits, and a shutdown reports it as stuck. If the runtime's clock is paused, it
    /// does not wait for work on the thread.
    pub fn on_thread(self) -> Self {
        self.with_options(|options| options.place = Placement::Thread)
    }

    /// Runs the actor on the threads of `pool`, which it shares with other actors. Otherwise as
    /// [`on_thread`](Self::on_thread).
    pub fn on(self, pool: &BlockingPool) -> Self {
        self.with_options(|options| options.place = Placement::Pool(pool.clone()))
    }

    fn with_plan(mut self, change: impl FnOnce(&mut SpawnPlan<A>)) -> Self {
        if let SpawnStep::New(_, plan) = &mut self.0 {
            change(plan);
        }
        self
    }

    #[cold]
    fn with_options(self, change: impl FnOnce(&mut SpawnOptions)) -> Self {
        self.with_plan(|plan| change(plan.options.get_or_insert_default()))
    }
}

impl<A: Actor> Future for Spawn<A> {
    type Output = Result<ActorRef<A>, SpawnError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let SpawnStep::Starting(starting) = &mut this.0 {
            return starting.poll(cx);
        }
        let SpawnStep::New(host, plan) = mem::replace(&mut this.0, SpawnStep::Done) else {
            panic!("a spawn was polled after it had finished");
        };
        let start = match host {
            Some(host) => host.begin(plan),
            None => SpawnStart::Ready(Err(SpawnError::NotHosted { actor: A::NAME })),
        };
        match start {
            SpawnStart::Ready(spawned) => Poll::Ready(spawned),
            SpawnStart::Pending(mut start, list) => {
                // Most starts end in their first poll. Senders and timers wake the actor, so a waker of the spawner that panics
                // must not reach them.
                let waker = rt::catching_waker(cx.waker());
                if let Poll::Ready(spawned) = start.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Poll::Ready(spawned);
                }
                this.0 = SpawnStep::Starting(Starting::new(start, &list, cx.waker()));
                Poll::Pending
            }
        }
    }
}

impl<A: Actor> fmt::Debug for Spawn<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spawn({})", A::NAME)
    }
}
