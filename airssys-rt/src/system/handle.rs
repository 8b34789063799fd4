use crate::{
    actor::{
        Actor, ActorRef, ActorSource, AnyCell, Ask, AskAny, Exit, HandledBy, Recipient, SendError,
        SendOrigin, Sent, Spawn, Tell, TellAny, TellTimeout, Watch, name_of, try_tell,
    },
    broker::{InMemoryMessageBroker, MessageBroker, Request, Route},
    envelope::{Envelope, MetaFields, PooledMeta, WaitPolicy},
    id::ActorAddress,
    message::Message,
    reply::{self, Asked},
    rt::Runtime,
    sync::Arc,
    system::{
        ConfigError, Core, HostedBy, Publish, RoutedBy, ShutdownError, ShutdownReport, System, SystemConfig,
        impl_host::SystemRoute, shutdown,
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
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, nothing is left.
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
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, no system is left; the broker may have been attached, and then leads nowhere.
    pub async fn with_broker(config: SystemConfig, broker: B) -> Result<Self, StartError> {
        config.check()?;
        let runtime = Runtime::current().ok_or(StartError::NoRuntime)?;
        let core = Core::new(config, broker, runtime);
        let route = Route::new(Arc::new(SystemRoute(Arc::downgrade(&core))));
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
    pub fn spawn<A: HostedBy<S>>(&self, actor: A) -> Spawn<A> {
        Spawn::new(self.0.core.clone(), ActorSource::Value(actor))
    }

    /// Makes an actor that can be restarted: the factory makes the state of each incarnation. An `#[on_error]` method that
    /// says [`Restart`](crate::actor::ErrorAction::Restart) has it begin again at once, with the same address and the same
    /// mailbox; nothing limits how often. Nothing happens until it is awaited; before that, name and mailbox can be set.
    ///
    /// An actor that should be restarted by rules is the child of a supervisor: [`supervise`](Self::supervise).
    pub fn spawn_with<A: HostedBy<S>>(&self, mut factory: impl FnMut() -> A + Send + 'static) -> Spawn<A> {
        Spawn::new(self.0.core.clone(), ActorSource::Factory(Box::new(move || Some(factory()))))
    }

    /// Sends a message, waiting for room if the mailbox is full. Nothing is sent until it is awaited.
    #[inline]
    pub fn tell<'t, A: Actor, M: HandledBy<A>>(&self, to: &'t ActorRef<A>, message: M) -> Tell<'t, A, M> {
        Tell::new(to, message, SendOrigin::OUTSIDE)
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

    /// Sends a message without ever waiting. A broker that takes its time goes on with it in the background; what is sent
    /// meanwhile may overtake it.
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
        try_tell(to, message, SendOrigin::OUTSIDE)
    }

    /// Sends a message and waits for the answer, within the time limit of the configuration. Nothing is sent until
    /// it is awaited.
    #[inline]
    pub fn ask<'t, A: Actor, M: HandledBy<A, Reply = R>, R: Send + 'static>(
        &self,
        to: &'t ActorRef<A>,
        message: M,
    ) -> Ask<'t, A, R> {
        Ask::new(to, message, SendOrigin::OUTSIDE)
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
        self.0.core.named(name)
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
        let exit = actor.0.exit(); // before the signal: a restarted actor ends more than once
        actor.0.mailbox.stop();
        told(exit).await
    }

    /// Ends an actor in the middle of whatever it does: at the next point where it waits, the current message is given
    /// up, and what is left in its mailbox is dead. Ready when `post_stop` has returned.
    ///
    /// # Cancel safety
    ///
    /// As [`stop`](Self::stop).
    pub async fn kill<A: Actor>(&self, actor: &ActorRef<A>) -> Exit {
        let exit = actor.0.exit(); // before the signal: a restarted actor ends more than once
        actor.0.mailbox.kill();
        told(exit).await
    }

    /// Lets nothing more into an actor's mailbox; the actor handles what is queued, then stops. What it sends to itself
    /// meanwhile comes back to it: only what was let in before is handled. Ready when `post_stop` has returned.
    ///
    /// # Cancel safety
    ///
    /// As [`stop`](Self::stop).
    pub async fn drain<A: Actor>(&self, actor: &ActorRef<A>) -> Exit {
        let exit = actor.0.exit(); // before the signal: a restarted actor ends more than once
        actor.0.mailbox.close();
        told(exit).await
    }

    /// Watches an actor: ready when it has ended, at once if it has already.
    pub fn watch<A: Actor>(&self, actor: &ActorRef<A>) -> Watch {
        actor.0.watch()
    }

    /// Sends a message to some actor that takes it.
    pub fn tell_any<M: Message>(&self, to: &Recipient<M>, message: M) -> TellAny<M> {
        to.tell(message, SendOrigin::OUTSIDE, None)
    }

    /// Asks some actor that takes the message, within the time limit of its system.
    pub fn ask_any<M: Message>(&self, to: &Recipient<M>, message: M) -> AskAny<M::Reply> {
        to.ask(message, None)
    }

    /// Sends a message to the actor at an address, which is looked up when this is called.
    pub fn tell_to<A: HostedBy<S>, M: HandledBy<A> + Send + 'static>(
        &self,
        address: impl Into<ActorAddress>,
        message: M,
    ) -> TellAny<M> {
        let found = self.0.core.find::<A>(&address.into());
        TellAny(Box::pin(async move {
            match found {
                Ok(actor) => Tell::new(&actor, message, SendOrigin::OUTSIDE).await,
                Err(cause) => Err(SendError::new(cause, message)),
            }
        }))
    }

    /// Asks the actor at an address, which is looked up when this is called. If there is none, that is the answer,
    /// and the message is a dead letter.
    pub fn ask_to<A: HostedBy<S>, M: HandledBy<A, Reply = R> + Send + 'static, R: Send + 'static>(
        &self,
        address: impl Into<ActorAddress>,
        message: M,
    ) -> AskAny<R> {
        let address = address.into();
        let (core, found) = (self.0.core.clone(), self.0.core.find::<A>(&address));
        AskAny(Box::pin(async move {
            match found {
                Ok(actor) => Ask::new(&actor, message, SendOrigin::OUTSIDE).await,
                Err(cause) => Err(core.not_found::<A, M>(cause, address, message)),
            }
        }))
    }

    /// A message with the other end of its reply slot, for a broker's
    /// [`publish_request`](MessageBroker::publish_request).
    pub fn request<A: HostedBy<S>, M: HandledBy<A, Reply = R>, R: Send + 'static>(
        &self,
        to: &ActorRef<A>,
        message: M,
    ) -> Request<S::Message, R> {
        let (slot, answer) = reply::pair();
        let message = message.wrap(slot);
        let name = name_of::<A>(A::variant(&message));
        let draft = MetaFields {
            recipient: Some(to.id()),
            wait: WaitPolicy::Forever,
            request: true,
            ..MetaFields::default()
        };
        let envelope =
            Envelope::from_parts(PooledMeta::new(self.0.core.meta(A::NAME, name, draft)), A::wrap(message));
        let asked = Asked { actor: A::NAME, target: to.id().into(), message: name, timeout: None };
        let core = self.0.core.clone();
        Request::new(envelope, answer, asked, move |reason, envelope| {
            core.dead_letter_envelope(reason, envelope)
        })
    }

    /// Ready when the system has ended, whoever ended it.
    ///
    /// # Cancel safety
    ///
    /// It only observers.
    pub async fn ended(&self) {
        let _ = shutdown::outcome(&self.0.core).await;
    }

    /// Ready when the system has ended, whoever ended it, with what there is to say about that: the last line of a `main`.
    ///
    /// # Errors
    ///
    /// If a supervisor with nobody above it gave up, says which and why; and names whoever had to be aborted.
    ///
    /// # Cancel safety
    ///
    /// It only observers.
    pub async fn run(&self) -> Result<ShutdownReport, ShutdownError> {
        shutdown::outcome(&self.0.core).await
    }

    /// Ready when nobody has anything to handle: every message that was sent is handled, and whatever followed from
    /// it. While others keep sending, that may be never; an actor that waits for it waits for itself.
    ///
    /// # Cancel safety
    ///
    /// It only observers.
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
    /// Calling it again, or from many tasks, gives all of them the same result. An actor that waits for it is aborted by it.
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

async fn told(exit: oneshot::AsyncReceiver<Exit>) -> Exit {
    exit.await.expect("a cell announces its end before it goes")
}

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    pub(crate) fn core(&self) -> &Core<S, B> {
        &self.0.core
    }

    pub(crate) fn shared(&self) -> &Arc<Core<S, B>> {
        &self.0.core
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
