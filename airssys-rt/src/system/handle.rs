use crate::{
    actor::{Actor, ActorRef, Ask, Exit, HandledBy, Origin, SendError, Sent, Tell, TellTimeout, try_tell},
    broker::{InMemoryMessageBroker, MessageBroker, Route},
    observe::Counters,
    rt::Runtime,
    sync::Arc,
    system::{
        ConfigError, Core, HostedBy, Publish, RoutedBy, ShutdownError, ShutdownReport, Spawn, System,
        SystemConfig, core::Inbound, shutdown,
    },
};
use std::{error::Error, fmt, time::Duration};

/// A running system, and the way into it from outside. Clones are handles to the same system.
///
/// Dropping the last handle without a [`shutdown`](Self::shutdown) kills every actor. An actor that keeps a handle in
/// its state can send to anyone, past what `#[actor(..)]` declares; then the graph no longer shows all there is, and
/// the system outlives its other handles.
pub struct ActorSystem<
    S: System,
    B: MessageBroker<S::Message> = InMemoryMessageBroker<<S as System>::Message>,
>(Arc<Handle<S, B>>);

struct Handle<S: System, B: MessageBroker<S::Message>> {
    core: Arc<Core<S, B>>,
}

/// Why a system did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A value in the configuration makes no sense.
    #[error("the configuration is wrong")]
    Config(#[from] ConfigError),
    /// There is no tokio runtime here that could run actors.
    #[error("a system starts inside a tokio runtime, and there is none")]
    NoRuntime,
    /// The broker did not take the system's route.
    #[error("the broker did not attach the system")]
    Broker(#[source] Box<dyn Error + Send + Sync>),
}

impl<S: System> ActorSystem<S> {
    /// Starts a system on a broker in memory. When it returns, messages can be sent.
    ///
    /// # Errors
    ///
    /// If the configuration is wrong, or there is no tokio runtime.
    pub async fn start(config: SystemConfig) -> Result<Self, StartError> {
        Self::with_broker(config, InMemoryMessageBroker::new()).await
    }
}

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Starts a system on a broker of your choice. When it returns, the broker has the system's route.
    ///
    /// # Errors
    ///
    /// If the configuration is wrong, there is no tokio runtime, or the broker does not attach.
    pub async fn with_broker(config: SystemConfig, broker: B) -> Result<Self, StartError> {
        config.check()?;
        let runtime = Runtime::current().ok_or(StartError::NoRuntime)?;
        let core = Core::new(config, broker, runtime);
        let route = Route::new(Arc::new(Inbound(Arc::downgrade(&core))));
        core.broker.attach(route).await.map_err(|error| StartError::Broker(Box::new(error)))?;
        Ok(ActorSystem(Arc::new(Handle { core })))
    }

    /// The broker of this system.
    #[must_use]
    pub fn broker(&self) -> &B {
        &self.0.core.broker
    }

    /// Makes an actor of `actor`. Nothing happens until it is awaited; before that, name and mailbox can be set.
    #[inline]
    pub fn spawn<A: HostedBy<S>>(&self, actor: A) -> Spawn<A, S, B> {
        Spawn::new(self.0.core.clone(), actor)
    }

    /// Sends a message, waiting for room if the mailbox is full. Nothing is sent until it is awaited.
    #[inline]
    pub fn tell<'t, A: Actor, M: HandledBy<A>>(&self, to: &'t ActorRef<A>, message: M) -> Tell<'t, A, M> {
        Tell::new(to, message, Origin::Outside)
    }

    /// As [`tell`](Self::tell), but waits for room no longer than `limit`.
    #[inline]
    pub fn tell_timeout<'t, A: Actor, M: HandledBy<A>>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
        limit: Duration,
    ) -> TellTimeout<'t, A, M> {
        TellTimeout::new(self.tell(to, message), limit)
    }

    /// Sends a message without ever waiting.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    #[inline]
    pub fn try_tell<A: Actor, M: HandledBy<A>>(
        &self,
        to: &ActorRef<A>,
        message: M,
    ) -> Result<Sent, SendError<M>> {
        try_tell(to, message, Origin::Outside)
    }

    /// Sends a message and waits for the answer, within the time limit of the configuration. Nothing is sent until
    /// it is awaited.
    #[inline]
    pub fn ask<'t, A: Actor, M: HandledBy<A, Reply = R>, R: Send + 'static>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
    ) -> Ask<'t, A, R> {
        Ask::new(to, message, Origin::Outside)
    }

    /// As [`ask`](Self::ask), within a time limit of its own; `Duration::MAX` is none.
    #[inline]
    pub fn ask_timeout<'t, A: Actor, M: HandledBy<A, Reply = R>, R: Send + 'static>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
        limit: Duration,
    ) -> Ask<'t, A, R> {
        self.ask(to, message).within(limit)
    }

    /// Publishes an event to every actor that subscribes to it. Nothing is published until it is awaited.
    #[inline]
    pub fn publish<E: RoutedBy<S>>(&self, event: E) -> Publish<S, B, E> {
        Publish::new(self.0.core.clone(), event)
    }

    /// The live actor that has `name`, if it is an `A`.
    #[must_use]
    pub fn named<A: HostedBy<S>>(&self, name: &str) -> Option<ActorRef<A>> {
        let id = self.0.core.names.find(name)?;
        A::kind(&self.0.core.registry).members.find(id).map(ActorRef)
    }

    /// Stops an actor: it finishes the current message, and what is left in its mailbox is dead. Ready when
    /// `post_stop` has returned, the name is free and nobody can reach the actor any more.
    ///
    /// An actor that has ended already is no error: its end is what is returned. An actor that waits for its own
    /// end waits for ever.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the actor stops whether or not somebody waits.
    pub async fn stop<A: Actor>(&self, actor: &ActorRef<A>) -> Exit {
        actor.0.mailbox.stop();
        actor.0.wait().await
    }

    /// How many messages had which fate until now.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.0.core.counters()
    }

    /// Ready when nobody has anything to handle: every message that was sent is handled, and whatever followed from
    /// it. While others keep sending, that may be never.
    ///
    /// # Cancel safety
    ///
    /// It only looks.
    pub async fn quiet(&self) {
        shutdown::quiet(&self.0.core).await;
    }

    /// Whether a shutdown has begun. From then on messages from outside are refused.
    #[must_use]
    pub fn is_shutting_down(&self) -> bool {
        self.0.core.ending.has_begun()
    }

    /// Shuts the system down, in two phases. First, messages from outside are refused while actors handle what is
    /// queued and whatever follows from it. Then, when all is quiet or `drain_timeout` has passed, actors are stopped,
    /// the youngest first. Whoever needs longer than `stop_timeout` for that is aborted.
    ///
    /// Calling it again, or from many tasks, gives all of them the same result.
    ///
    /// # Errors
    ///
    /// Names whoever had to be aborted. The system has ended all the same.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the shutdown goes on whether or not somebody waits.
    pub async fn shutdown(&self) -> Result<ShutdownReport, ShutdownError> {
        shutdown::run(&self.0.core).await
    }
}

impl<S: System, B: MessageBroker<S::Message>> Drop for Handle<S, B> {
    fn drop(&mut self) {
        if !self.core.ending.has_begun() {
            shutdown::abandon(&self.core);
        }
    }
}

impl<S: System, B: MessageBroker<S::Message>> Clone for ActorSystem<S, B> {
    fn clone(&self) -> Self {
        ActorSystem(self.0.clone())
    }
}

impl<S: System, B: MessageBroker<S::Message>> fmt::Debug for ActorSystem<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorSystem({})", S::NAME)
    }
}
