use crate::{
    actor::{AnyCell, Cell, FanOut, Host, Kind, SendError, Sent, Settings},
    broker::{MessageBroker, Obstacle, Published, Rejected, Router, Undelivered},
    envelope::{Envelope, Meta},
    observe::Counters,
    registry::Names,
    rt::{BoxFuture, Runtime},
    sync::{Arc, AtomicBool, AtomicU64, Relaxed, Weak},
    system::{HostedBy, System, SystemConfig, shutdown::Ending},
};
use std::fmt;

/// What a system is made of. Here, and nowhere below, the system and its broker are known.
#[doc(hidden)]
pub struct Core<S: System, B> {
    pub(super) registry: S::Registry,
    pub(super) broker: B,
    pub(super) config: SystemConfig,
    pub(super) names: Names,
    pub(super) runtime: Runtime,
    pub(super) ending: Ending,
    births: AtomicU64,
    armed: AtomicBool,
}

/// For generated code: what the actors of one type share.
#[doc(hidden)]
pub fn kind<A, S, B>(core: &Weak<Core<S, B>>, settings: &SystemConfig) -> Arc<Kind<A>>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let settings = Settings { ask_timeout: settings.ask_timeout, stop_timeout: settings.stop_timeout };
    Arc::new(Kind::new(A::INDEX, B::SEES_LOCAL, settings, core.clone()))
}

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    pub(super) fn new(config: SystemConfig, broker: B, runtime: Runtime) -> Arc<Self> {
        Arc::new_cyclic(|core| Core {
            registry: S::registry(core, &config),
            broker,
            config,
            names: Names::default(),
            runtime,
            ending: Ending::default(),
            births: AtomicU64::new(0),
            armed: AtomicBool::new(B::SEES_LOCAL),
        })
    }

    /// Counts the actors in the order in which they start.
    pub(super) fn next_birth(&self) -> u64 {
        self.births.fetch_add(1, Relaxed)
    }

    /// Whether events have to pass the broker. All kinds are armed together, so the system remembers it as well.
    pub(super) fn is_armed(&self) -> bool {
        self.armed.load(Relaxed)
    }

    pub(super) fn cells(&self) -> Vec<Arc<dyn AnyCell>> {
        let mut cells = Vec::new();
        S::kinds(&self.registry, &mut |kind| cells.extend(kind.cells()));
        cells
    }

    pub(super) fn counters(&self) -> Counters {
        let mut counters = Counters::default();
        S::kinds(&self.registry, &mut |kind| counters.add(kind.counters()));
        counters
    }
}

/// The system as one of its kinds of actor sees it.
impl<A, S, B> Host<A> for Core<S, B>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    fn publish(
        self: Arc<Self>,
        meta: Meta,
        message: A::Message,
    ) -> BoxFuture<'static, Result<Sent, SendError<A::Message>>> {
        Box::pin(async move {
            let envelope = Envelope::from_parts(meta, A::wrap(message));
            let error = match self.broker.publish(envelope).await {
                Ok(Published { receivers: 0 }) => return Ok(Sent::Dropped),
                Ok(_) => return Ok(Sent::Queued),
                Err(Rejected::Undelivered(undelivered)) => match undelivered.obstacle() {
                    Obstacle::Stopped => SendError::Stopped(undelivered.into_envelope().into_message()),
                    Obstacle::Full => SendError::Full(undelivered.into_envelope().into_message()),
                },
                Err(Rejected::Refused(envelope)) => SendError::Refused(envelope.into_message()),
                Err(Rejected::Transport(_)) => SendError::Lost,
            };
            Err(error.and_then(A::unwrap))
        })
    }

    fn publish_event(self: Arc<Self>, meta: Meta, event: A::Event) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let envelope = Envelope::from_parts(meta, S::event(A::route(event)));
            if self.broker.publish(envelope).await.is_err() {
                A::kind(&self.registry).count_dead();
            }
        })
    }

    fn fan_out(&self, event: A::Event, fan: &mut FanOut) {
        S::fan_out(&self.registry, &A::route(event), fan);
    }

    fn release(&self, cell: &Cell<A>) {
        if let Some(name) = &cell.name {
            self.names.release(name, cell.id);
        }
    }

    fn spawn(&self, rest: BoxFuture<'static, ()>) {
        self.runtime.spawn(rest);
    }
}

/// The system as its broker sees it. Weak: the broker may outlive the system.
pub(super) struct Inbound<S: System, B>(pub(super) Weak<Core<S, B>>);

impl<S: System, B: MessageBroker<S::Message>> Router<S::Message> for Inbound<S, B> {
    fn deliver(
        &self,
        envelope: Envelope<S::Message>,
    ) -> BoxFuture<'_, Result<Published, Undelivered<S::Message>>> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(core) => S::deliver(&core.registry, envelope).await,
                None => Err(Undelivered::new(Obstacle::Stopped, envelope)),
            }
        })
    }

    fn watch(&self, watched: bool) {
        if let (Some(core), false) = (self.0.upgrade(), B::SEES_LOCAL) {
            core.armed.store(watched, Relaxed);
            S::kinds(&core.registry, &mut |kind| kind.arm(watched));
        }
    }
}

impl<S: System, B> fmt::Debug for Core<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Core({})", S::NAME)
    }
}
