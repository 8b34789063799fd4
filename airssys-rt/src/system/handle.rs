//! `ActorSystem`: the handle to a running system; spawns, tells, asks, publishes, stops, shuts down.

use crate::{
    actor::{
        ActorHandle, ActorRef, ActorSource, Ask, HandledBy, SendError, SendOrigin, Sent, Stop, Tell,
        TellTimeout, Watch, try_tell,
    },
    broker::{InMemoryMessageBroker, MessageBroker, Route},
    rt::{self, Runtime},
    sync::Arc,
    system::{
        ConfigError, Core, HostedBy, Listed, Publish, RoutedBy, SpawnIn, System, SystemConfig, SystemEnd,
        impl_host::SystemRoute,
        running::{Handle, Running},
        shutdown,
    },
};
use std::{error::Error, fmt, time::Duration};

/// A handle to a running system: spawns actors and sends to them from outside. Clones are handles to the same system.
///
/// Dropping the last handle without a [`shutdown`](Self::shutdown) kills every actor. An actor that keeps a handle in its
/// state can send to every actor, beyond what `#[actor(..)]` declares; then the message graph is incomplete, and the system
/// outlives its other handles.
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[message(reply = u64)]
/// pub struct Add(pub u64);
///
/// #[derive(Default)]
/// pub struct Counter(u64);
///
/// #[actor]
/// impl Counter {
///     #[handler]
///     fn add(&mut self, Add(n): Add) -> u64 { self.0 += n; self.0 }
/// }
///
/// #[actor_system(actors(Counter))]
/// pub struct App;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
/// let counter = app.spawn(Counter::default()).named("counter").await?;
/// app.tell(&counter, Add(2)).await?;
/// assert_eq!(app.ask(&counter, Add(3)).await?, 5);
/// app.shutdown().await?;
/// # Ok(()) }
/// ```
pub struct ActorSystem<S: System, B = InMemoryMessageBroker<<S as System>::Message>>(
    pub(super) Arc<dyn Running<S, B>>,
);

/// Why a system did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The configuration is invalid.
    #[error("the configuration is wrong")]
    Config(#[from] ConfigError),
    /// There is no tokio runtime to run actors on.
    #[error("a system starts inside a tokio runtime, and there is none")]
    NoRuntime,
    /// The tokio runtime has no timers. `enable_all` or `enable_time` of its builder enables them; `#[tokio::main]` does.
    ///
    /// Tokio tells that by a panic, which this call catches; its panic hook may have printed the text.
    #[error("a system needs the timers of its tokio runtime: build it with `enable_time` or `enable_all`")]
    NoTimers,
    /// The broker did not accept the system's route.
    #[error("the broker did not attach the system")]
    Broker(#[source] Box<dyn Error + Send + Sync>),
}

/// Starting a system.
impl<S: System> ActorSystem<S> {
    /// Starts a system with the in-memory broker. When it returns, messages can be sent.
    ///
    /// # Errors
    ///
    /// If the configuration is invalid, or there is no tokio runtime with timers.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, no system is left.
    pub async fn start(config: SystemConfig) -> Result<Self, StartError> {
        Self::with_broker(config, InMemoryMessageBroker::new()).await
    }
}

/// Starting a system with another broker.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Starts a system with another broker. When it returns, the broker has the system's route.
    ///
    /// # Errors
    ///
    /// If the configuration is invalid, there is no tokio runtime with timers, or the broker does not attach.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, no system is left; the broker may have a route, which leads to no system.
    pub async fn with_broker(config: SystemConfig, broker: B) -> Result<Self, StartError> {
        config.check()?;
        let runtime = Runtime::current().ok_or(StartError::NoRuntime)?;
        if !rt::has_timers() {
            return Err(StartError::NoTimers);
        }
        let core = Core::new(config, broker, runtime);
        let route = Route::new(Arc::new(SystemRoute(Arc::downgrade(&core))));
        core.broker.attach(route).await.map_err(|error| StartError::Broker(Box::new(error)))?;
        Ok(ActorSystem(Arc::new(Handle(core))))
    }

    /// Returns the broker of this system.
    #[must_use]
    pub fn broker(&self) -> &B {
        &self.core().broker
    }
}

/// Spawning actors.
// The next two blocks are without a bound of the broker, which each function of a user that calls these would have to prove again.
impl<S: System, B> ActorSystem<S, B> {
    /// Spawns an actor with the state `actor`. Nothing happens until the future is awaited; before that, name and mailbox can
    /// be set.
    ///
    /// The result is a [`Spawn<A>`](crate::actor::Spawn), the builder and future of the actor.
    ///
    /// # Errors
    ///
    /// [`SpawnError`](crate::actor::SpawnError): `pre_start` fails, panics or takes too long, the name is taken, or the system shuts down.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, nothing of the actor is left. If it was never polled, nothing has happened.
    #[inline]
    pub fn spawn<A: Listed<S>>(&self, actor: A) -> A::Spawn {
        A::Spawn::from_source(&self.core().registry, ActorSource::Value(actor))
    }

    /// Spawns an actor that can be restarted: the factory makes the state of each incarnation. If its `#[on_error]` method
    /// returns [`Restart`](crate::actor::ErrorAction::Restart), the next incarnation starts at once, with the same address
    /// and the same mailbox; the number of restarts is not limited. Nothing happens until the future is awaited; before that,
    /// name and mailbox can be set.
    ///
    /// An actor with limits for its restarts is the child of a supervisor: [`supervise`](Self::supervise).
    ///
    /// # Errors
    ///
    /// As for [`spawn`](Self::spawn).
    ///
    /// # Cancel safety
    ///
    /// As for [`spawn`](Self::spawn).
    pub fn spawn_with<A: Listed<S>>(&self, mut factory: impl FnMut() -> A + Send + 'static) -> A::Spawn {
        A::Spawn::from_source(&self.core().registry, ActorSource::Factory(Box::new(move || Some(factory()))))
    }
}

/// Sending to actors.
impl<S: System, B> ActorSystem<S, B> {
    /// Sends a message, and waits for capacity if the mailbox is full. Nothing is sent until the future is awaited.
    ///
    /// A message that will not be handled is a [dead letter](crate::broker::dead_letters) unless the error gives it back. It is dropped at
    /// once, so what it owns is let go: the other end of a channel in it is told. Only a type with the key `keep_payload` stays in its
    /// letter.
    ///
    /// A reference of another running system of the same type leads to the actor of that system: the message is sent there, and that
    /// system refuses it once it shuts down. So do `ask`, [`stop`](Self::stop), [`watch`](Self::watch) and the methods beside them.
    ///
    /// # Errors
    ///
    /// [`SendError`], which gives the message back: the actor has stopped, its mailbox is full and does not make senders wait, or the
    /// system shuts down.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the message has been sent or is dropped with it; nothing else is lost.
    #[inline]
    pub fn tell<'t, A: HostedBy<S>, M: HandledBy<A>>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
    ) -> Tell<'t, A, M> {
        Tell::new(to, message, SendOrigin::OUTSIDE)
    }

    /// As [`tell`](Self::tell), but waits for capacity no longer than `limit`.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell), and [`SendError::Timeout`] at the limit.
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    #[inline]
    pub fn tell_timeout<'t, A: HostedBy<S>, M: HandledBy<A>>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
        limit: Duration,
    ) -> TellTimeout<'t, A, M> {
        TellTimeout::new(self.tell(to, message), limit)
    }

    /// Sends a message, and never waits. A broker that needs time continues in the background; later messages may overtake
    /// this one.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    #[inline]
    pub fn try_tell<A: HostedBy<S>, M: HandledBy<A>>(
        &self,
        to: &ActorRef<A>,
        message: M,
    ) -> Result<Sent, SendError<M>> {
        try_tell(to, message, SendOrigin::OUTSIDE)
    }

    /// Sends a message and waits for the answer, within the time limit of the configuration. Nothing is sent until the future
    /// is awaited.
    ///
    /// # Errors
    ///
    /// [`AskError`](crate::reply::AskError): the actor has stopped or fails, its mailbox is full and does not make senders wait, or the time limit
    /// has passed. The message does not come back.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped after the mailbox has accepted the message, the message is handled and its answer is discarded. If it is
    /// dropped before that, the message is dropped with it.
    #[inline]
    pub fn ask<'t, A: HostedBy<S>, M: HandledBy<A, Reply = R>, R>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
    ) -> Ask<'t, A, R> {
        Ask::new(to, message, SendOrigin::OUTSIDE)
    }

    /// As [`ask`](Self::ask), with a time limit of its own; `Duration::MAX` is none.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask).
    ///
    /// # Cancel safety
    ///
    /// As for [`ask`](Self::ask).
    #[inline]
    pub fn ask_timeout<'t, A: HostedBy<S>, M: HandledBy<A, Reply = R>, R>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
        limit: Duration,
    ) -> Ask<'t, A, R> {
        self.ask(to, message).within(limit)
    }

    /// Returns a handle that sends to one actor from outside, for code that has no handle to the system, such as a web handler.
    #[must_use]
    pub fn handle<A: HostedBy<S>>(&self, actor: &ActorRef<A>) -> ActorHandle<A> {
        ActorHandle::new(actor.clone())
    }
}

/// Publishing events.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Publishes an event to each actor that subscribes to it. Nothing is published until the future is awaited.
    ///
    /// # Errors
    ///
    /// [`PublishError`](crate::system::PublishError), which gives the event back: the system shuts down, or a hook or the broker refuses it.
    ///
    /// # Cancel safety
    ///
    /// If the future is never polled, nothing is published. If it is dropped later, some subscribers may not have the event.
    #[inline]
    pub fn publish<E: RoutedBy<S>>(&self, event: E) -> Publish<S, B, E> {
        Publish::new(self.0.clone(), event)
    }
}

/// Ending and watching actors.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Stops an actor: it finishes the current message, and the messages left in its mailbox become dead letters. Ready when
    /// `post_stop` has returned and the name is free.
    ///
    /// If the actor has ended already, its exit is returned. An actor that waits for its own end waits forever.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped after its first poll, the actor stops all the same.
    pub fn stop<A: HostedBy<S>>(&self, actor: &ActorRef<A>) -> Stop {
        Stop::new(actor.any_cell(), |actor| actor.stop())
    }

    /// Kills an actor: at its next await the current message is abandoned, and the messages left in its mailbox become dead
    /// letters. Ready when `post_stop` has returned.
    ///
    /// # Cancel safety
    ///
    /// As [`stop`](Self::stop).
    pub fn kill<A: HostedBy<S>>(&self, actor: &ActorRef<A>) -> Stop {
        Stop::kill(actor.any_cell())
    }

    /// Drains an actor: its mailbox accepts no more messages; the actor handles the queued ones, then stops. A message that
    /// it sends to itself meanwhile comes back to it. Ready when `post_stop` has returned.
    ///
    /// # Cancel safety
    ///
    /// As [`stop`](Self::stop).
    pub fn drain<A: HostedBy<S>>(&self, actor: &ActorRef<A>) -> Stop {
        Stop::new(actor.any_cell(), |actor| actor.drain())
    }

    /// Watches an actor: ready when it has ended, at once if it has ended already.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: dropping the future ends the watch.
    pub fn watch<A: HostedBy<S>>(&self, actor: &ActorRef<A>) -> Watch {
        actor.watch()
    }
}

/// The end of the system.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Waits until the system has ended, for any reason.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: it has no side effects.
    pub async fn ended(&self) {
        let _ = shutdown::outcome(self.shared()).await;
    }

    /// Waits until the system has ended, for any reason, and returns the report of its end: the last line of a `main`.
    ///
    /// # Errors
    ///
    /// If a supervisor without a supervisor above it gave up, or actors had to be aborted: the error names them.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: it has no side effects.
    pub fn run(&self) -> SystemEnd<'_> {
        SystemEnd::new(shutdown::outcome(self.shared()))
    }

    /// Waits until every actor is idle: every message that was sent has been handled, and every message that followed from
    /// it. If messages keep coming, that may never happen.
    ///
    /// # Panics
    ///
    /// If code of an actor of this system awaits it: the actor would wait for itself.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: it has no side effects.
    pub async fn idle(&self) {
        shutdown::idle(self.shared()).await;
    }

    /// Whether a shutdown has begun. From then on messages from outside are refused.
    #[must_use]
    pub fn is_shutting_down(&self) -> bool {
        self.core().ending.has_begun()
    }

    /// Shuts the system down, in two phases. First, messages from outside are refused, while actors handle what is queued and
    /// what follows from it. Then, when all actors are idle or `drain_timeout` has passed, actors are stopped, the youngest
    /// first. An actor that does not stop within `stop_timeout` is aborted.
    ///
    /// A second call, also from another task, returns the same result. An actor that waits for the shutdown is aborted by it.
    ///
    /// # Errors
    ///
    /// If actors had to be aborted: the error names them. The system has ended all the same.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped after its first poll, the shutdown continues.
    pub fn shutdown(&self) -> SystemEnd<'_> {
        SystemEnd::new(shutdown::run(self.shared()))
    }
}

impl<S: System, B> ActorSystem<S, B> {
    pub(crate) fn core(&self) -> &Core<S, B> {
        self.0.core()
    }

    pub(crate) fn shared(&self) -> &Arc<Core<S, B>> {
        self.0.core()
    }
}

impl<S: System, B> Clone for ActorSystem<S, B> {
    fn clone(&self) -> Self {
        ActorSystem(self.0.clone())
    }
}

impl<S: System, B> fmt::Debug for ActorSystem<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorSystem({})", S::NAME)
    }
}
